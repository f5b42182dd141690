"""Which parts of a claim tell why, what for, how and with what result."""

import pytest

from headwater.extraction.facts import extract_facts
from headwater.segmentation.subordinates import leans_on_sentence, subordinate_parts

ADDED = [
    ("The ferry was cancelled because of high winds in the strait.", ["because of high winds in the strait."]),
    ("Owing to a shortage of drivers, the depot closed for a week.", ["Owing to a shortage of drivers"]),
    ("The mill shut in May, following years of losses.", ["following years of losses."]),
    ("Ministers will publish the map in order to reassure investors.", ["in order to reassure investors."]),
    ("The county bought 40 vans to reduce waiting times.", ["to reduce waiting times."]),
    ("The bank raised rates by buying back bonds.", ["by buying back bonds."]),
    ("The dam was drained, leaving farmers without water.", ["leaving farmers without water."]),
    ("The levy was dropped, possibly saving shops millions.", ["possibly saving shops millions."]),
    ("The force will share maps and stop gangs before they land.", ["and stop gangs before they land."]),
    ("while tackling the causes of debt through new rules", ["while tackling the causes of debt"]),
    ("The county bought vans to reduce waiting times via shorter rounds.", ["to reduce waiting times"]),
    (
        "The port was dredged to attract larger ships, making it the deepest on the coast.",
        ["to attract larger ships", "making it the deepest on the coast."],
    ),
]
NONE = [
    "The station is due to open in June.",
    "The agency plans to reduce waiting times.",
    "The bus goes to Leeds on Mondays.",
    "According to the ministry, exports were flat.",
    "The fund pays for housing, training and meeting rooms.",
    "The report covers growth, hiring and inflation.",
    "“We did it to reduce waiting times,” she said.",
    "The note does not say what the reports might cost or bring to the county.",
    "Stop.",
    "",
]


@pytest.mark.parametrize(("text", "expected"), ADDED)
def test_finds_what_is_added(text: str, expected: list[str]) -> None:
    assert [span.slice(text) for span in subordinate_parts(text, extract_facts(text))] == expected


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Trains were late because of a strike by drivers.", "of a strike by drivers."),
        ("Trains were late, given the age of the line.", "the age of the line."),
        ("Trains were late in an effort to save power.", "save power."),
        ("while cutting the number of trains", "cutting the number of trains"),
        ("Trains were stopped to save power at night.", "to save power at night."),
    ],
)
def test_what_a_part_tells_stands_behind_its_cue(text: str, telling: str) -> None:
    assert [span.slice(text) for span in subordinate_parts(text, extract_facts(text)).values()] == [telling]


@pytest.mark.parametrize("text", NONE)
def test_finds_nothing_else(text: str) -> None:
    assert subordinate_parts(text, extract_facts(text)) == {}


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (
            "and is the main reason why beds are short.",
            "The bug, seen first in Hull, is the main reason why beds are short.",
        ),
        (
            "and will be paid for by a levy on hotels.",
            "The tram opens in June and will be paid for by a levy on hotels.",
        ),
        ("which falls due in the spring.", "The council has missed the first payment, which falls due in the spring."),
        ("but exports of timber sagged.", "Shoppers spent freely in the quarter, but exports of timber sagged."),
        (
            "said the pace would depend on rents.",
            "The bank, which left rates alone, said the pace would depend on rents.",
        ),
    ],
)
def test_a_coordinate_part_leans_on_its_sentence(part: str, sentence: str) -> None:
    assert leans_on_sentence(part, sentence)


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("to stop the spread of knotweed.", "Rangers will fence off the meadow to stop the spread of knotweed."),
        ("while calming investors.", "The ministry will publish the map of mines this week while calming investors."),
        ("because of a strike at the depot.", "All four ferries were cancelled because of a strike at the depot."),
        ("leaving farmers without water.", "The dam was drained over the winter, leaving farmers without water."),
        ("by raising the levy on hotels.", "The city will pay for its new trams by raising the levy on hotels."),
        ("with 300 staff to be hired.", "The port will be dredged in the autumn, with 300 staff to be hired."),
        ("Rangers will fence off the meadow.", "Rangers will fence off the meadow."),
        ("Rangers will fence off the meadow", "Rangers will fence off the meadow, officials said."),
    ],
)
def test_what_is_added_and_what_is_whole_leans_on_nothing(part: str, sentence: str) -> None:
    assert not leans_on_sentence(part, sentence)
