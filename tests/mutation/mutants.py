"""All mutants of a source file: each differs from it in one small thing.

Left out is what only makes words for people, and what only makes a search faster.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

# Calls whose arguments are words for people, and functions that make nothing else.
_PHRASED = frozenset(
    (
        *("_too_many", "_left_alone", "_crowded", "_too_few_values", "_uncut", "_twice", "_gone"),
        *("_pair_twice", "_parted", "_tally", "tally", "people", "who", "lists_named", "joined"),
        "either",
    )
)
WORDS = _PHRASED | {"phrase", "Phrase", "people_of", "groups_of", "need", "refuse"}
WORDY = _PHRASED | {
    *(
        "sentence",
        "in_words",
        "welcome",
        "stretch_text",
        "stretch_name",
        "_words",
        "_quota",
        "_sizes",
    ),
    *("_amount", "_either", "_listed", "_semicolons", "_both_ends", "_limit", "_with_weight"),
}
# Faces that a search asks for its order alone.
FASTER = frozenset(("keeps_apart", "gathers", "in_order", "_ranked", "_sample"))

COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
CALLED = {
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "any": "all",
    "all": "any",
    "argmax": "argmin",
    "ceil": "floor",
}
NAMED = {"LEAST": "MOST", "MOST": "LEAST", "SUM": "WORST", "WORST": "SUM"}
SIDES = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the ``variant``-th of the ``node``-th node of a file's tree.

    ``function`` is the qualified name of the function, or of the class where the change is in one
    of its flags.
    """

    path: Path
    function: str
    line: int
    node: int
    variant: int
    change: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line} {self.function}: {self.change}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    tree = ast.parse(path.read_text("utf-8"))
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    for function, owner in _owners(tree):
        for node in _nodes(owner):
            for variant, other in enumerate(_variants(node)):
                change = f"{_text(node)} → {_text(other)}"
                yield Mutant(path, function, node.lineno, numbers[id(node)], variant, change)


def mutated(mutant: Mutant) -> ast.Module:
    """The tree of the file with the one change."""
    tree = ast.parse(mutant.path.read_text("utf-8"))
    node = next(node for number, node in enumerate(ast.walk(tree)) if number == mutant.node)
    changed = _Exchange(node, list(_variants(node))[mutant.variant]).visit(tree)
    return ast.fix_missing_locations(changed)


def code_of(tree: ast.Module, path: Path, function: str) -> CodeType:
    """The code of a function of a tree, by its qualified name."""
    waiting = [compile(tree, str(path), "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        if code.co_qualname == function:
            return code
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    raise LookupError(function)


class _Exchange(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


Owner = ast.FunctionDef | ast.ClassDef


def _owners(tree: ast.AST, before: str = "") -> Iterator[tuple[str, Owner]]:
    """The functions and classes in which mutants are made; those within a function belong to it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.name not in WORDY | FASTER:
            yield before + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield before + node.name, node
            yield from _owners(node, f"{before}{node.name}.")


def _nodes(owner: Owner) -> Iterator[ast.AST]:
    if isinstance(owner, ast.ClassDef):
        for flag in owner.body:
            if isinstance(flag, ast.AnnAssign) and "ClassVar" in ast.unparse(flag.annotation):
                yield from _within(flag.value)
        return
    yield owner
    for statement in owner.body:
        yield from _within(statement)


def _within(node: ast.AST | None) -> Iterator[ast.AST]:
    """A node and all below it that may be changed."""
    if node is None or isinstance(node, ast.Assert) or _is_wordy(node):
        return
    if hasattr(node, "lineno"):
        yield node
    for name, field in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST):
                yield from _within(child)


def _is_wordy(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return _called(node) in WORDS
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _called(node.value) in WORDS
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    makers = {
        ast.FunctionDef: _nothing_done,
        ast.Compare: _compared,
        ast.BinOp: _counted,
        ast.AugAssign: _counted,
        ast.UnaryOp: _bare,
        ast.BoolOp: _joined,
        ast.Constant: _constants,
        ast.Call: _calls,
        ast.Attribute: _attributes,
        ast.If: _decided,
        ast.IfExp: _decided,
        ast.comprehension: _unfiltered,
        ast.ListComp: _unfiltered,
        ast.SetComp: _unfiltered,
        ast.DictComp: _unfiltered,
        ast.GeneratorExp: _unfiltered,
        ast.Slice: _shifted,
        ast.Expr: _dropped,
        ast.Continue: _dropped,
        ast.Break: _dropped,
    }
    maker = makers.get(type(node))
    return iter(()) if maker is None else maker(node)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    kept = {name: getattr(node, name) for name in node._fields}
    return ast.copy_location(type(node)(**{**kept, **fields}), node)


def _nothing_done(node: ast.FunctionDef) -> Iterator[ast.AST]:
    """The function ends before it has begun; one that yields then yields nothing."""
    if not all(map(_does_nothing, node.body)):
        yield _with(node, body=[ast.Return(ast.Constant(None)), *node.body])


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Return):
        return ast.unparse(statement) in {"return", "return None"}
    return isinstance(statement, ast.Delete) or _is_wordy(statement)


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for place, sign in enumerate(node.ops):
        other = COMPARED[type(sign)]()
        yield _with(node, ops=[*node.ops[:place], other, *node.ops[place + 1 :]])


def _counted(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in COUNTED:
        yield _with(node, op=COUNTED[type(node.op)]())


def _bare(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield _with(node, value=not node.value)
    elif isinstance(node.value, int):
        for other in (node.value + 1, node.value - 1):
            yield _with(node, value=other)
    elif node.value in SIDES:
        yield _with(node, value=SIDES[str(node.value)])


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    other = CALLED.get(_called(node))
    if other and isinstance(node.func, ast.Attribute):
        yield _with(node, func=_with(node.func, attr=other))
    elif other:
        yield _with(node, func=_with(node.func, id=other))


def _attributes(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in NAMED and ast.unparse(node.value) in {"Sense", "Total"}:
        yield _with(node, attr=NAMED[node.attr])
    elif node.attr == "value" and getattr(node.value, "attr", "") == "sense":
        yield ast.copy_location(ast.UnaryOp(ast.USub(), node), node)


def _decided(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    for answer in (True, False):
        yield _with(node, test=ast.Constant(answer))


def _unfiltered(node: ast.AST) -> Iterator[ast.AST]:
    """A comprehension that takes everything."""
    for place, part in enumerate(getattr(node, "generators", ())):
        if part.ifs:
            taken = [*node.generators[:place], _with(part, ifs=[]), *node.generators[place + 1 :]]
            yield _with(node, generators=taken)


def _shifted(node: ast.Slice) -> Iterator[ast.AST]:
    for end in ("lower", "upper"):
        limit = getattr(node, end)
        if limit is not None and not isinstance(limit, ast.Constant):
            yield _with(node, **{end: ast.BinOp(limit, ast.Add(), ast.Constant(1))})


def _dropped(node: ast.AST) -> Iterator[ast.AST]:
    """A statement left out."""
    if not isinstance(node, ast.Expr) or isinstance(node.value, ast.Call):
        yield ast.copy_location(ast.Pass(), node)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.FunctionDef):
        empty = ast.unparse(node.body[0]) == "return None"
        return "nothing done" if empty else node.name
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) < 90 else text[:87] + "…"
