# Equal figures that belong to something else in the source, and those that do not.
import pytest

from headwater.comparison.belonging import find_rival, is_base
from headwater.comparison.contexts import read_contexts
from headwater.comparison.pairing import rank_candidates
from unit.comparison.reading import read


def rival(claim: str, official: str) -> str | None:
    (claimed,) = read_contexts(read(claim))
    ranked = rank_candidates(claimed, [(0, context) for context in read_contexts(read(official))])
    equal = next(candidate for candidate in ranked if candidate.official.figure.value == claimed.figure.value)
    found = find_rival(claimed, equal, ranked)
    return found.official.figure.surface if found else None


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        ("Among men 9% smoke.", "Smoking prevalence was 14% among men and 9% among women.", "14%"),
        ("Shipping rose by 6.2%.", "Aviation rose 6.2%, while shipping declined by 1.9%.", "1.9%"),
        (
            "The wait averaged 18.5 weeks.",
            "The wait averaged 13.8 weeks, compared with 18.5 weeks in 2021.",
            "13.8 weeks",
        ),
        ("The fund gave 36 villages money.", "The fund gave 36 libraries and 15 villages money.", "15"),
        ("Among women 9% smoke.", "Smoking prevalence was 14% among men and 9% among women.", None),
        ("It had been 18.5 weeks before.", "The wait averaged 13.8 weeks, compared with 18.5 weeks in 2021.", None),
        ("The bill is £38m.", "Works have cost the Authority £38m to date.", None),
        ("In all 920 are pensioners.", "There are 1,840 participants, of whom 920 are pensioners.", None),
    ],
)
def test_rival(claim: str, official: str, expected: str | None) -> None:
    assert rival(claim, official) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell from 18 weeks.", True),
        ("It was more, exceeding the previous record of 38.7°C.", True),
        ("It was 13.8 weeks.", False),
    ],
)
def test_is_base(text: str, expected: bool) -> None:
    assert is_base(read_contexts(read(text))[-1]) is expected
