"""Files that pages ask for, each by an address of its own: no part of a request becomes a path."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vermegroup.edit.serving.answer_headers import KEPT

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_VERSION = "v"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of a package, by its path from there: "static/edit.js"."""

    package: str
    path: str

    @property
    def name(self) -> str:
        """What the file is called in its address."""
        return self.path.rpartition("/")[2]

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes, in hexadecimal digits."""
        return hashlib.sha256(_bytes(self)).hexdigest()

    @property
    def address(self) -> str:
        """Where a page gets the file; another version has another address, so it may be kept."""
        return f"/static/{self.name}?{_VERSION}={_version(self)}"

    def route(self) -> Route:
        """The only address that leads to the file."""

        async def answer(request: Request) -> Response:
            kept = request.query_params.get(_VERSION) == _version(self)
            headers = {"cache-control": KEPT} if kept else None
            kind = _TYPES[self.name.rpartition(".")[2]]
            return Response(_bytes(self), headers=headers, media_type=kind)

        return Route(f"/static/{self.name}", answer, methods=["GET"])


@cache
def _bytes(file: StaticFile) -> bytes:
    return resources.files(file.package).joinpath(*file.path.split("/")).read_bytes()


@cache
def _version(file: StaticFile) -> str:
    return file.sha256[:16]
