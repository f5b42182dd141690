from __future__ import annotations

import pytest

from headwater.sources.fetching.hosts import UnknownHostFormError, load_hosts, parse_host


@pytest.mark.parametrize(
    ("name", "per_second"),
    [
        ("www.gov.uk", 5), ("assets.publishing.service.gov.uk", 5), ("www.ons.gov.uk", 1), ("api.beta.ons.gov.uk", 3),
        ("hansard.parliament.uk", 1), ("hansard-api.parliament.uk", 2), ("www.federalregister.gov", 1),
        ("api.govinfo.gov", 5), ("www.whitehouse.gov", 1), ("www.federalreserve.gov", 1), ("ec.europa.eu", 1),
        ("www.gov.scot", 1), ("www.abs.gov.au", 1),
    ],
)  # fmt: skip
def test_official_hosts_are_listed(name: str, per_second: float) -> None:
    found = load_hosts().find(name)
    assert found is not None
    assert found.per_second == per_second


@pytest.mark.parametrize(
    "name", ["", "uk", "example.org", "gov.uk.example", "xgov.uk", "www.gov.uk.", "eu", "127.0.0.1"]
)
def test_others_are_not(name: str) -> None:
    assert load_hosts().find(name) is None


def test_an_operator_adds_hosts() -> None:
    hosts = load_hosts(["Stats.Example.org", "*.example.net", "*.www.gov.uk"])
    assert hosts.find("stats.example.org") is not None
    assert hosts.find("other.example.org") is None
    assert hosts.find("a.b.example.net") is not None
    added = hosts.find("x.www.gov.uk")
    assert added is not None
    assert added.per_second == 5  # what is known of a host stays


@pytest.mark.parametrize(
    "written",
    ["", "*", "*.", "org", "*.org", "127.0.0.1", "10.1", "0x7f.0x1", "[::1]", "a b.org", "https://example.org",
     "example.org:80", "example.org/x", "exämple.org", "-a.org", "a..org", "*.*.org", "x" * 300 + ".org"],
)  # fmt: skip
def test_what_is_no_host_is_not_added(written: str) -> None:
    with pytest.raises(UnknownHostFormError):
        parse_host(written)
