"""What only the editor needs, and is installed with it."""

from __future__ import annotations

from importlib.util import find_spec

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.messages import N_, _

_NEEDED = ("starlette", "uvicorn", "python_multipart")


def require_installed() -> None:
    """Raise InputError where something is lacking that the editor needs."""
    lacking = [name.replace("_", "-") for name in _NEEDED if find_spec(name) is None]
    if lacking:
        raise InputError([Finding(Severity.ERROR, _LACKING.filled(names=lacking), hint=_INSTALL)])


_LACKING = N_("The page in the browser needs what is not installed: {names}")
_INSTALL = _("Install it with: {command}", command="pip install 'vermegroup[edit]'")
