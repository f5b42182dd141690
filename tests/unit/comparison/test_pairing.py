# Which official figure each claimed one faces: by what they speak of, the value breaking ties alone.
import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.pairing import assign, rank_candidates
from unit.comparison.reading import read


def faced(claim: str, official: str) -> list[str | None]:
    officials = [(0, context) for context in read_contexts(read(official))]
    rankings = [rank_candidates(context, officials) for context in read_contexts(read(claim))]
    return [candidate.official.figure.surface if candidate else None for candidate in assign(rankings)]


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        # by what is counted, though the value is elsewhere
        ("2,590 people were returned.", "9,400 people were returned, with 2,590 officers hired.", ["9,400"]),
        # by the words close by
        ("Leeds gets £9m and York £3m.", "York gets £3m and Leeds £4m.", ["£4m", "£3m"]),
        # by role
        ("Sales rose by 4% to £3m.", "Sales rose to £5m, up by 2%.", ["2%", "£5m"]),
        # by period
        ("Inflation was 3% in May 2024.", "Inflation was 2% in April 2024 and 4% in May 2024.", ["4%"]),
        # order, where the claim repeats the sentence
        ("It rose from 12 to 15 schools.", "It rose from 12 to 15 schools.", ["12", "15"]),
        # the value, between equals
        ("Grants of £3m.", "Grants of £2m. Grants of £3m.", ["£3m"]),
        # nothing of its kind
        ("The fund is worth £3m.", "The fund has 40 staff.", [None]),
    ],
)
def test_faces(claim: str, official: str, expected: list[str | None]) -> None:
    assert faced(claim, official) == expected


def test_no_official_figure_is_given_twice_while_others_are_free() -> None:
    assert faced("12 men and 12 women left.", "12 men and 12 women left.") == ["12", "12"]


def test_a_repeated_figure_shares_its_official_one() -> None:
    assert faced("9,400 left. The 9,400 people left.", "9,400 people left.") == ["9,400", "9,400"]


def test_further_passages_rank_behind() -> None:
    (context,) = read_contexts(read("Rents rose by 4%."))
    (official,) = read_contexts(read("Rents rose by 4%."))
    ranked = rank_candidates(context, [(3, official), (0, official)])
    assert [candidate.passage for candidate in ranked] == [0, 3]
