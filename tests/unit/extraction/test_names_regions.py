"""Regions that newsrooms name for countries: each country is known by that name, and lies where it does."""

import pytest

from headwater.extraction.names_tables import lies_within, places, regions


def test_every_country_of_a_region_is_a_place() -> None:
    known = {place.canonical for place in places().values()}
    assert {country for countries in regions().values() for country in countries} <= known


@pytest.mark.parametrize(
    ("place", "region", "expected"),
    [
        ("liberia", "west africa", True),
        ("somalia", "horn of africa", True),
        ("central african republic", "africa", True),
        ("iceland", "nordics", True),
        ("iceland", "scandinavia", False),
        ("bahrain", "gulf", True),
        ("turkey", "europe", True),
        ("turkey", "gulf", False),
        ("georgia", "caucasus", True),
        ("kenya", "west africa", False),
        ("palau", "pacific", True),
        ("france", "benelux", False),
    ],
)
def test_what_lies_where(place: str, region: str, *, expected: bool) -> None:
    assert lies_within(place, region) is expected
