"""A process that has ended is known by its name, where it ran on this machine."""

import subprocess
import sys

import pytest

from headwater.api import holders
from headwater.api.holders import is_gone, make_holder

NAMED = "from headwater.api.holders import make_holder; print(make_holder(), flush=True); input()"


def test_a_process_is_gone_when_it_has_ended_and_not_before() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {NAMED}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        if name.count(":") != 3:
            pytest.skip("this system does not tell")
        assert not is_gone(name)
        other.kill()
        other.wait()
        assert is_gone(name)


def test_of_a_process_elsewhere_nothing_is_known() -> None:
    mine = make_holder()
    assert not is_gone(mine)
    assert mine != make_holder()
    assert not any(
        map(is_gone, ("", "0123456789abcdef", "elsewhere:1:2:3", ":1:2:3", f"{mine.partition(':')[0]}:x:1:2"))
    )


def test_a_number_given_to_a_later_process_does_not_deceive() -> None:
    place, number, begun, chance = (make_holder().split(":") + [""] * 3)[:4]
    if begun:
        assert is_gone(f"{place}:{number}:{int(begun) - 1}:{chance}")


def test_a_system_that_does_not_tell_leaves_chance_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "_place", lambda: "")
    assert ":" not in make_holder()
