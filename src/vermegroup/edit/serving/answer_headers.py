"""What every answer says of itself, so that a browser does no more with it than is meant."""

from __future__ import annotations

from starlette.types import Message, Send

KEPT = "private, max-age=31536000, immutable"
"""How long a browser keeps a file of ours whose address tells its version."""
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# no-referrer would have browsers send "Origin: null" with our own forms.
_ALWAYS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_CACHE = "cache-control"
_OURS = {name.encode() for name in (*_ALWAYS, _CACHE)}
_SAFE = [(name.encode(), value.encode()) for name, value in _ALWAYS.items()]
_KEEP = (_CACHE.encode(), KEPT.encode())
_FORGET = (_CACHE.encode(), b"no-store")


def safely(send: Send) -> Send:
    """Sends answers with the headers that all have, whatever those said that made them."""

    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            kept = [pair for pair in given if pair[0].lower() not in _OURS]
            cache = _KEEP if _KEEP in given else _FORGET
            message = {**message, "headers": [*kept, *_SAFE, cache]}
        await send(message)

    return send_safely
