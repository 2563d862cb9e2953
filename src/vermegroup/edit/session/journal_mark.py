"""A mark that only this user's own programs can make: who wrote a journal may name files anywhere.

A folder may come from somebody else, with a journal in it. What that names outside the folder has
nobody here asked for, so it is neither read nor written.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Any

from vermegroup.edit.own_state import state_folder
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import GROUPS

MARK = "mark"
WITHIN = "within"
_KEY, _LENGTH = "journal.key", 32


def marked(plain: Mapping[str, object]) -> dict[str, object]:
    """The first line of a journal with its mark; without where no key can be kept."""
    mark = _mark_of(plain, _own_key() or _new_key())
    return {**plain, MARK: mark} if mark else dict(plain)


def is_ours(first: Mapping[str, Any]) -> bool:
    """Whether this user's programs wrote the first line."""
    mark = _mark_of({name: told for name, told in first.items() if name != MARK}, _own_key())
    return bool(mark) and hmac.compare_digest(
        mark.encode(), str(first.get(MARK)).encode("utf-8", "replace")
    )


def confined(
    first: Mapping[str, Any], folder: Path, named: Collection[Path] = ()
) -> Mapping[str, Any]:
    """The first line of a journal, without what it names elsewhere and nobody here did.

    Files in its ``folder`` stay, and those that were ``named`` in the call. Of another's groups
    the file is the one of the same name in the folder.
    """
    if is_ours(first):
        return first
    here = {os.path.realpath(each) for each in named}

    def known(path: object) -> str | None:
        if path is None:
            return None
        whole = os.path.realpath(Path(str(first["place"])) / str(path))
        return whole if whole in here or Path(whole).parent == _real(folder) else None

    file = known(first["file"]) or str(folder / _name(str(first["file"])))
    rules, how = first["rulebook"], first["how"]
    told = {
        **first,
        "file": os.path.relpath(file) if _real(Path(file)).is_relative_to(_real(Path())) else file,
        "place": str(Path.cwd()),
        "rulebook": {**rules, "rules": known(rules["rules"]), WITHIN: str(folder)},
        "how": {**how, "group_facts": known(how["group_facts"])},
    }
    beginning = first.get("beginning")
    if beginning is not None:
        facts = {**beginning["how"], "group_facts": None}
        elsewhere = {"path": None, "place": str(folder.absolute().parent), "how": facts}
        told["beginning"] = {**beginning, **elsewhere, "name": _name(str(beginning["name"]))}
    return told


def _name(path: str) -> str:
    """A file's name without its folder, whichever system wrote it."""
    name = PureWindowsPath(path).name
    return GROUPS if name in ("", ".", "..") else name


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _mark_of(plain: Mapping[str, object], key: bytes) -> str:
    if not key:
        return ""
    text = json.dumps(plain, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def _own_key() -> bytes:
    """The user's key; nothing where there is none."""
    try:
        key = bytes_of(state_folder() / _KEY, _LENGTH)
    except UnopenedError:
        return b""
    return key if len(key) == _LENGTH else b""


def _new_key() -> bytes:
    """A key that nobody else can read; nothing where it cannot be kept."""
    path = state_folder() / _KEY
    fresh = path.with_name(f"{_KEY}.{secrets.token_hex(4)}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(number, secrets.token_bytes(_LENGTH))
        finally:
            os.close(number)
        os.replace(fresh, path)
    return _own_key()
