# What binds an official figure to a claimed one, read from text.
import pytest

from headwater.comparison.binding import Binding, Counted, bind
from headwater.comparison.contexts import read_contexts
from unit.comparison.reading import read


def bound(claim: str, official: str) -> Binding | None:
    (mine,), (theirs,) = read_contexts(read(claim)), read_contexts(read(official))
    return bind(mine, theirs)


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        ("9,400 migrants were returned.", "9,400 migrants were returned.", Counted.SAME),
        ("9,400 people were returned.", "9,400 migrants were returned.", Counted.WIDER),
        ("9,400 migrants crossed.", "9,400 people crossed.", Counted.NARROWER),
        ("9,400 farms were flooded.", "9,400 churches were flooded.", Counted.OTHER),
        ("There were 9,400 fatalities.", "There were 9,400 deaths.", Counted.SAME),
        ("9,400 were flooded.", "9,400 churches were flooded.", Counted.OPEN),
    ],
)
def test_counted_nouns(claim: str, official: str, expected: Counted) -> None:
    binding = bound(claim, official)
    assert binding is not None
    assert binding.counted is expected


@pytest.mark.parametrize(
    ("claim", "official", "period", "apart"),
    [
        ("Sales were £4m in May 2024.", "Sales were £4m in May 2024.", True, False),
        ("Sales were £4m in May 2024.", "Sales were £4m in April 2024.", False, True),
        ("Sales were £4m in May 2024.", "Sales were £4m in 2024.", False, False),
        ("Sales were £4m in May 2024.", "Sales were £4m.", None, False),
        ("Sales were £4m in 2024.", "Sales were £4m on 3 May 2024.", None, False),
        ("Sales were £4m since 2011.", "Sales were £4m since 2015.", False, False),
    ],
)
def test_periods(claim: str, official: str, period: bool | None, apart: bool) -> None:
    binding = bound(claim, official)
    assert binding is not None
    assert binding.period is period
    assert binding.apart is apart or period is False


def test_kinds_that_cannot_speak_of_one_thing_are_not_bound() -> None:
    assert bound("The fund is worth £4m.", "The fund employs 400 people.") is None


def test_more_shared_words_bind_more_firmly() -> None:
    claim = "Enforced returns of offenders rose by 19%."
    near = bound(claim, "Enforced returns of offenders increased by 21%.")
    far = bound(claim, "Rail fares increased by 19%.")
    assert near is not None
    assert far is not None
    assert near.strength > far.strength
    assert (near.coverage, far.coverage) == (1.0, 0.0)


def test_a_sentence_without_content_is_bound_by_all_its_words() -> None:
    binding = bound("That is a further decrease of 5 since then.", "That is a further decrease of 9 since then.")
    assert binding is not None
    assert binding.coverage == 1.0
