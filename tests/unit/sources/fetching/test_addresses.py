from __future__ import annotations

import pytest

from headwater.sources.fetching.addresses import find_fault, is_loopback


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:c0a8:101::1", "2001::1", "2001:db8::1", "3ffe::1", "3fff::1", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2a00::1%2", "fec0::1", "ff02::1", "100::1", "4000::1", "5f00::1",
        "", "localhost", "127.1", "0x7f.0.0.1", "8.8.8.8.8",
    ],
)  # fmt: skip
def test_is_not_public(address: str) -> None:
    assert find_fault(address)


@pytest.mark.parametrize(
    "address", ["151.101.0.144", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a04:4e42::144", "2606:4700::1111"]
)
def test_is_public(address: str) -> None:
    assert find_fault(address) is None


@pytest.mark.parametrize(
    ("address", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", False), ("8.8.8.8", False), ("x", False)],
)
def test_loopback_in_its_plain_form(address: str, loopback: bool) -> None:
    assert is_loopback(address) is loopback
