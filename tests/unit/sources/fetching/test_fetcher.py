from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from itertools import repeat

import pytest

from headwater.sources.fetching.errors import FetchRefusedError, Refusal, SourceUnavailableError, Trouble
from headwater.sources.fetching.fetcher import GuardedFetcher, agent_line
from headwater.sources.fetching.limits import FetchLimits
from headwater.sources.fetching.network import Reach
from misbehaving_server import MisbehavingServer, Request, answer

from .conftest import FakeClock

QUICK = FetchLimits(
    total_seconds=0.6, idle_seconds=0.3, connect_seconds=0.5, max_bytes=2_000_000, free_bytes=10_000, attempts=1
)
PAGE = "https://www.gov.uk/page"


@pytest.fixture
def fetcher(server: MisbehavingServer, clock: FakeClock) -> Iterator[GuardedFetcher]:
    with make_fetcher(server, clock) as made:
        yield made


def make_fetcher(server: MisbehavingServer, clock: FakeClock, limits: FetchLimits | None = None) -> GuardedFetcher:
    reach = Reach(stand_in=("127.0.0.1", server.port), resolver=lambda _host, _port: ["127.0.0.1"], loopback=True)
    return GuardedFetcher(
        contact="desk@example.org", limits=limits or FetchLimits(), clock=clock, jitter=lambda: 1.0, reach=reach
    )


def test_a_page_with_its_validators(server: MisbehavingServer, fetcher: GuardedFetcher) -> None:
    modified = "Mon, 02 Mar 2026 08:00:00 GMT"
    server.play("/page", answer(200, b"words", etag='W/"abc"', last_modified=modified))
    fetched = fetcher.fetch(f"{PAGE}?a=1")
    assert (fetched.url, fetched.status, fetched.body) == (f"{PAGE}?a=1", 200, b"words")
    assert (fetched.etag, fetched.last_modified) == ('W/"abc"', modified)
    sent = server.requests[-1]
    assert (sent.target, sent.headers["host"]) == ("/page?a=1", "www.gov.uk")
    assert sent.headers["user-agent"] == agent_line("desk@example.org")
    assert sent.headers["accept-encoding"] == "gzip"
    assert {"cookie", "authorization", "referer", "if-none-match"}.isdisjoint(sent.headers)


def test_an_unchanged_page(server: MisbehavingServer, fetcher: GuardedFetcher) -> None:
    def validated(request: Request) -> list[bytes]:
        unchanged = request.headers.get("if-none-match") == '"v1"' and "if-modified-since" in request.headers
        return [answer(304) if unchanged else answer(200, b"words", etag='"v1"')]

    server.play("/page", validated)
    modified = "Mon, 02 Mar 2026 08:00:00 GMT"
    fetched = fetcher.fetch(PAGE, etag='"v1"', last_modified=modified)
    assert (fetched.status, fetched.body, fetched.etag, fetched.last_modified) == (304, b"", '"v1"', modified)
    assert fetcher.fetch(PAGE, etag='"v1"\r\nX-Evil: 1').status == 200  # a validator that breaks lines is not sent


@pytest.mark.parametrize("status", [404, 410, 422])
def test_answers_that_say_something_of_the_document_are_given_back(
    server: MisbehavingServer, fetcher: GuardedFetcher, status: int
) -> None:
    server.play("/page", answer(status, b"{}"))
    assert (fetcher.fetch(PAGE).status, fetcher.fetch(PAGE).body) == (status, b"{}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_among_listed_hosts_are_followed(
    server: MisbehavingServer, fetcher: GuardedFetcher, status: int
) -> None:
    server.play("/page", answer(status, location="https://assets.publishing.service.gov.uk/other"))
    server.play("/other", answer(200, b"moved"))
    fetched = fetcher.fetch(PAGE)
    assert (fetched.url, fetched.body) == ("https://assets.publishing.service.gov.uk/other", b"moved")


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://www.gov.uk/page", Refusal.SCHEME),
        ("https://evil.example/", Refusal.HOST),
        ("//evil.example/", Refusal.HOST),
        ("https://10.0.0.1/", Refusal.HOST),
        ("https://169.254.169.254/latest/", Refusal.HOST),
        ("https://www.gov.uk@10.0.0.1/", Refusal.CREDENTIALS),
        ("https://www.gov.uk:8443/", Refusal.PORT),
        ("file:///etc/passwd", Refusal.SCHEME),
        ("data:text/html,x", Refusal.SCHEME),
        ("\\\\evil.example\\", Refusal.MALFORMED),
        ("https://[::1", Refusal.MALFORMED),
        ("//[::1", Refusal.MALFORMED),
        ("http://127.0.0.1:9/", Refusal.SCHEME),
    ],
)
def test_redirects_elsewhere_are_refused(
    server: MisbehavingServer, fetcher: GuardedFetcher, location: str, code: Refusal
) -> None:
    server.play("/page", answer(302, location=location))
    with pytest.raises(FetchRefusedError) as refused:
        fetcher.fetch(PAGE)
    assert refused.value.code == code
    assert server.targets == ["/page"]


def test_see_other_elsewhere_is_given_back(server: MisbehavingServer, fetcher: GuardedFetcher) -> None:
    server.play("/page", answer(303, location="https://evil.example/"))
    fetched = fetcher.fetch(PAGE)
    assert (fetched.status, fetched.headers["location"], fetched.body) == (303, "https://evil.example/", b"")


@pytest.mark.parametrize("location", ["/page", "", "#top", "?x"])
def test_a_loop_of_redirects_ends(server: MisbehavingServer, fetcher: GuardedFetcher, location: str) -> None:
    server.play("/page", answer(301, location=location))
    with pytest.raises(SourceUnavailableError) as looping:
        fetcher.fetch(PAGE)
    assert looping.value.code == Trouble.REDIRECTS
    assert len(server.targets) == FetchLimits().max_redirects + 1


# What an answer may cost


def endless(_request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    yield from repeat(b"x" * 65_536)


def trickle(_request: Request) -> Iterator[bytes | float]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    for piece in repeat(b"x", 40):
        yield piece
        yield 0.05


def slow_head(_request: Request) -> Iterator[bytes | float]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(40):
        yield f"X-{number}: y\r\n".encode()
        yield 0.05


def silent(_request: Request) -> Iterator[bytes | float]:
    yield 1.0


def cut_off(_request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"


def endless_head(_request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(2_000):
        yield f"X-{number}: {'y' * 200}\r\n".encode()


def bomb(layers: int = 1) -> bytes:
    packed = b"\0" * 10_000_000
    for _ in range(layers):
        packed = gzip.compress(packed, mtime=0)
    return packed


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (endless, Trouble.TOO_LARGE),
        (answer(200, b"", content_length=str(2 * 10**9)), Trouble.TOO_LARGE),
        (answer(200, b"", content_length="9" * 30), Trouble.BROKEN),
        (answer(200, bomb(), content_encoding="gzip"), Trouble.EXPANDS),
        (answer(200, bomb(), content_encoding="x-gzip"), Trouble.EXPANDS),
        (answer(200, zlib.compress(b"\0" * 10_000_000), content_encoding="deflate"), Trouble.EXPANDS),
        (answer(200, bomb(2), content_encoding="gzip, gzip"), Trouble.BROKEN),
        (answer(200, b"words", content_encoding="br"), Trouble.BROKEN),
        (answer(200, b"words", content_encoding="gzip"), Trouble.BROKEN),
        (answer(200, gzip.compress(b"words" * 50)[:-9], content_encoding="gzip"), Trouble.BROKEN),
        (trickle, Trouble.TIMEOUT),
        (slow_head, Trouble.TIMEOUT),
        (silent, Trouble.TIMEOUT),
        (cut_off, Trouble.BROKEN),
        (endless_head, Trouble.BROKEN),
        (b"", Trouble.BROKEN),
        (b"no answer of HTTP\r\n\r\n", Trouble.BROKEN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", Trouble.BROKEN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", Trouble.BROKEN),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFFF\r\nx", Trouble.BROKEN),
        (answer(401), Trouble.STATUS),
        (answer(403), Trouble.STATUS),
        (answer(451), Trouble.STATUS),
    ],
    ids=lambda value: getattr(value, "__name__", None) or (value.name if isinstance(value, Trouble) else None),
)
def test_an_answer_beyond_the_limits(
    server: MisbehavingServer, clock: FakeClock, script: object, code: Trouble
) -> None:
    server.play("/api/content/x", script)  # type: ignore[arg-type]
    with make_fetcher(server, clock, QUICK) as fetcher, pytest.raises(SourceUnavailableError) as unusable:
        fetcher.fetch("https://www.gov.uk/api/content/x")
    assert unusable.value.code == code


def test_a_compressed_page(server: MisbehavingServer, fetcher: GuardedFetcher) -> None:
    words = " ".join(map(str, range(50_000))).encode()
    two = gzip.compress(words) + gzip.compress(b" and more")
    packed = [answer(200, each, content_encoding="gzip") for each in (gzip.compress(words), two)]
    server.play("/page", *packed)
    assert fetcher.fetch(PAGE).body == words
    assert fetcher.fetch(PAGE).body == words + b" and more"


def test_a_bomb_is_not_unpacked_before_it_is_refused(server: MisbehavingServer, clock: FakeClock) -> None:
    small = FetchLimits(max_bytes=200_000, free_bytes=10_000_000, attempts=1)
    server.play("/page", answer(200, bomb(), content_encoding="gzip"))
    with make_fetcher(server, clock, small) as fetcher, pytest.raises(SourceUnavailableError) as refused:
        fetcher.fetch(PAGE)
    assert refused.value.code == Trouble.TOO_LARGE


# Waiting


def test_what_passes_is_asked_again_with_longer_pauses(
    server: MisbehavingServer, fetcher: GuardedFetcher, clock: FakeClock
) -> None:
    server.play("/page", answer(503), b"", answer(500), answer(200, b"at last"))
    assert fetcher.fetch(PAGE).body == b"at last"
    assert clock.slept[-1] == 4
    assert {1.0, 2.0, 4.0} <= set(clock.slept)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_does_not_pass_is_raised(server: MisbehavingServer, fetcher: GuardedFetcher, status: int) -> None:
    server.play("/page", answer(status))
    with pytest.raises(SourceUnavailableError) as busy:
        fetcher.fetch(PAGE)
    assert (busy.value.code, busy.value.status) == (Trouble.BUSY, status)
    assert len(server.targets) == FetchLimits().attempts


@pytest.mark.parametrize("asked", ["30", "Mon, 02 Mar 2026 09:00:30 GMT"])
def test_retry_after_is_obeyed(server: MisbehavingServer, clock: FakeClock, asked: str) -> None:
    server.play("/api/content/x", answer(429, retry_after=asked), answer(200, b"now"))
    with make_fetcher(server, clock) as fetcher:
        assert fetcher.fetch("https://www.gov.uk/api/content/x").body == b"now"
    assert clock.elapsed == pytest.approx(30, abs=0.5)


def test_a_host_that_asks_for_an_hour_is_left_alone_by_all_addresses(
    server: MisbehavingServer, fetcher: GuardedFetcher, clock: FakeClock
) -> None:
    server.play("/api/content/x", answer(429, retry_after="3600"), answer(200, b"now"))
    for path in ("x", "x", "y"):
        with pytest.raises(SourceUnavailableError) as busy:
            fetcher.fetch(f"https://www.gov.uk/api/content/{path}")
        assert busy.value.retry_after == pytest.approx(3600, abs=1)
    assert server.targets == ["/api/content/x"]
    clock.elapsed += 3_600
    assert fetcher.fetch("https://www.gov.uk/api/content/x").body == b"now"


def test_hosts_are_asked_at_their_own_pace(
    server: MisbehavingServer, fetcher: GuardedFetcher, clock: FakeClock
) -> None:
    server.play("/api/content/x", answer(200))
    server.play("/api/x", answer(200))
    for _ in range(6):
        fetcher.fetch("https://www.gov.uk/api/content/x")
    assert clock.elapsed == pytest.approx(1.0)  # five a second: six take one
    begun = clock.elapsed
    for _ in range(3):
        fetcher.fetch("https://members-api.parliament.uk/api/x")
    assert clock.elapsed - begun == pytest.approx(1.0)  # two a second


# robots.txt


def test_robots_are_asked_once_and_obeyed(server: MisbehavingServer, fetcher: GuardedFetcher, clock: FakeClock) -> None:
    rules = b"User-agent: *\nDisallow: /*/print$\nCrawl-delay: 7\n\nUser-agent: Other\nDisallow: /\n"
    server.play("/robots.txt", answer(200, rules))
    server.play("/page", answer(200, b"words"))
    assert fetcher.fetch(PAGE).body == b"words"
    assert fetcher.fetch(PAGE).body == b"words"
    assert clock.elapsed >= 7
    with pytest.raises(FetchRefusedError) as refused:
        fetcher.fetch("https://www.gov.uk/page/print")
    assert refused.value.code == Refusal.ROBOTS
    assert [request.target for request in server.requests].count("/robots.txt") == 1


def test_robots_are_not_asked_about_interfaces(server: MisbehavingServer, fetcher: GuardedFetcher) -> None:
    server.play("/robots.txt", answer(200, b"User-agent: *\nDisallow: /"))
    server.play("/api/content/x", answer(200, b"{}"))
    assert fetcher.fetch("https://www.gov.uk/api/content/x").body == b"{}"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_allows_all(server: MisbehavingServer, fetcher: GuardedFetcher, status: int) -> None:
    server.play("/robots.txt", answer(status))
    server.play("/page", answer(200, b"words"))
    assert fetcher.fetch(PAGE).body == b"words"


def test_a_host_whose_robots_fail_is_not_asked_for_pages(server: MisbehavingServer, fetcher: GuardedFetcher) -> None:
    server.play("/robots.txt", answer(500))
    with pytest.raises(SourceUnavailableError):
        fetcher.fetch(PAGE)
    assert server.targets == []


def test_this_machine_is_fetched_from_where_it_was_switched_on(server: MisbehavingServer, clock: FakeClock) -> None:
    server.play("/x", answer(200, b"here"))
    with GuardedFetcher(clock=clock, reach=Reach(loopback=True)) as fetcher:
        assert fetcher.fetch(f"{server.origin}/x").body == b"here"
        with pytest.raises(FetchRefusedError):
            fetcher.fetch("http://10.0.0.1/x")
    with GuardedFetcher(clock=clock) as fetcher, pytest.raises(FetchRefusedError):
        fetcher.fetch(f"{server.origin}/x")


def test_proxies_of_the_environment_are_not_used(
    server: MisbehavingServer, fetcher: GuardedFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.play("/page", answer(200, b"words"))
    assert fetcher.fetch(PAGE).body == b"words"


def test_the_contact_cannot_break_the_line() -> None:
    assert agent_line("a@b.example\r\nX: 1) (").endswith("(a@b.exampleX: 1 )")
    assert agent_line("").endswith("(reader of official publications)")
