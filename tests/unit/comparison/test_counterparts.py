# A figure that the document has nowhere, against the figure in whose place it stands, or against others that are there.
import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.counterparts import find_counterpart, find_rarity, read_standings
from headwater.comparison.figures import compare_figures
from headwater.comparison.whole_document import ask_whole_document, read_whole
from headwater.domain.findings import Finding
from unit.comparison.reading import read

# The claim, the document's passages in the order that the search found them, and the official figure that is meant.
IN_THE_PLACE = [
    (
        "Upward of 45 clinics for miners have opened in the valley so far.",
        ["We have opened more than 30 new clinics for miners in the valley to date.", "The valley has 12 schools."],
        "30",
    ),
    (
        "The council has found a further £160m for the ring road.",
        ["We have been able to provide an additional £130 million for the ring road.", "A bus lane cost £4 million."],
        "£130 million",
    ),
    (
        "Thirty-one stations were shut, and the harbour depot will employ 420.",
        ["The harbour depot will employ 380 people.", "In the east 31 stations were closed."],
        "380",
    ),
    (
        "London, at 18 cases per day, was near the bottom, and Leeds had 66.",
        ["Leeds reported 66 cases per day and London 28 cases per day."],
        "28 cases per day",
    ),
    (
        "Police logged 48,112 thefts of bicycles in the county.",
        ["Recorded thefts of bicycles in the county climbed from 33,142 to 45,112.", "The force has 900 officers."],
        "45,112",
    ),
    (
        "The centre is to take in as many as 4,000 homeless sailors.",
        ["The centre will house up to 6,000 homeless sailors.", "It has 14 floors."],
        "6,000",
    ),
    (
        "Some 853,000 letters about the closure reached the ministry.",
        ["The ministry received 835,000 letters on the closure.", "Eleven offices are to close."],
        "835,000",
    ),
]
# The figure comes from elsewhere, or from sums: nothing in the document is in its place.
FROM_ELSEWHERE = [
    ("The town has some 45,000 inhabitants.", ["The library lent 61,000 books last year.", "It opened in 1931."]),
    ("A ticket for the ferry costs £14.", ["The ferry is 88 metres long.", "Its owner paid £31 million for it."]),
    ("Unemployment in the region stands at 7 per cent.", ["Visitors to the region rose by 12 per cent."]),
    ("The strike cost firms an estimated £12m a day.", ["The union has put aside £3 million for members on strike."]),
    ("Hundreds of farmers came to the meeting.", ["The meeting heard that 1,200 farms had been sold."]),
    ("The bridge carries 9,000 lorries a week.", ["The bridge was closed to 40 buses.", "It has 6 spans."]),
    ("The charity fed 300 families at Easter.", ["Its volunteers drove 2,150 miles.", "It has 18 vans."]),
]


def compared(claim: str, passages: list[str]) -> tuple[Finding, ...]:
    official = [read(text, passage=place + 1) for place, text in enumerate(passages)]
    findings = compare_figures(read(claim), official)
    return ask_whole_document(read(claim), findings, read_whole(official), found=range(1, len(official) + 1))


@pytest.mark.parametrize(("claim", "passages", "meant"), IN_THE_PLACE)
def test_a_figure_in_anothers_place_contradicts(claim: str, passages: list[str], meant: str) -> None:
    wrong = [f for f in compared(claim, passages) if f.effect.value == "contradicts"]
    assert [f.official.surface for f in wrong if f.official] == [meant]


@pytest.mark.parametrize(("claim", "passages"), FROM_ELSEWHERE)
def test_a_figure_from_elsewhere_does_not(claim: str, passages: list[str]) -> None:
    assert not [f.rule for f in compared(claim, passages) if f.effect.value == "contradicts"]


def test_a_figure_that_another_of_the_claim_agrees_with_is_left_out() -> None:
    contexts = read_contexts(read("There were 40 boats and 60 canoes on the lake."))
    standings = read_standings([(0, one) for one in contexts], contexts[:1], {0: 0})
    assert [one.context.figure.value for one in standings] == [60]
    assert standings[0].beside
    assert standings[0].siblings == 1
    assert standings[0].free == 0


def test_rarity_is_one_for_the_words_of_a_single_sentence() -> None:
    contexts = read_contexts(read("The lake has 40 boats. The harbour has 60 boats."))
    rarity = find_rarity(contexts)
    assert rarity["lake"] > rarity["boat"]


def test_without_official_figures_there_is_no_counterpart() -> None:
    claimed = read_contexts(read("There were 40 boats on the lake."))[0]
    assert find_counterpart(claimed, [], {}) is None
