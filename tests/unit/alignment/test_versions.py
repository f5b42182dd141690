"""Which version of a document was in force on a day, and what faces a passage in another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from headwater.alignment.versions import OtherVersions, find_counterpart, find_in_force
from headwater.corpus.given import given_passages
from headwater.domain.documents import Document, Passage

TEXTS = {
    1: "The ferry fund is worth £75 million.\n\nIt pays for nine quays in the north.",
    2: "The ferry fund is worth £85 million.\n\nIt pays for nine quays in the north.",
    3: "The ferry fund is worth £95 million.\n\nNothing else is said of it any more.",
}
DAYS = {
    1: datetime(2024, 11, 7, tzinfo=UTC),
    2: datetime(2024, 11, 9, tzinfo=UTC),
    3: datetime(2024, 12, 1, tzinfo=UTC),
}


def passages_of(_identifier: str, version: int) -> tuple[Passage, ...]:
    passages = given_passages(TEXTS[version])
    document = replace(
        passages[0].document, version=version, is_latest=version == 3, first_published=DAYS[1], updated=DAYS[version]
    )
    return tuple(replace(passage, id=10 * version + passage.ordinal, document=document) for passage in passages)


def versions_of(_identifier: str) -> tuple[Document, ...]:
    return tuple(passages_of("given", version)[0].document for version in TEXTS)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (None, 3),
        (date(2024, 11, 1), 1),  # before all of them
        (date(2024, 11, 7), 1),
        (date(2024, 11, 8), 1),
        (date(2024, 11, 9), 2),
        (date(2025, 1, 1), 3),
    ],
)
def test_the_version_in_force(day: date | None, version: int) -> None:
    assert find_in_force(versions_of("given"), day) == version


@pytest.mark.parametrize(
    ("version", "day", "facing"),
    [
        (1, None, [3]),  # the latest
        (1, date(2024, 11, 8), [3]),
        (1, date(2024, 11, 10), [2, 3]),  # what was said on the day, and the latest
        (3, None, [2]),  # the one before
        (2, date(2024, 11, 10), [3]),
    ],
)
def test_what_faces_a_figure_in_other_versions(version: int, day: date | None, facing: list[int]) -> None:
    found = OtherVersions(versions_of, passages_of).facing(passages_of("given", version)[0], day)
    assert [passage.document.version for passage in found] == facing
    assert all("ferry fund" in passage.text for passage in found)


def test_the_same_words_and_words_without_a_likeness_face_nothing() -> None:
    quays = passages_of("given", 1)[1]
    assert find_counterpart(quays, passages_of("given", 2)) is None
    assert find_counterpart(quays, passages_of("given", 3)) is None
    assert find_counterpart(quays, ()) is None


def test_a_document_of_one_version_is_never_looked_up() -> None:
    def refuse(*_: object) -> tuple[Document, ...]:
        raise AssertionError("looked up")

    [passage, _] = given_passages(TEXTS[1])
    versions = OtherVersions(refuse, refuse)  # type: ignore[arg-type]
    assert versions.facing(passage, None) == ()
    assert versions.is_in_force(passage.document, None)
