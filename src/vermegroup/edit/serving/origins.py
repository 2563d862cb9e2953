"""Whether a request is meant for this server, and comes from its own page."""

from __future__ import annotations

from starlette.datastructures import Headers

from vermegroup.edit.serving.invitations import HOST

_READING = ("GET", "HEAD")
_OWN_SITES = ("same-origin", "none")
"""A page of ours, or the user, who typed the address."""
_HTTP = 80


def own_hosts(port: int) -> frozenset[str]:
    """What a browser may call this server; it leaves out the usual port."""
    names = (HOST, "localhost")
    bare = names if port == _HTTP else ()
    return frozenset((*bare, *(f"{name}:{port}" for name in names)))


def is_meant_for(headers: Headers, hosts: frozenset[str]) -> bool:
    """Whether exactly one of these hosts is asked: a rebound name of another site is none."""
    asked = headers.getlist("host")
    return len(asked) == 1 and asked[0] in hosts


def is_from_own_page(method: str, headers: Headers) -> bool:
    """Whether no other page made the browser ask; what changes anything needs to prove it.

    Another port of this machine is another page, though it is the same site to SameSite.
    """
    sites = headers.getlist("sec-fetch-site")
    if any(site not in _OWN_SITES for site in sites):
        return False
    origins = headers.getlist("origin")
    if origins:
        return origins == [f"http://{headers['host']}"]
    return method in _READING or sites == ["same-origin"]


def is_visit(method: str, headers: Headers) -> bool:
    """Whether somebody opens a page in a tab, from wherever; not what another page embeds."""
    modes, places = headers.getlist("sec-fetch-mode"), headers.getlist("sec-fetch-dest")
    return (
        method == "GET"
        and not headers.getlist("origin")
        and modes in ([], ["navigate"])
        and places in ([], ["document"])
    )


def led_by_another_page(headers: Headers) -> bool:
    """Whether a link of another page led here: then a redirect would not get the strict cookie."""
    return any(site not in _OWN_SITES for site in headers.getlist("sec-fetch-site"))
