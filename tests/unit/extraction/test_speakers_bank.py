# Speakers of real and composed quotations, labelled before they were read: the tuned half and first sight apart.
import json
from pathlib import Path

import pytest

from headwater.extraction.attribution import resolve_speakers
from headwater.extraction.quotations import extract_quotations

FOLDER = Path(__file__).parents[3] / "fixtures" / "speakers"
OFFICIAL = [json.loads(line) for line in (FOLDER / "official.jsonl").read_text("utf-8").splitlines()]
NEWSROOM = [json.loads(line) for line in (FOLDER / "newsroom.jsonl").read_text("utf-8").splitlines()]


def bare(name: str) -> str:
    return name.strip().lower().replace("’", "'").removeprefix("the ")


def is_right(said: str, accepted: list[str]) -> bool:
    return bare(said) in map(bare, accepted)


def speaker_of(row: dict) -> str | None:
    quotations = resolve_speakers(row["text"], extract_quotations(row["text"]))
    begun = [
        q for q in quotations if q.surface.startswith(row["quote"][:40]) or row["quote"].startswith(q.surface[:60])
    ]
    return begun[min(row.get("nth", 0), len(begun) - 1)].speaker if begun else None


def official_right(row: dict) -> bool:
    said = speaker_of(row)
    return said is not None and is_right(said, row["speaker"])


def persons(half: str) -> list[bool]:
    """Whether each named speaker of a half is the right one, with more or less of the office."""
    official = [is_same(speaker_of(row) or "", row["speaker"]) for row in OFFICIAL if _is_named(row, half)]
    newsroom = [
        is_same(q.speaker, accepted)
        for row in NEWSROOM
        if row["half"] == half
        for q, accepted in zip(
            resolve_speakers(row["text"], extract_quotations(row["text"])), row["speakers"], strict=True
        )
    ]
    return official + newsroom


def _is_named(row: dict, half: str) -> bool:
    return row["half"] == half and "" not in row["speaker"]


def newsroom_right(row: dict) -> list[bool]:
    quotations = resolve_speakers(row["text"], extract_quotations(row["text"]))
    assert len(quotations) == len(row["speakers"])
    return [is_right(q.speaker, accepted) for q, accepted in zip(quotations, row["speakers"], strict=True)]


def is_same(said: str, accepted: list[str]) -> bool:
    """Say whether the right person is named, with more or less of the office: "Mei Tan, planning officer"."""
    ours = bare(said)
    return is_right(said, accepted) or any(
        ours and name and (ours in bare(name) or bare(name) in ours) for name in accepted
    )


def share(results: list[bool]) -> float:
    return sum(results) / len(results)


# What was reached when last measured; first sight is reported, never tuned on.
@pytest.mark.parametrize(("half", "named", "unnamed"), [("tuned", 0.84, 0.78), ("first sight", 0.69, 0.82)])
def test_official_documents(half: str, named: float, unnamed: float) -> None:
    rows = [row for row in OFFICIAL if row["half"] == half]
    assert share([official_right(row) for row in rows if "" not in row["speaker"]]) >= named
    assert share([official_right(row) for row in rows if "" in row["speaker"]]) >= unnamed


@pytest.mark.parametrize(("half", "floor"), [("tuned", 0.94), ("first sight", 0.85)])
def test_newsrooms(half: str, floor: float) -> None:
    assert share([right for row in NEWSROOM if row["half"] == half for right in newsroom_right(row)]) >= floor


@pytest.mark.parametrize(("half", "floor"), [("tuned", 0.93), ("first sight", 0.86)])
def test_the_right_person_is_named(half: str, floor: float) -> None:
    assert share(persons(half)) >= floor


def test_the_bank_is_large_enough() -> None:
    assert len(OFFICIAL) + sum(len(row["speakers"]) for row in NEWSROOM) >= 230
