"""Whose words the official report says they are: "The Secretary of State for Transport (Heidi Alexander)"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

BRACKETS = re.compile(r"\(([^()]{1,120})\)|\[([^\[\]]{1,40})\]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, by the official report.

    Args:
        name: Of the person ("Wes Streeting", "Mrs Badenoch", "The Earl of Courtown"), or "" for an office alone.
        office: That is held ("The Prime Minister"), or "".
        constituency: That is represented, or "".
        party: As abbreviated, or "".
    """

    name: str = ""
    office: str = ""
    constituency: str = ""
    party: str = ""

    @property
    def speaker(self) -> str:
        """Who speaks, as records name speakers: the office, and in brackets the name; or the one that is known."""
        return f"{self.office} ({self.name})" if self.office and self.name else self.office or self.name


@cache
def parliament_words() -> dict[str, Any]:
    """Return the words that readers of Parliament's interfaces know by heart."""
    return tomllib.loads(Path(__file__).with_name("parliament.toml").read_text(encoding="utf-8"))


def read_attribution(written: str) -> Attribution:
    """Return who speaks, by the words that the official report sets before a contribution.

    Args:
        written: Such as "Name (Constituency) (Lab/Co-op)", "Madam Deputy Speaker (Ms Nusrat Ghani)", "Mrs Badenoch".

    >>> read_attribution("The Prime Minister (Keir Starmer)").speaker
    'The Prime Minister (Keir Starmer)'
    >>> read_attribution("Jim Shannon (Strangford) (DUP)").speaker
    'Jim Shannon'
    """
    words = parliament_words()
    base = " ".join(BRACKETS.sub(" ", written).split()).strip(" :,")
    asides = [" ".join((round_ or square).split()) for round_, square in BRACKETS.findall(written)]
    party = next((aside for aside in asides if aside in words["parties"]), "")
    named = [aside for aside in asides if aside not in words["parties"] and aside not in words["chairs"]]
    if _is_office(base):
        return Attribution(named[0] if named else "", base, "", party)
    return Attribution(base, "", named[0] if named else "", party)


def is_collective(written: str) -> bool:
    """Say whether an attribution names nobody in particular: "Several hon. Members"."""
    return " ".join(written.split()).strip(" :").casefold() in parliament_words()["collectives"]


def _is_office(base: str) -> bool:
    words = parliament_words()
    if base in words["offices"]:
        return True
    after = base.removeprefix("The ")
    return after != base and not after.startswith(tuple(f"{peerage} " for peerage in words["peerages"]))
