"""Puts a mutant in the place of what is loaded, for all who have it already."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from types import FunctionType, ModuleType

from tests.mutation.mutants import Mutant, code_of, mutated


def swap(mutant: Mutant, module: ModuleType) -> None:
    """Change a function's code, or a class's flag, in this process; what is cached is forgotten."""
    tree = mutated(mutant)
    found = loaded(module, mutant.function)
    if isinstance(found, type):
        _swap_flag(found, mutant, tree, module)
    else:
        found.__code__ = code_of(tree, mutant.path, mutant.function)
    forget()


def loaded(module: ModuleType, name: str) -> FunctionType | type:
    """The function of a qualified name, beneath all that is wrapped around it, or the class."""
    found: object = module
    for part in name.split("."):
        found = vars(found)[part]
    while not isinstance(found, (FunctionType, type)):
        found = next(
            getattr(found, inner)
            for inner in ("__func__", "fget", "__wrapped__", "func")
            if hasattr(found, inner)
        )
    return found


_CACHES: list[_lru_cache_wrapper] = []


def forget() -> None:
    """Empty the caches of functions; those that there are when it is first called."""
    if not _CACHES:
        _CACHES.extend(cache for cache in gc.get_objects() if isinstance(cache, _lru_cache_wrapper))
    for cache in _CACHES:
        cache.cache_clear()


def _swap_flag(owner: type, mutant: Mutant, tree: ast.Module, module: ModuleType) -> None:
    for flag in _flags(tree, owner.__name__):
        if flag.value is not None and flag.lineno <= mutant.line <= (flag.end_lineno or 0):
            value = eval(compile(ast.Expression(flag.value), "", "eval"), vars(module))
            setattr(owner, ast.unparse(flag.target), value)


def _flags(tree: ast.Module, owner: str) -> Iterator[ast.AnnAssign]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == owner:
            yield from (flag for flag in node.body if isinstance(flag, ast.AnnAssign))
