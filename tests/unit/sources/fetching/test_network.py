from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from typing import Any

import httpcore
import pytest

from headwater.sources.fetching.errors import FetchRefusedError, Refusal, SourceUnavailableError, Trouble
from headwater.sources.fetching.fetcher import GuardedFetcher
from headwater.sources.fetching.limits import FetchLimits
from headwater.sources.fetching.network import Deadline, GuardedBackend, Reach
from headwater.sources.fetching.resolving import resolve_within

PUBLIC = "151.101.0.144"
ONE_ATTEMPT = FetchLimits(attempts=1)


class Recording(httpcore.NetworkBackend):
    """Notes what it is to connect to, and connects to nothing."""

    def __init__(self, failing: Sequence[str] = ()) -> None:
        self.connected: list[str] = []
        self._failing = failing

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:  # noqa: ARG002
        self.connected.append(host)
        if host in self._failing:
            raise httpcore.ConnectError("refused")
        return httpcore.MockStream([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"])


class Changing:
    """A name whose addresses change from one look-up to the next."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def backend(resolver: Changing, connector: Recording, **switches: bool) -> GuardedBackend:
    return GuardedBackend(Reach(resolver=resolver, connector=connector, **switches), Deadline())


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["10.0.0.7"], ["169.254.169.254"], ["100.100.100.200"], ["::1"], ["fd00:ec2::254"],
        ["::ffff:127.0.0.1"], ["64:ff9b::a00:1"], ["2002:7f00:1::"], ["fe80::1%eth0"], ["224.0.0.1"], ["0.0.0.0"],
        [PUBLIC, "127.0.0.1"], ["2a04:4e42::144", "192.168.1.1"], ["fec0::1", PUBLIC],
    ],
)  # fmt: skip
def test_a_listed_name_that_leads_elsewhere_is_refused(addresses: list[str]) -> None:
    connector = Recording()
    with pytest.raises(FetchRefusedError) as refused:
        backend(Changing(addresses), connector).connect_tcp("www.gov.uk", 443)
    assert refused.value.code == Refusal.ADDRESS
    assert connector.connected == []


def test_the_address_checked_is_the_address_connected_to() -> None:
    connector, resolver = Recording(), Changing([PUBLIC], ["127.0.0.1"])
    guarded = backend(resolver, connector)
    guarded.connect_tcp("www.gov.uk", 443)
    assert (resolver.asked, connector.connected) == (["www.gov.uk"], [PUBLIC])  # one look-up for check and connection
    with pytest.raises(FetchRefusedError):  # and each further connection is checked anew
        guarded.connect_tcp("www.gov.uk", 443)
    assert connector.connected == [PUBLIC]


def test_an_answer_that_changes_between_robots_and_page_is_refused() -> None:
    connector, resolver = Recording(), Changing([PUBLIC], ["10.0.0.1"])
    fetcher = GuardedFetcher(reach=Reach(resolver=resolver, connector=connector), limits=ONE_ATTEMPT)
    with fetcher, pytest.raises(FetchRefusedError) as refused:
        fetcher.fetch("https://www.gov.uk/page")
    assert refused.value.code == Refusal.ADDRESS
    assert connector.connected == [PUBLIC]


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    connector = Recording(failing=["2a04:4e42::144"])
    backend(Changing(["2a04:4e42::144", PUBLIC]), connector).connect_tcp("www.gov.uk", 443)
    assert connector.connected == ["2a04:4e42::144", PUBLIC]
    with pytest.raises(httpcore.ConnectError):
        backend(Changing([PUBLIC]), Recording(failing=[PUBLIC])).connect_tcp("www.gov.uk", 443)


def test_a_name_without_an_address() -> None:
    with pytest.raises(SourceUnavailableError) as missing:
        backend(Changing([]), Recording()).connect_tcp("nowhere.gov.uk", 443)
    assert missing.value.code == Trouble.NAME


def test_a_look_up_that_hangs_is_left_alone() -> None:
    def hanging(_host: str, _port: int) -> Sequence[str]:
        time.sleep(0.5)
        return [PUBLIC]

    assert resolve_within(hanging, "www.gov.uk", 443, 0.01) == ()


def test_this_machine_is_connected_to_only_where_all_addresses_are_its_own() -> None:
    connector = Recording()
    backend(Changing(["127.0.0.1", "::1"]), connector, loopback=True).connect_tcp("localhost", 80)
    assert connector.connected == ["127.0.0.1"]
    with pytest.raises(FetchRefusedError):
        backend(Changing(["127.0.0.1", "10.0.0.1"]), connector, loopback=True).connect_tcp("localhost", 80)


def test_no_files_and_no_stand_in_elsewhere() -> None:
    with pytest.raises(FetchRefusedError):
        backend(Changing([PUBLIC]), Recording()).connect_unix_socket("/run/x.sock")
    with pytest.raises(ValueError, match="this machine"):
        Reach(stand_in=("10.0.0.1", 80))


def test_the_name_is_proven_by_certificate() -> None:
    """A server that is not who it is taken for gets no request: it speaks no TLS here, so the handshake fails."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        class Elsewhere(httpcore.NetworkBackend):
            def connect_tcp(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
                stream = httpcore.SyncBackend().connect_tcp("127.0.0.1", port, 2.0)
                accepted, _ = listener.accept()
                accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                accepted.close()
                return stream

        reach = Reach(resolver=Changing([PUBLIC]), connector=Elsewhere())
        with (
            GuardedFetcher(reach=reach, limits=ONE_ATTEMPT) as fetcher,
            pytest.raises(SourceUnavailableError) as broken,
        ):
            fetcher.fetch("https://www.gov.uk/api/content/x")
    assert broken.value.code == Trouble.UNREACHABLE
