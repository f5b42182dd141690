# What reporters work out for themselves: borne out by the source, or left open.
import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.figures import compare_figures
from headwater.comparison.reckoning import may_be_reckoned
from unit.comparison.reading import read


def kind(claim: str, official: str, surface: str) -> str:
    passages = [read(text, None, place) for place, text in enumerate(official.split(" || "))]
    (finding,) = (f for f in compare_figures(read(claim), passages) if f.claimed.surface == surface)
    return finding.kind


@pytest.mark.parametrize(
    ("claim", "official", "surface"),
    [
        ("Half of those on it are old.", "There are 1,840 participants, of whom 920 are pensioners.", "Half"),
        ("A third of them cover Leeds.", "There are 6 sets of rules, 2 covering Leeds.", "A third"),
        (
            "It took 9,820 calls, a third of them at night.",
            "It took 9,820 calls. At night it took 3,270 calls.",
            "a third",
        ),
        ("All told, 61,000 were reached.", "Some 34,000 had one vaccine and 27,000 the other.", "61,000"),
        (
            "It buys $105bn: $70bn of bonds and $35bn of mortgages.",
            "It buys $70 billion of bonds and $35 billion of mortgages.",
            "$105bn",
        ),
        ("One in 100 has never tried.", "Almost all of them, 99%, had tried.", "One in 100"),
        ("Pay will rise by just over 10%.", "Pay will increase from $198.30 to $218.40.", "10%"),
    ],
)
def test_borne_out(claim: str, official: str, surface: str) -> None:
    assert kind(claim, official, surface) == "derived_and_right"


@pytest.mark.parametrize(
    ("claim", "official", "surface"),
    [
        ("Up by five on last season.", "Observers saw 18 whales. Last season they saw 21 whales.", "five"),
        (
            "It took 9,820 calls, two-thirds of them at night.",
            "It took 9,820 calls since its launch; 3,270 of these came late.",
            "two-thirds",
        ),
        ("It fell by 62%.", "It fell by 29% in homes and by 11% elsewhere.", "62%"),  # no share of shares
    ],
)
def test_not_borne_out(claim: str, official: str, surface: str) -> None:
    assert kind(claim, official, surface) not in {"derived_and_right", "may_be_worked_out"}


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The remaining four are smaller.", True),
        ("Nearly half of them stayed away.", True),
        ("They joined 11 other states.", True),
        ("For every £1 put in, it earned more.", True),
        ("They joined 20 other countries.", False),
        ("In all 31,000 people crossed.", False),
    ],
)
def test_may_be_reckoned(claim: str, expected: bool) -> None:
    assert may_be_reckoned(read_contexts(read(claim))[0]) is expected
