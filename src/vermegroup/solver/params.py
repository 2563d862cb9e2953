"""Every number that the solver was tuned by: its unit, what it is for, and what it was measured on.

Effort is in CP-SAT's deterministic seconds: about as long as wall-clock seconds, and the same on
every machine. Seats are people times groups, the size of the assignment model.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchParams:
    """One run: its calls of CP-SAT, its processes, and the numbers of groups that it tries.

    A process takes about as long to start as some ten neighbourhoods take to solve.
    """

    effort: float = 60.0
    """Effort of a run that asks for no other: about a minute on two cores."""
    patience: float = 5.0
    """Seconds of wall clock for each unit of effort, after which a run ends in any case: a machine
    that is at other work as well takes longer."""
    thorough_effort: float = 20.0
    """Effort of a call that is meant to settle something, unless the search says otherwise."""
    cell: float = 1e-8
    """Effort of a cell of a table that is reckoned through once."""
    built: float = 1e-5
    """Effort of building a variable or a constraint of a model, and of handing it over."""
    objection_effort: float = 0.5
    """Effort of the third solve of a refutation, which may only object."""
    poll: float = 0.1
    """Seconds between two looks at whether a call is to stop."""
    pool_round: int = 40
    """Neighbourhoods of a round for which processes are started."""
    pool_after: float = 1.0
    """Seconds spent in smaller rounds after which they are started all the same."""
    ahead: int = 4
    """Models on their way per worker: no worker waits, and memory stays bounded."""
    ahead_elsewhere: int = 128
    """Models on their way to an executor of the caller's own."""
    numbers_tried: int = 200
    """Numbers of groups tried one by one; of more the table tells those around the best one."""
    number_share: float = 0.5
    """Share of the time left that a number of groups gets while none has led to a grouping, where
    others may."""
    numbers_listed: int = 200
    """Numbers of groups up to which the table is complete."""
    numbers_near: int = 3
    """In a longer table, how many are listed on either side of one that was tried."""
    runs_listed: int = 6
    """Reasons that hold for different numbers of groups, told in one sentence."""


@dataclass(frozen=True, slots=True)
class StrategyParams:
    """Which way of searching suits a roster, by its seats."""

    whole_seats: int = 700
    """Seats up to which a roster is one neighbourhood from the start."""
    last_resort_seats: int = 50_000
    """Seats up to which it is tried as one at all, when all else left it open."""
    exact_seats: int = 2_500
    """Seats up to which one model settles a single preference before neighbourhoods come near."""
    proof_seats: int = 12_000
    """Seats up to which one model is tried on what is left to prove."""
    exchange_seats: int = 150
    """Seats beyond which exchanges come before one model: below, that is solved as soon."""
    exchange_effort: float = 4.0
    """Effort of exchanges on a roster that one model may settle, and the share of the time."""
    exchange_listed: float = 1.0
    """Effort where all groups can be written down: choosing among them will do the rest."""
    exchange_each: float = 0.01
    """Effort for each person besides, on a roster that is too large for one."""
    exchange_first: tuple[float, float] = (0.02, 0.25)
    """Share of the effort that their first cycle takes, there and on a roster that is too large."""
    exchange_share: tuple[float, float] = (0.4, 0.6)
    """Share of the whole time that they take at most, there and there."""
    few_listed: int = 2_000
    """Groups that are looked through for a valid grouping before exchanges are tried."""
    hopes_missed: int = 200
    """Groups off the bounds hoped for, beyond which no model is built to bring them there."""
    improve_share: float = 0.15
    """Share of the time left that neighbourhoods take where preferences are priced afterwards."""
    few_broken: int = 3
    """Broken groups beyond which it pays to count patterns before anything is repaired."""


@dataclass(frozen=True, slots=True)
class AssignmentParams:
    """The person-by-group model, of everybody or of one group."""

    hope_effort: float = 0.5
    """Effort of a try at all bounds at once. It is cheap or pointless: where a bound cannot be
    attained, optimising shows it sooner than asking whether it can."""
    hope_efforts: tuple[float, ...] = (0.5, 0.5, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0)
    """Efforts of several tries, each with a seed of its own, where all goals count people of some
    value: a try ends soon or never. 96 people with three named traits took 0.03 to 20 seconds in
    one try, and so 0.03 to 5."""
    soon_optimised_seats: int = 700
    """Seats up to which optimising is sooner done than hoping again."""
    soon_optimised_effort: float = 0.5
    """Effort of that."""
    stage_share: float = 0.5
    """Share of the time left that settling a preference takes at most, if others come after it."""
    nowhere_effort: float = 0.5
    """Effort of asking whether one person fits into any group."""
    nowhere_people: int = 50_000
    """People beyond whom that model is too large to be built for a single person."""
    group_effort: float = 0.1
    """Effort of building one more group."""
    group_people: int = 2_000
    """People of whom it is taken: enough of all sorts, and a model that is soon built."""
    member_value: int = 10
    """What a member of such a group is worth."""
    quota_value: int = 4
    """How much less for each quota that counts this person."""

    queue_seats: int = 3_000
    """People times groups up to which models are asked who of a queue can be placed."""
    queue_questions: int = 24
    """Such questions, and the effort of each."""
    queue_effort: float = 0.5
    queue_exchanges: int = 200
    """Later people for whose seat somebody who waits is tried."""


@dataclass(frozen=True, slots=True)
class ConstructionParams:
    """The deal and the swaps after it; who meets by which value."""

    much_broken: int = 3_000
    """Broken groups beyond which a deal is mended by exchanges of many at once: of 10,000 people
    mending group by group takes 6 s and reaches what exchanges do not; of 100,000 it never ends."""
    broken_share: float = 0.1
    """And the share of all groups that they must be for it."""
    mending_share: float = 0.5
    """Share of the whole time that this takes at most."""
    lookahead: int = 64
    """People that a group looks at before it accepts a clash and leaves it to be repaired."""
    stalled: float = 0.9
    """Share of the broken groups: a pass of swaps that leaves more than this is the last one."""
    first_partners: int = 24
    """Groups judged first as partners of a swap: most swaps are found among these."""
    partners: int = 400
    """Groups judged at most; judging all at once takes far longer."""
    swapped_size: int = 6
    """People of the largest groups whose swaps are all judged: there are 2 ** (size - 1) - 1."""
    wanted: int = 20
    """People tried for a group in one step, of those whom it lacks."""
    pools_effort: float = 2.0
    """Effort of dividing people by the values they meet by."""
    pools_entries: int = 20_000
    """Person types by values, beyond which that question is no longer small."""


@dataclass(frozen=True, slots=True)
class LnsParams:
    """Large neighbourhood search: how wide neighbourhoods are, and how long each may take."""

    repair_steps: tuple[tuple[int, int], ...] = (
        *((6, 3), (10, 3), (10, 1)),
        *((10, 1), (14, 1), (20, 2)),
    )
    """Groups solved together, and how many of them are broken ones, one step after the other."""
    first_repair_steps: int = 3
    """Of these, how many a first draft gets that is to reach goals besides the rules."""
    repair_effort: float = 0.3
    """Effort of each neighbourhood that is repaired."""
    repaired_share: float = 0.3
    """Share of what it is given that a step must repair to be followed by the next."""
    improve_steps: tuple[tuple[int, float], ...] = ((6, 0.05), (6, 0.2), (10, 0.6))
    """Groups solved together, and effort; each step is repeated while it gains anything. What a
    neighbourhood has to give is found soon, and what takes long is to prove that there is no more:
    ten rounds at the first effort gained as much as ten at six times that."""
    guests: int = 2
    """People of the waitlist, per group, who join a neighbourhood that is improved."""
    halvings: int = 6
    """Targets tried between what the worst group has reached and its bound."""


@dataclass(frozen=True, slots=True)
class ExchangeParams:
    """Exchanges of members between groups, annealed."""

    work: int = 30_000_000
    """Seats judged, times the kinds asked of them, that count as one second of effort."""
    step: int = 6_000
    """Seats that a step counts for, besides those judged in it."""
    mend_effort: float = 0.3
    """Effort of mending a deal of which much is broken, whatever its size."""
    mend_each: float = 0.0006
    """And for each person besides."""
    hopes_people: int = 30_000
    """People of whom it is mended with hopes at all."""
    hopes_share: float = 0.6
    """Share of the time left that goes to mending it with the hopes, before they are dropped."""
    growth: float = 1.5
    """How much longer each further cycle is."""
    least: float = 0.3
    """Share of the effort that is taken in any case, unless all bounds are reached."""
    idle: int = 3
    """Cycles without gain after which no more is hoped for."""
    at_once: int = 120_000
    """Seats judged in one step: as many as stay in the processor's cache."""
    slots: int = 6
    """Members of a larger group who may change places in one step."""
    warm: float = 0.5
    """First temperature, by the median of what exchanges change."""
    cold: float = 0.12
    """Last temperature, by the least that they change."""
    worst_warm: float = 0.1
    """First temperature where the worst group counts, as a share of its energy."""
    worst_cold: float = 0.002
    """Last temperature there."""
    power: int = 6
    """Power by which the worst group's measure becomes a sum over all."""
    guide: float = 0.3
    """What pairs count, by what groups count."""
    alike: tuple[float, float] = (0.4, 0.9999)
    """How far what pairs cost and what groups cost go together where one guides to the other."""
    scale_blocks: int = 40
    """Blocks by which temperatures are set."""
    typical_groups: int = 500
    """Groups by which it is told how finely a rule counts."""
    pairs_people: int = 2_000
    """People of whom each pair is looked at."""
    linked_groups: int = 60
    """Groups up to which any meets any other soon enough, whoever lacks whom."""
    linked_people: int = 20_000
    """People up to whom it is asked whom each of them lacks."""
    links: int = 12
    """People whom one lacks, at most."""


@dataclass(frozen=True, slots=True)
class PatternParams:
    """The configuration model."""

    most_patterns: int = 60_000
    """Patterns up to which person types are few enough."""
    values_kept: tuple[int, ...] = (16, 12, 8, 6, 5, 4, 3, 2, 1, 0)
    """Values of a trait kept apart, tried in this order where patterns are too many."""
    given_effort: float = 10.0
    """Effort where the number of groups is given."""
    open_effort: float = 4.0
    """Effort where it is open."""
    open_largest: int = 12
    """People of the largest groups for which it may be open: patterns of larger are not listed."""


@dataclass(frozen=True, slots=True)
class ColumnParams:
    """Column generation. Numbers of columns are for groups of five: of larger ones, fewer."""

    parts: int = 1024
    """Parts of a unit of cost that dual prices are rounded to, so that bounds are exact."""
    exact: int = 2**52
    """Whole numbers below this are exact in a linear programme, which reckons in doubles."""
    largest_sum: int = 2**60
    """What amounts may add up to in a model of whole numbers."""

    most_pieces: int = 4000
    """Pieces of fragments: which of them cannot share a group is a square table."""
    most_turns: int = 50
    """Meetings at which a group took its turn, beyond which it makes no difference."""
    judged_at_once: int = 200_000
    """Columns judged by the rules in one go."""
    cells: int = 4_000_000
    """Cells of a table that are looked through between two looks at the clock."""

    pivot: float = 2e-8
    """Effort of a pivot of a linear programme, for each of its rows and columns."""
    whole_pivot: float = 2e-7
    """The same of a programme of whole numbers, cuts and heuristics included."""
    seeds: int = 12_000
    """Columns to begin with."""
    seed_halves: int = 63
    """Half bonds that they break at most."""
    priced: int = 200_000
    """Columns of negative reduced cost that are looked at in one round of pricing."""
    added: int = 400
    """Columns added to the relaxation in one round."""
    pricing_tries: int = 20
    """Limits tried until so many columns are below one as can be looked at, and some."""

    most_columns: int = 40_000
    """Columns that a choice is made among."""
    joined: int = 10
    """Joins of pieces looked at for each of these: not all are valid."""
    budgets: tuple[int, ...] = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
    """Half bonds that the choice may be away from the bound, one attempt after the other."""
    choice_effort: float = 10.0
    """Effort of a choice, and of the solve that confirms it."""
    preference_effort: float = 0.5
    """Effort of serving a preference among choices that cost the same; those that follow count
    less, and would take as long."""
    most_steps: int = 150_000
    """Steps of trying all choices, beyond which CP-SAT is asked."""
    choice_steps: int = 8
    """Steps that judging one choice counts for."""
    clock_steps: int = 1 << 12
    """Steps between two looks at the clock."""

    settled_people: int = 240
    """People up to whom each counts as a person; more are planned by types of fragments."""
    person_people: int = 20
    """People up to whom types are not even tried first, where anybody may move."""
    most_types: int = 80
    """Types of fragments up to which a plan is made of types."""
    most_patterns: int = 2_500_000
    """Patterns of such types."""
    pattern_cells: int = 50
    """Cells looked through for each of these."""
    split_size: int = 8
    """People of the largest fragment that is taken apart: there are too many ways of doing it."""
    typed_added: int = 500
    """Patterns added to the relaxation in one round."""
    typed_budgets: tuple[int, ...] = (1, 2, 4, 8, 16)
    """Half bonds that a plan of types may be away from the bound."""
    plan_effort: float = 10.0
    """Effort of a plan of types, and of the solve that confirms it."""
    strangers_effort: float = 5.0
    """Effort of touching fewest groups and making fewest new bonds in one as cheap."""

    realise_tries: int = 4
    """Tries at putting people in the place of types."""
    filled: int = 48
    """Ways of filling a pattern that are judged at once; the best of the valid ones is taken."""
    fresh: float = 0.5
    """Chance of taking another fragment apart although fitting pieces are there."""
    ejected: int = 3
    """Patterns that give their people back when one cannot be filled."""
    ejections: int = 120
    """How often that is done in one try."""
    queue_questions: int = 60
    """Plans asked for until the earliest of a queue have their places."""
    queue_exchanges: int = 500
    """Later people, of many, for whose seat somebody who waits is tried."""
    open_at_once: int = 3
    """Fragments without a place in the plan that are settled at once."""
    helpers: int = 5
    """Groups of one fragment each that are settled with them."""


@dataclass(frozen=True, slots=True)
class EnumerationParams:
    """Set partitioning over all valid groups of a small roster."""

    people: int = 120
    """People beyond whom not even threes are written down."""
    candidates: int = 10_500_000
    """Sets of one size that are written down: 64 people have 7.6 million fives, some 5 s."""
    grown_at_once: int = 50_000
    """Sets that get one more person at once."""
    guessed_by: int = 2_000
    """Sets of each size by which it is guessed whether there are too many to begin at all."""
    sampled: int = 20_000
    """Sets by which it is guessed how many larger ones there are."""
    rounds: int = 200
    """Rounds of column generation."""
    priced_first: int = 150_000
    """Columns that are priced before all of them are: about so many."""
    near: int = 8
    """Parts of a unit between the relaxation and its bound that are not worth another round."""
    looked_at: int = 4000
    """Columns of least reduced cost among which a round chooses."""
    for_each: int = 8
    """Columns of one round that have the same person."""
    dived: int = 5000
    """Columns of least reduced cost among which an incumbent is looked for: of 100 people's wishes
    2,000 gave 90, and 5,000 gave 92 of 93, in 1.5 s each; 20,000 the same in 4.5 s."""
    nodes: int = 100
    """Nodes of that search."""
    first_nodes: int = 2
    """Nodes of the first one, before cuts are looked for."""
    cut_among: int = 150_000
    """Columns within the gap up to which subset rows are looked for."""
    cut_depth: float = 0.02
    """By how much the relaxation must break such a row."""
    cuts_for_each: int = 4
    """Rows of one round that name the same person."""
    cut_cells: int = 5_000_000
    """Rows of one round times columns."""
    cut_gain: float = 0.02
    """Units that a round must gain not to be called fruitless."""
    cut_patience: int = 5
    """Fruitless rounds in a row after which no more are looked for."""
    nearby: int = 8
    """Groups of the incumbent that are divided anew at once."""
    nearby_effort: float = 0.3
    """Effort of relieving the worst of them."""
    unrelieved: int = 12
    """Tries in a row at making the worst group better, after which that ends."""
    looked_through: int = 20_000
    """Columns among which all that could be better is looked for at once."""
    chosen_among: int = 30_000
    """Columns of which CP-SAT is asked at most."""
    effort: float = 3.0
    """Effort of a proof, and of the solve that confirms it."""


@dataclass(frozen=True, slots=True)
class PairSumsParams:
    """Tabu search for preferences that add up over pairs.

    Without rules a step takes some 0.1 ms with 120 people, and twice as long with 240.
    """

    people: int = 1_000
    """People up to whom all swaps are judged in every step."""
    step_cells: tuple[int, int] = (3, 10_000)
    """Cells that a step counts for: so many for each pair of people, and so many besides."""
    tabu: tuple[int, int] = (3, 9)
    """Steps for which whoever took part in a change rests: between these, drawn anew for each."""
    looked_at: tuple[int, ...] = (8, 40, 200)
    """Changes of one step that are judged by the rules, the best first, until one is valid."""
    stalled: int = 4
    """Steps for each person without gain after which the best grouping is shaken."""
    shaken: float = 0.07
    """Share of the people who then change places."""
    first_patience: int = 10
    """Steps for each person without a better grouping after which others are to settle it."""
    patience: int = 300
    """Steps for each person without one after which the search ends, where they could not."""
    steps: int = 400_000
    """Steps of a search at the most."""
    share: float = 0.6
    """Share of the time left that a search may take."""


@dataclass(frozen=True, slots=True)
class PricingParams:
    """Column generation where there are too many groups to be written down.

    The best group for given prices takes 0.05 to 0.5 s where 60 to 120 people sit in groups of four
    to six, and is not soon told where differences of numbers are to be large.
    """

    rounds: int = 400
    """Rounds of column generation."""
    exact_each: int = 15
    """Rounds after which the best group is asked for although exchanges find others."""
    share: float = 0.6
    """Share of the time left that they take at most."""
    part_share: float = 0.25
    """And for each preference of a tier by itself."""
    choice_share: float = 0.25
    """Share of the time left for a better grouping of the groups known by then."""
    near: float = 0.003
    """How near to the relaxation a bound is near enough, as a share of it."""
    effort: float = 3.0
    """Effort of finding the best group for given prices, and of confirming it. Linear relaxations
    must be tight: by the wishes of 85 people it took 1.5 s so, and was open after 9 s otherwise."""
    confirmed: int = 3
    """Bounds, the nearest first, that are to be confirmed until one is."""
    steps: int = 12
    """Exchanges of members in a row."""
    cells: int = 1_500_000
    """Seats of groups that are looked at in one step of them."""
    smoothed: tuple[int, ...] = (6, 3, 0)
    """Eighths of the way to the best prices so far, tried in turn: between them prices swing."""
    noise: int = 4
    """Parts of a unit that the reduced cost of known groups may be off."""


@dataclass(frozen=True, slots=True)
class RoundsParams:
    """Several groupings of the same people."""

    largest_field: int = 256
    """Groups for which a finite field is made: its tables grow with their square."""
    difference_tries: int = 60
    """Draws of a difference matrix where there is no field."""
    difference_draws: int = 50
    """Draws of each round of such a matrix."""
    people_by_people: int = 3_000
    """People up to whom the meetings of all pairs are kept, and not counted when asked for."""
    cells: int = 120_000
    """Entries looked at in one step of the search; of more trades, some are drawn."""
    step_cells: int = 40_000
    """Entries that a step counts for besides."""
    tabu: tuple[int, int] = (4, 60)
    """Steps for which a trade is not undone: between these, drawn anew for each."""
    tabu_slots: int = 1 << 20
    """Places of the table that remembers trades by their hash."""
    looked_at: tuple[int, ...] = (24, 200, 1_500)
    """Trades of one step that are judged by the rules, the best first, until one is valid."""
    steps: int = 60_000
    """Steps of the whole search for fewer repeats."""
    patience: int = 4_000
    """Steps without a better plan after which the search ends; and more for each seat."""
    patience_per_seat: int = 20
    """How many more: 32 people in ten rounds take some 10,000 steps, a few seconds."""
    held_effort: float = 3.0
    """Effort of mending a round of a design so that preferences are held, too."""
    held_steps: int = 600
    """Steps without a better plan after which preferences are no longer held as rules are."""
    stalled: int = 1_500
    """Steps without a better plan after which a round is shaken."""
    block_steps: int = 8
    """Steps after which several people are traded at once, where rules tell who sits with whom."""
    block_partners: int = 12
    """Groups with which such trades are tried."""
    block_sizes: tuple[int, ...] = (2, 3)
    """People who are traded at once."""
    block_choices: int = 20
    """Choices of so many people of one group."""
    block_group: int = 8
    """People of the largest group of which all choices are listed, and not some drawn."""
    spread_steps: int = 300
    """Steps without a better plan after which the fewest repeats possible are good enough."""
    passes: int = 40
    """Tries at a trade for the preferences' sake, for each round."""


@dataclass(frozen=True, slots=True)
class SolveParams:
    """All of them, by the room that uses them."""

    search: SearchParams = SearchParams()
    strategy: StrategyParams = StrategyParams()
    assignment: AssignmentParams = AssignmentParams()
    construction: ConstructionParams = ConstructionParams()
    lns: LnsParams = LnsParams()
    exchange: ExchangeParams = ExchangeParams()
    patterns: PatternParams = PatternParams()
    columns: ColumnParams = ColumnParams()
    enumeration: EnumerationParams = EnumerationParams()
    pair_sums: PairSumsParams = PairSumsParams()
    pricing: PricingParams = PricingParams()
    rounds: RoundsParams = RoundsParams()


PARAMS = SolveParams()
