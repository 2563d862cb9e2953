"""Templates that end: what one of them may repeat, write and reckon has a limit.

The limits count what is done and not the time that it takes, so that a template which can be
filled in once always can. Nothing in it tells two runs apart either: there is no chance in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

LONGEST = 1_000_000
"""Characters of a letter; and the most steps that it takes to fill one in."""
_MOST_AT_ONCE = 10**8
"""What the lengths and numbers that one call is given may come to, multiplied."""
_OF_A_CALL = 10
"""Steps: it takes so much longer than a round of a loop."""
_MOST_BITS = 256
_WIDTH = re.compile(r"[%{].*\d{6}", re.DOTALL)
_SIZED = (str, list, tuple, dict, range)


class TooMuchError(Exception):
    """A template writes or repeats more than any letter needs; ``line`` where that is known."""

    def __init__(self, line: int | None = None) -> None:
        super().__init__(line)
        self.line = line


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose templates stop, with :class:`TooMuchError`, once they did a letter's work."""

    intercepted_binops = frozenset(("+", "*", "**"))

    def __init__(self) -> None:
        super().__init__(autoescape=False, undefined=StrictUndefined, finalize=self._printed)
        self._spent = 0
        del self.globals["lipsum"]
        del self.filters["random"]
        self.filters = {name: self._checked(each) for name, each in self.filters.items()}
        self.filters["_steps"] = self._steps

    def bounded(self, text: str) -> Template:
        """The template in a text. Raises what :meth:`parse` does."""
        return self.from_string(_Counting().visit(self.parse(text)))

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        """The tree of a template.

        Raises:
            TemplateSyntaxError: there is none.
            TooMuchError: it has a text padded to a width that no letter has; what is constant is
                worked out before anything is filled in.
        """
        tree = super().parse(source, name, filename)
        for const in tree.find_all(nodes.Const):
            if isinstance(const.value, str) and _WIDTH.search(const.value):
                raise TooMuchError(const.lineno)
        return tree

    def filled(self, template: Template, told: dict[str, Any]) -> str:
        """What a template writes. Raises whatever goes wrong in it."""
        self._spent, length, parts = 0, 0, []
        writing = template.generate(told)
        for part in writing:
            parts.append(part)
            length += len(part)
            if length > LONGEST:
                writing.throw(TooMuchError())  # type: ignore[attr-defined]
        return "".join(parts)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call what a template calls, unless too much would come of it."""
        __self._spend(_OF_A_CALL)
        _check_given(__obj, (getattr(__obj, "__self__", None), *args, *kwargs.values()))
        return __self._made(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon, unless too much would come of it."""
        if operator == "**" and _size(left).bit_length() * _size(right) > _MOST_BITS:
            raise TooMuchError
        if operator == "*" and isinstance(left, _SIZED) != isinstance(right, _SIZED):
            _check_given(None, (left, right))
        return self._made(super().call_binop(context, operator, left, right))

    def _checked(self, made: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that counts what it makes, all at once."""

        @wraps(made)  # which tells what it is to be given, too
        def checked(*args: Any, **kwargs: Any) -> Any:
            self._spend(_OF_A_CALL)
            _check_given(made, (*args, *kwargs.values()))
            found = made(*args, **kwargs)
            return self._made(list(self._steps(found, 1)) if isinstance(found, Iterator) else found)

        return checked

    def _steps(self, values: Iterable[Any], weight: int) -> Iterator[Any]:
        """The values of a loop whose every round has a ``weight``."""
        for value in values:
            self._spend(weight)
            yield value

    def _printed(self, value: Any) -> Any:
        return self._made(value)

    def _made(self, value: Any) -> Any:
        """A value, counted by its length."""
        if isinstance(value, _SIZED):
            self._spend(len(value))
        if isinstance(value, int) and value.bit_length() > _MOST_BITS:
            raise TooMuchError
        return value

    def _spend(self, steps: int) -> None:
        self._spent += steps
        if self._spent > LONGEST:
            raise TooMuchError


class _Counting(NodeTransformer):
    """Has loops, blocks of text and joined texts go through filters, which count them."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        weight = 1 + sum(len(each.data) for each in node.find_all(nodes.TemplateData))
        node.iter = _through("_steps", node.iter, node.lineno, nodes.Const(weight))
        return node

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.filter = _through("string", node.filter, node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _through("join", nodes.List(node.nodes, lineno=node.lineno), node.lineno)


def _through(name: str, node: nodes.Node | None, line: int, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=line)


def _check_given(asked: object, given: Iterable[object]) -> None:
    """Raise TooMuchError where sizes multiply to too much: a text padded, repeated or replaced."""
    counted = [each for each in given if not (isinstance(each, int) and _only_prints(asked))]
    if math.prod(max(1, _size(each)) for each in counted) > _MOST_AT_ONCE:
        raise TooMuchError


def _only_prints(asked: object) -> bool:
    return getattr(asked, "__name__", "") in ("format", "do_format")


def _size(value: object) -> int:
    if isinstance(value, _SIZED):
        return len(value)
    return abs(value) if isinstance(value, int) else 1
