"""Starting the user's browser."""

from __future__ import annotations

import os
import sys
import webbrowser

_SHOWN_BY = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


def open_browser(address: str) -> bool:
    """Open an address in a browser with windows, and tell whether there is one.

    Elsewhere the standard library would start a browser for terminals in place of the program.
    """
    windowed = sys.platform in ("win32", "darwin") or any(map(os.environ.get, _SHOWN_BY))
    try:
        return windowed and webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return False
