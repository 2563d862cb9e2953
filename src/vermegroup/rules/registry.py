"""The list of all kinds. A new kind is one new file and one line here."""

from __future__ import annotations

from vermegroup.domain.kind import Kind
from vermegroup.rules.apart import Apart
from vermegroup.rules.balance import Balance
from vermegroup.rules.common import Common
from vermegroup.rules.different import Different
from vermegroup.rules.distance import Distance
from vermegroup.rules.even_sizes import EvenSizes
from vermegroup.rules.include import Include
from vermegroup.rules.keep import Keep
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.pin import Pin
from vermegroup.rules.place_everyone import PlaceEveryone
from vermegroup.rules.priority import Priority
from vermegroup.rules.ratio import Ratio
from vermegroup.rules.resilient import Resilient
from vermegroup.rules.same import Same, SplitBy
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread
from vermegroup.rules.strangers import Strangers
from vermegroup.rules.together import Together
from vermegroup.rules.wishes import Wishes

KINDS: tuple[type[Kind], ...] = (
    Size,
    Different,
    Same,
    Include,
    Ratio,
    NotAlone,
    Together,
    Apart,
    Pin,
    Spread,
    Balance,
    Distance,
    Common,
    Keep,
    Strangers,
    Wishes,
    EvenSizes,
    PlaceEveryone,
    Priority,
    Resilient,
    SplitBy,
)
