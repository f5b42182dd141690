from __future__ import annotations

import pytest

from headwater.sources.fetching.robots import MAX_DELAY, matches, parse_robots


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/", "/anything", True),
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish.asp", False),
        ("/fish*", "/fishheads", True),
        ("/fish/", "/fish", False),
        ("/*.php", "/folder/a.php?x", True),
        ("/*.php$", "/folder/a.php", True),
        ("/*.php$", "/folder/a.php?x", False),
        ("/fish*.php", "/fishheads/catfish.php?x", True),
        ("/*/print$", "/page/print", True),
        ("/*/print$", "/page/print/more", False),
        ("/x$", "/x", True),
        ("/x$", "/xy", False),
        ("/a*a$", "/a", False),
        ("*", "/x", True),
        ("/" + "*a" * 500 + "$", "/" + "a" * 5_000 + "b", False),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert matches(pattern, path) is expected


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("user-agent: HEADWATER/1.0\ndisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: headwater\nDisallow: /private", "/x", True),
        ("User-agent: a\nUser-agent: *\nDisallow: /x", "/x", False),
        ("User-agent: *\nDisallow: /a\nUser-agent: b\nDisallow: /\nUser-agent: *\nDisallow: /c", "/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("Disallow: /\nSitemap: x\nUser-agent: *\nnonsense\nDisallow: /x # why", "/x", False),
        ("\ufeffUser-agent: *\r\nDisallow: /x\r\n", "/x", False),
    ],
)
def test_rules(robots: str, path: str, allowed: bool) -> None:
    assert parse_robots(robots.encode(), "headwater").allows(path) is allowed


@pytest.mark.parametrize(
    ("stated", "delay"), [("10", 10), ("0.5", 0.5), ("1e9", MAX_DELAY), ("-1", 0), ("nan", 0), ("soon", 0)]
)
def test_delays(stated: str, delay: float) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {stated}".encode(), "headwater").delay == delay


def test_nothing_is_raised_for_bytes_of_any_kind() -> None:
    assert parse_robots(bytes(range(256)) * 100, "headwater").allows("/x")
