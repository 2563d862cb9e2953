"""What only the editor needs, and is installed with it."""

from __future__ import annotations

from importlib.util import find_spec

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.messages import _

_NEEDED = ("starlette", "uvicorn", "python_multipart")


def require_installed() -> None:
    """Raise InputError where something is lacking that the editor needs."""
    lacking = [name.replace("_", "-") for name in _NEEDED if find_spec(name) is None]
    if lacking:
        message = _("The page needs {libraries}, not installed here", libraries=lacking)
        raise InputError([Finding(Severity.ERROR, message, hint=_INSTALL)])


_INSTALL = _("pip install 'vermegroup[edit]'")
