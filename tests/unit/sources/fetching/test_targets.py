from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from headwater.sources.fetching.errors import FetchRefusedError, Refusal
from headwater.sources.fetching.hosts import load_hosts
from headwater.sources.fetching.targets import parse_redirect, parse_target

HOSTS = load_hosts()
HOSTILE = [
    (code, address)
    for code, table in tomllib.loads(Path(__file__).with_name("hostile.toml").read_text("utf-8")).items()
    for address in table["addresses"]
]
# Relative to a listed page these are pages of it, or stand for themselves: no attack, and no refusal.
RELATIVE = {"", "www.gov.uk", "//www.gov.uk/x"}


@pytest.mark.parametrize(("code", "address"), HOSTILE)
def test_refuses(code: str, address: str) -> None:
    with pytest.raises(FetchRefusedError) as refused:
        parse_target(address, HOSTS)
    assert refused.value.code == Refusal(code)
    assert "user:pass" not in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("address", sorted({address for _, address in HOSTILE} - RELATIVE))
def test_refuses_a_redirect_there(address: str) -> None:
    base = parse_target("https://www.gov.uk/page", HOSTS)
    with pytest.raises(FetchRefusedError):
        parse_redirect(base, address, HOSTS)


def test_hostile_addresses_are_many() -> None:
    assert len(HOSTILE) >= 100
    assert {code for code, _ in HOSTILE} == {refusal.value for refusal in Refusal} - {
        "address_not_public",
        "robots_forbid",
    }


@pytest.mark.parametrize(
    ("address", "requested"),
    [
        ("https://www.gov.uk", "https://www.gov.uk/"),
        ("HtTpS://WwW.GoV.uK/Path", "https://www.gov.uk/Path"),
        ("https://www.gov.uk:443/x?a=1&b[]=2#top", "https://www.gov.uk/x?a=1&b[]=2"),
        ("https://www.gov.uk?q=1", "https://www.gov.uk/?q=1"),
        ("https://www.gov.uk/a@b:c", "https://www.gov.uk/a@b:c"),
        ("https://www.gov.uk/café%20x", "https://www.gov.uk/caf%C3%A9%20x"),
        ("https://questions-statements.parliament.uk/x", "https://questions-statements.parliament.uk/x"),
        ("https://www.federalregister.gov/api/v1/documents.json?per_page=5", "https://www.federalregister.gov/api/v1/documents.json?per_page=5"),
        ("https://ec.europa.eu/x", "https://ec.europa.eu/x"),
    ],
)  # fmt: skip
def test_takes(address: str, requested: str) -> None:
    assert parse_target(address, HOSTS).url == requested


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/other", "https://www.gov.uk/other"),
        ("other?x=1", "https://www.gov.uk/a/other?x=1"),
        ("//www.parliament.uk/x", "https://www.parliament.uk/x"),
        ("https://assets.publishing.service.gov.uk/x.pdf", "https://assets.publishing.service.gov.uk/x.pdf"),
    ],
)
def test_follows_a_redirect_to_a_listed_host(location: str, leads_to: str) -> None:
    base = parse_target("https://www.gov.uk/a/page", HOSTS)
    assert parse_redirect(base, location, HOSTS).url == leads_to


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080/x", "http://localhost:1/x", "https://[::1]:99/x"])
def test_this_machine_only_where_it_was_switched_on(address: str) -> None:
    assert parse_target(address, HOSTS, loopback=True).url == address
    with pytest.raises(FetchRefusedError):
        parse_target(address, HOSTS)


@pytest.mark.parametrize(
    "address",
    ["http://127.1/", "http://0/", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://www.gov.uk/"],
)
def test_switched_on_it_is_this_machine_in_plain_form_alone(address: str) -> None:
    with pytest.raises(FetchRefusedError):
        parse_target(address, HOSTS, loopback=True)
