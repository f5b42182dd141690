from datetime import UTC, datetime

import pytest

from corpus_factories import make_record
from headwater.corpus.versions import Outcome, StoredVersion, days_of, moment_of, place_record


def day(number: int) -> datetime:
    return datetime(2024, 5, number, tzinfo=UTC)


NOW = datetime(2026, 1, 1, tzinfo=UTC)
STORED = [StoredVersion(1, "a", day(1), dated=True), StoredVersion(2, "b", day(3), dated=True)]


@pytest.mark.parametrize(
    ("sha256", "moment", "outcome", "row", "rank"),
    [
        ("a", day(1), Outcome.UNCHANGED, 1, 0),
        ("b", day(3), Outcome.UNCHANGED, 2, 0),
        ("c", day(4), Outcome.NEW_VERSION, None, 2),
        ("c", day(2), Outcome.NEW_VERSION, None, 1),  # an older version that arrives late
        ("c", day(3), Outcome.NEW_VERSION, None, 2),  # two versions of one moment: in order of arrival
        ("a", day(5), Outcome.NEW_VERSION, None, 2),  # words that return after others
        ("b", day(5), Outcome.REFRESHED, 2, 0),
        ("a", day(2), Outcome.REFRESHED, 1, 0),
        ("b", day(2), Outcome.UNCHANGED, 2, 0),
        ("a", None, Outcome.UNCHANGED, 1, 0),
        ("c", None, Outcome.NEW_VERSION, None, 2),
    ],
)
def test_placing(sha256: str, moment: datetime | None, outcome: Outcome, row: int | None, rank: int) -> None:
    placed = place_record(sha256, moment, NOW, STORED)
    assert (placed.outcome, placed.row, placed.rank) == (outcome, row, rank)


def test_the_first_record_is_added() -> None:
    assert place_record("a", None, NOW, []).outcome is Outcome.ADDED


def test_a_time_without_an_offset_is_read_as_utc() -> None:
    naive = make_record(updated=datetime(2024, 5, 1, 12))
    assert moment_of(naive) == datetime(2024, 5, 1, 12, tzinfo=UTC)


def test_days_of_the_first_version_reach_back_to_the_first_publication() -> None:
    record = make_record(first_published=day(1), updated=day(9))
    assert days_of(record, is_first=True) == ("2024-05-01", "2024-05-09")
    assert days_of(record, is_first=False) == ("2024-05-09", "2024-05-09")
    assert days_of(make_record(first_published=None, updated=None), is_first=True) == (None, None)
