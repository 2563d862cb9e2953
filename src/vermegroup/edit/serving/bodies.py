"""How much a request may send."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Message, Receive

COMMAND = 64 * 1024
FILE = 8 * 1024 * 1024
"""Bytes."""
_READ_AWAY = 64 * 1024 * 1024
"""So much is read and dropped: browsers look at no answer before they have sent everything."""


async def body_within(limit: int, headers: Headers, receive: Receive) -> bytes | None:
    """All that a request sends, or None where that is more bytes than the limit, or breaks off.

    What the request says of its length only spares reading: the bytes are counted.
    """
    if _declared(headers) > _READ_AWAY:
        return None
    body = bytearray()
    length, more = 0, True
    while more and length <= _READ_AWAY:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        length += len(part)
        if length <= limit:
            body += part
        more = message.get("more_body", False)
    return None if length > limit else bytes(body)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read already, and then whatever comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message


def _declared(headers: Headers) -> int:
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else 0
