# A figure copied from the wrong line: the value of one sentence, and the words of another.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

BOATS = [
    "Inspectors boarded 412 trawlers in harbour during the winter season.",
    "A further 286 yachts were registered at the two lakes.",
    "The ferry company sold 951 season tickets to islanders.",
]
FARMS = [
    "Grants of $6.7 million were paid to dairy farmers on the western plain.",
    "Orchard owners near the coast were given $18.1 million for new fences.",
    "The board spent $2.9 million on leaflets.",
]
SHARES = [
    "In the central valleys 26.2% of households had nobody in a job.",
    "Ferry passengers from the islands made up 11.3% of visitors to the museum.",
]
MISCOPIED = [
    ("Inspectors went on board 286 trawlers over the winter season.", BOATS, "412"),
    ("Dairy farmers on the western plain got grants of $18.1 million.", FARMS, "$6.7 million"),
    ("Owners of orchards near the coast have $2.9 million for new fences.", FARMS, "$18.1 million"),
    ("Nobody had a job in 11.3% of households in the central valleys.", SHARES, "26.2%"),
]
RIGHT = [
    ("Inspectors went on board 412 trawlers over the winter season.", BOATS),
    ("Islanders bought 951 season tickets from the ferry company.", BOATS),
    ("Dairy farmers on the western plain got grants of $6.7 million, orchards near the coast $18.1 million.", FARMS),
    ("Nobody had a job in 26.2% of households in the central valleys.", SHARES),
    ("Some 951 islanders will go by sea all year.", BOATS),
    ("Leaflets took up $2.9 million.", FARMS),
    ("Trawlers boarded in winter numbered 412, rather than 286.", BOATS),
]


def loud(claim: str, passages: list[str]) -> list[str]:
    official = [read(text, passage=place + 1) for place, text in enumerate(passages)]
    ranked = sorted(official, key=lambda one: -len(set(one.text.lower().split()) & set(claim.lower().split())))
    found = compare_figures(read(claim), ranked)
    return [f.official.surface if f.official else "" for f in found if f.severity.value in {"medium", "high"}]


@pytest.mark.parametrize(("claim", "passages", "meant"), MISCOPIED)
def test_the_figure_that_the_words_belong_to_is_named(claim: str, passages: list[str], meant: str) -> None:
    assert loud(claim, passages) == [meant]


@pytest.mark.parametrize(("claim", "passages"), RIGHT)
def test_a_figure_in_its_own_words_is_left_alone(claim: str, passages: list[str]) -> None:
    assert not loud(claim, passages)


def test_a_bare_bound_that_shares_no_word_agrees_with_nothing() -> None:
    claim = read("Jabs are being given at more than 1,400 places.")
    found = compare_figures(claim, [read("Wards were fullest in April, at around 1,500.", passage=1)])
    assert [f.rule for f in found] == ["FIG-NOT-STATED"]
