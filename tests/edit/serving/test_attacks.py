"""What other pages, other names and other programs try against the server: refused, or inert."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.edit.serving.served import Served
from vermegroup.edit.serving.bodies import COMMAND, FILE
from vermegroup.edit.serving.vendored import HTMX

MEGABYTE = 1_000_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def in_parts(length: int, part: int = 65_536) -> Iterator[bytes]:
    """A body whose length no header tells."""
    for start in range(0, length, part):
        yield b"a" * min(part, length - start)


def test_the_page_itself_may_read_and_change(server: Served, changed: list[str]) -> None:
    assert server.ask("/", headers={"Cookie": server.cookie}).status == 200
    posted = server.ask("/change", "POST", server.own() | FORM, b"a=12345")
    assert (posted.status, posted.text, changed) == (200, "5", ["/change"])


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://{host}"},
        {"Origin": "http://{host}.evil.example"},
        {"Origin": "http://{host}", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "http://{host}/"},
        {},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_form_or_fetch_of_another_origin_changes_anything(
    server: Served, changed: list[str], method: str, headers: dict[str, str]
) -> None:
    sent = {name: text.format(host=server.host, port=server.port) for name, text in headers.items()}
    answer = server.ask("/change", method, {"Cookie": server.cookie} | FORM | sent, b"a=1")
    assert (answer.status, changed) == (403, [])
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_form_of_our_own_page_without_origin_is_known_by_where_it_comes_from(
    server: Served, changed: list[str]
) -> None:
    sent = {"Cookie": server.cookie, "Sec-Fetch-Site": "same-origin"}
    assert server.ask("/change", "POST", sent | FORM, b"a=1").status == 200
    assert changed == ["/change"]


def test_two_origins_are_none(server: Served, changed: list[str]) -> None:
    own = f"http://{server.host}"
    request = (
        f"POST /change HTTP/1.1\r\nHost: {server.host}\r\nCookie: {server.cookie}\r\n"
        f"Origin: {own}\r\nOrigin: http://evil.example\r\nContent-Length: 3\r\n\r\na=1"
    )
    assert b" 403 " in server.raw(request.encode()).partition(b"\r\n")[0]
    assert changed == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
@pytest.mark.parametrize("path", ["/", "/alive?tab=x", HTMX.file.address])
def test_no_other_page_reads_anything(server: Served, path: str, site: str) -> None:
    sent = {"Cookie": server.cookie, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
    assert server.ask(path, headers=sent).status == 403
    sent = {"Cookie": server.cookie, "Origin": "http://evil.example"}
    assert server.ask(path, headers=sent).status == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.:{port}",
        "127.0.0.1.evil.example:{port}",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1:{port}@evil.example",
        "127.1:{port}",
        "2130706433:{port}",
        "[::1]:{port}",
        "0.0.0.0:{port}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/enter/{secret}"])
def test_a_name_that_is_bound_to_this_machine_anew_is_refused(
    server: Served, host: str, path: str
) -> None:
    """DNS rebinding: a page of evil.example asks its own name, which now means 127.0.0.1."""
    sent = {"Host": host.format(port=server.port), "Cookie": server.cookie}
    answer = server.ask(path.format(secret=server.secret), headers=sent)
    assert answer.status == 421
    assert "set-cookie" not in answer.headers


def test_exactly_one_host_is_to_be_named(server: Served) -> None:
    cookie, close = f"Cookie: {server.cookie}\r\n", "Connection: close\r\n"
    for hosts in (
        "",
        f"Host: {server.host}\r\nHost: evil.example\r\n",
        f"Host: evil.example\r\nHost: {server.host}\r\n",
    ):
        for version in ("1.0", "1.1"):
            answer = server.raw(f"GET / HTTP/{version}\r\n{hosts}{cookie}{close}\r\n".encode())
            assert re.match(rb"HTTP/1.1 4(00|21) ", answer)
    named = f"GET http://evil.example/ HTTP/1.1\r\nHost: {server.host}\r\n{cookie}{close}\r\n"
    assert re.match(rb"HTTP/1.1 404 ", server.raw(named.encode()))


def test_localhost_is_this_machine_too(server: Served) -> None:
    sent = {"Host": f"localhost:{server.port}"}
    entered = server.ask("/enter/" + server.secret, headers=sent)
    assert entered.status == 303
    assert server.ask("/", headers=sent | {"Cookie": server.cookie}).status == 200


@pytest.mark.parametrize("cookie", ["", "{name}=", "{name}=wrong", "other={value}", "{name}"])
@pytest.mark.parametrize("path", ["/", "/static/htmx.min.js", "/nothing", "/alive?tab=x"])
def test_without_the_cookie_nothing_is_told_but_where_the_address_is(
    server: Served, path: str, cookie: str
) -> None:
    name, _equals, value = server.cookie.partition("=")
    sent = {"Cookie": cookie.format(name=name, value=value)} if cookie else {}
    answer = server.ask(path, headers=sent)
    assert answer.status == 403
    assert "terminal" in answer.text
    assert server.secret not in answer.text
    assert value not in answer.text
    assert "set-cookie" not in answer.headers


def test_no_command_is_heard_without_the_cookie(server: Served, changed: list[str]) -> None:
    sent = {**server.own(), "Cookie": "a=b"}
    for path in ("/change", "/file", "/close"):
        assert server.ask(path, "POST", sent | FORM, b"a=1").status == 403
    assert changed == []
    assert not server.workplace.closing.is_set()


def test_the_refusal_is_in_the_language_of_the_session(server: Served) -> None:
    for language, word in (("fi", "päätteessä"), ("sv", "terminalen"), ("en", "terminal")):
        server.workplace.language = language
        answer = server.ask("/")
        assert word in answer.text
        assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize(
    "secret",
    ["", "wrong", "{secret}x", "{half}", "{upper}", "{secret}/", "%00", "ä", "%F0%9F%92%A9", "%ff"],
)
def test_a_wrong_secret_gets_no_cookie(server: Served, secret: str) -> None:
    own = server.secret
    tried = secret.format(secret=own, half=own[:-1], upper=own.swapcase())
    answer = server.ask("/enter/" + tried.replace("ä", "%C3%A4"))
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


def test_the_secret_becomes_a_cookie_and_leaves_the_address(server: Served) -> None:
    answer = server.ask("/enter/" + server.secret, headers={"Sec-Fetch-Site": "none"})
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie, *attributes = answer.headers["set-cookie"].split("; ")
    assert cookie.startswith(f"vermegroup-{server.port}=")
    assert set(attributes) == {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert len(server.secret) >= 43  # 256 bits in base64
    assert server.secret not in answer.headers["set-cookie"]


def test_after_a_link_of_another_page_the_browser_is_led_on_by_a_page_of_ours(
    server: Served,
) -> None:
    """A redirect would still be the other page's doing, and not get the strict cookie."""
    sent = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    answer = server.ask("/enter/" + server.secret, headers=sent)
    assert (answer.status, "set-cookie" in answer.headers) == (200, True)
    assert '<meta http-equiv="refresh" content="0; url=/">' in answer.text
    assert server.secret not in answer.text


@pytest.mark.parametrize(
    "sent",
    [
        {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors"},
        {"Origin": "http://evil.example"},
    ],
    ids=str,
)
def test_no_page_lets_itself_in_by_what_it_embeds(server: Served, sent: dict[str, str]) -> None:
    sent = sent | {"Sec-Fetch-Site": "cross-site"}
    answer = server.ask("/enter/" + server.secret, headers=sent)
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)


def test_a_cookie_that_another_port_put_beside_ours_locks_nobody_out(server: Served) -> None:
    name = server.cookie.partition("=")[0]
    for both in (f"{name}=evil; {server.cookie}", f"{server.cookie}; {name}=evil"):
        assert server.ask("/", headers={"Cookie": both}).status == 200


TRAVERSALS = [
    f"{before}{up}{file}"
    for before in ("/", "/static/", "/static/vendor/", "/enter/", "//", "/static//")
    for up in ("../" * 9, "%2e%2e/" * 9, "..%2f" * 9, "%2e%2e%2f" * 9, "..%5c" * 9, "..\\" * 9)
    for file in ("etc/passwd",)
] + [
    "/static/",
    "/static",
    "/static/vendor/htmx.min.js",
    "/static/../serve.py",
    "/static/%2e%2e/serve.py",
    "/static/....//....//serve.py",
    "/static/..%252f..%252fserve.py",
    "/static/..%c0%af..%c0%afetc/passwd",
    "/static/%c0%ae%c0%ae/serve.py",
    "/static/htmx.min.js/../../serve.py",
    "/static/htmx.min.js%00.css",
    "/static/htmx.LICENSE.txt",
    "/static/C:%5cWindows%5cwin.ini",
    "/static/%5c%5cserver%5cshare",
    "/static/~root/.ssh/id_rsa",
    "/static/file:%2f%2f%2fetc%2fpasswd",
    "/static/;/etc/passwd",
    "/static/.",
    "/static/..",
    "/etc/passwd",
    "/serve.py",
    "/.git/config",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_nothing_in_a_path_leads_to_a_file(server: Served, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n"
    answer = server.raw(f"{request}Cookie: {server.cookie}\r\n\r\n".encode("latin-1"))
    # The door does not ask a known browser for a secret: whatever follows, it leads to the page.
    at_the_door = path.startswith("/enter/")
    if at_the_door:
        assert answer.startswith(b"HTTP/1.1 303 ")
        assert b"\r\nlocation: /\r\n" in answer
    else:
        assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 "))
    assert b"root:" not in answer
    assert b"import" not in answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_static_files_are_only_read(server: Served, method: str) -> None:
    answer = server.ask("/static/htmx.min.js", method, server.own())
    assert answer.status == (200 if method == "HEAD" else 405)
    assert answer.body == b"" or b"htmx" not in answer.body


@pytest.mark.parametrize("length", [COMMAND + 1, 10 * MEGABYTE])
@pytest.mark.parametrize("path", ["/command", "/change", "/close", "/nothing", "/alive?tab=x"])
def test_no_command_is_longer_than_its_limit(
    server: Served, changed: list[str], path: str, length: int
) -> None:
    for body in (b"a" * length, in_parts(length)):  # with Content-Length, and in chunks
        answer = server.ask(path, "POST", server.own() | FORM, body)
        assert (answer.status, changed) == (413, [])
        assert answer.headers["connection"] == "close"
    assert not server.workplace.closing.is_set()


@pytest.mark.parametrize("length", [FILE + 1, 10 * MEGABYTE])
def test_no_file_is_larger_than_its_limit(server: Served, changed: list[str], length: int) -> None:
    for body in (b"a" * length, in_parts(length)):
        answer = server.ask("/file", "POST", server.own(), body)
        assert (answer.status, changed) == (413, [])


@pytest.mark.parametrize(("path", "length"), [("/command", COMMAND), ("/file", FILE)])
def test_what_is_within_its_limit_arrives_whole(server: Served, path: str, length: int) -> None:
    for body in (b"a" * length, in_parts(length), in_parts(1000, part=7)):
        answer = server.ask(path, "POST", server.own(), body)
        assert answer.status == 200
        assert int(answer.text) in (length, 1000)


def test_a_length_that_is_a_lie_is_not_believed(server: Served, changed: list[str]) -> None:
    head = f"POST /command HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in server.own().items())
    huge = server.raw(f"{head}Content-Length: 99999999999\r\n\r\nabc".encode())
    assert huge.startswith(b"HTTP/1.1 413 ")
    short = server.raw(f"{head}Content-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n\r\n".encode())
    assert short.count(b"HTTP/1.1 ") == 1
    assert short.endswith(b"\r\n\r\n3")
    changed.clear()
    for lying in (
        "Content-Length: -1",
        "Content-Length: 3\r\nContent-Length: 4",
        "Content-Length: 3\r\nTransfer-Encoding: gzip, chunked",
        "Transfer-Encoding: gzip",
        "Content-Length: 0x10",
    ):
        answer = server.raw(f"{head}{lying}\r\n\r\nabc".encode())
        assert re.match(rb"HTTP/1.1 (400|501) ", answer)
    assert changed == []


def test_a_body_is_not_read_of_whoever_is_refused(server: Served) -> None:
    """So nobody fills the memory, and nothing that follows is taken for a request."""
    head = f"POST /file HTTP/1.1\r\nHost: {server.host}\r\nContent-Length: 500\r\n\r\n"
    answer = server.raw(head.encode() + b"GET / HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/onward?to=/%0d%0aSet-Cookie:%20evil=1",
        "/onward?to=%0aX-Evil:1",
        "/enter/%0d%0aSet-Cookie:%20evil=1",
        "/alive?tab=%0d%0aX-Evil:1",
        "/%0d%0aX-Evil:%201",
    ],
)
def test_nothing_that_is_sent_becomes_a_header(server: Served, path: str) -> None:
    answer = server.ask(path, headers=server.own())
    assert "x-evil" not in answer.headers
    assert "evil" not in answer.headers.get("set-cookie", "")


def test_a_header_with_a_line_end_is_no_header(server: Served) -> None:
    request = f"GET / HTTP/1.1\r\nHost: {server.host}\nX: y\r\nCookie : {server.cookie}\r\n\r\n"
    assert server.raw(request.encode()).startswith(b"HTTP/1.1 400 ")


def test_there_are_no_web_sockets(server: Served) -> None:
    sent = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Origin": "http://evil.example",
        "Cookie": server.cookie,
    }
    assert server.ask("/", headers=sent).status == 403


def test_what_a_proxy_would_say_changes_nothing(server: Served) -> None:
    sent = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    sent |= {"X-Original-URL": "/change", "X-HTTP-Method-Override": "POST"}
    answer = server.ask("/", headers=server.own() | sent)
    assert (answer.status, b"evil" in answer.body) == (200, False)


@pytest.mark.parametrize(
    ("path", "invited"),
    [
        ("/", True),
        ("/", False),
        ("/nothing", True),
        ("/at-fault", True),
        ("/broken", True),
        ("/static/htmx.min.js", True),
        ("/enter/wrong", False),
    ],
)
def test_every_answer_tells_browsers_to_do_no_more_with_it_than_is_meant(
    server: Served, path: str, invited: bool
) -> None:
    headers = server.ask(path, headers=server.own() if invited else {}).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers
