import itertools
from datetime import UTC, date, datetime

import pytest

from headwater.domain.errors import InvalidInputError
from headwater.sources.publishers.contract import SourceEntry
from headwater.sources.publishers.moments import find_brussels, find_day, find_london, find_moment
from headwater.sources.publishers.windows import Place, day_windows, find_place, first_day


@pytest.mark.parametrize(
    ("stated", "london"),
    [
        ("2024-06-12T23:01:00Z", "2024-06-13T00:01:00+01:00"),  # an embargo until 00:01 in London
        ("2024-11-06T10:30:00+00:00", "2024-11-06T10:30:00+00:00"),
        ("2024-03-31T00:59:59Z", "2024-03-31T00:59:59+00:00"),
        ("2024-03-31T01:00:00Z", "2024-03-31T02:00:00+01:00"),
        ("2024-10-27T00:59:59Z", "2024-10-27T01:59:59+01:00"),
        ("2024-10-27T01:00:00Z", "2024-10-27T01:00:00+00:00"),
        ("2026-03-29T01:00:00Z", "2026-03-29T02:00:00+01:00"),
        ("Wed, 06 Nov 2024 10:30:00 GMT", "2024-11-06T10:30:00+00:00"),
        ("2015-06-16T00:00:00.000Z", "2015-06-16T01:00:00+01:00"),
    ],
)
def test_times_as_clocks_in_london_show_them(stated: str, london: str) -> None:
    found = find_london(stated)
    assert found is not None
    assert found.isoformat() == london


@pytest.mark.parametrize(
    ("stated", "brussels"),
    [
        ("2022-10-19T13:14:00", "2022-10-19T13:14:00+02:00"),
        ("2022-11-19T13:14", "2022-11-19T13:14:00+01:00"),
        ("2024-03-31T01:59", "2024-03-31T01:59:00+01:00"),
        ("2024-03-31T03:00", "2024-03-31T03:00:00+02:00"),
        ("2022-10-19", "2022-10-19T00:00:00+02:00"),  # a day begins there when it does
        ("2022-10-19T13:14:00Z", "2022-10-19T13:14:00+00:00"),  # an offset counts
        ("Wed, 06 Nov 2024 10:30:00 GMT", "2024-11-06T10:30:00+00:00"),
    ],
)
def test_times_without_an_offset_by_the_clocks_of_brussels(stated: str, brussels: str) -> None:
    found = find_brussels(stated)
    assert found is not None
    assert found.isoformat() == brussels


@pytest.mark.parametrize(
    "stated", [None, 3, "", "soon", "2024", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59Z", []]
)
def test_what_is_no_time(stated: object) -> None:
    assert find_moment(stated) is None
    assert find_day(stated) is None
    assert find_brussels(stated) is None


def test_days_without_a_time_that_means_anything() -> None:
    assert find_day("2024-01-11T14:00:00") == datetime(2024, 1, 11, tzinfo=UTC)
    day = find_day("2024-07-11T00:00:00")
    assert day is not None
    assert day.date() == date(2024, 7, 11)


def test_places_survive_being_written() -> None:
    for place in (Place(date(2024, 11, 6)), Place(date(2024, 11, 6), "answered", 300)):
        assert find_place(str(place)) == place
    assert find_place("") is None
    assert find_place("2024-11-06") is None


def test_windows_hold_every_day_once() -> None:
    windows = list(day_windows(date(2024, 2, 25), date(2024, 3, 9), 5))
    assert windows[0] == (date(2024, 2, 25), date(2024, 2, 29))
    assert windows[-1] == (date(2024, 3, 6), date(2024, 3, 9))
    assert all((after[0] - before[1]).days == 1 for before, after in itertools.pairwise(windows))


def test_where_a_listing_begins() -> None:
    entry, today = SourceEntry("x", "X", "hansard", {"from": "2024-01-01"}), date(2024, 3, 1)
    assert first_day(datetime(2024, 2, 1, 23, tzinfo=UTC), entry, today, default_days=5) == date(2024, 2, 1)
    assert first_day(None, entry, today, default_days=5) == date(2024, 1, 1)
    assert first_day(None, SourceEntry("x", "X", "hansard"), today, default_days=5) == date(2024, 2, 25)
    with pytest.raises(InvalidInputError):
        first_day(None, SourceEntry("x", "X", "hansard", {"from": "1/1/24"}), today, default_days=5)
