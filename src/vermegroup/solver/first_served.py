"""Who is placed where some must wait: the earliest who can be, one after the other.

Lexicographic and exact: the first in the order is placed if any plan that is as good places him or
her, then the second, if one does that places both, and so on. To weigh that in one sum takes
numbers that double with each person; so plans are asked for that place some people for certain.
As many as there are seats are hoped for at once, then half as many: mostly one question is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

Places = Callable[[Sequence[int]], tuple[Collection[int] | None, bool]]
"""Asked for a plan that places these people for certain: whom it places, if there is one, and
whether it is shown that there is none."""


def first_served(
    order: Sequence[int], seats: int, placed: Collection[int], places: Places, most: int
) -> bool:
    """Ask for plans that place earlier people, until none can; whether that is shown.

    ``placed`` are those of a first plan, ``seats`` of them in every plan that is as good. No more
    than so many questions are asked, ``most``. The last plan found is the one that is wanted.
    """
    certain: list[int] = []
    left, shown, asked = list(order), True, 0
    while True:
        while left and left[0] in placed:
            certain.append(left.pop(0))
        hope = min(seats - len(certain), len(left))
        if hope <= 0:
            return shown
        while hope:
            if asked == most:
                return False
            asked += 1
            found, none = places([*certain, *left[:hope]])
            if found is not None:
                placed = found
                break
            shown = shown and (none or hope > 1)
            hope //= 2
        else:
            left.pop(0)
