import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.comparison.quotation_words import read_words
from headwater.comparison.shared_runs import may_share_run, runs_of_words

WORDS = ["the", "Tax", "on", "it’s", "U.S.", "[T]he", "75", "million", "seventy-five", "per cent", "&", "and", "café"]


def keys_of(text: str) -> list[str]:
    return [word.key for word in read_words(text).words]


@pytest.mark.parametrize(
    ("claimed", "official", "may"),
    [
        (
            "ministers said the new tax on sugar would come into force next spring after all the delays",
            "As announced, the new tax on sugar would come into force next spring after all the delays seen so far.",
            True,
        ),
        (
            "ministers said the new tax on sugar would come into force next spring after all the delays",
            "The levy on sweet drinks takes effect in April, once the delays are over.",
            False,
        ),
    ],
)
def test_whether_a_text_may_have_a_run_of_the_words(claimed: str, official: str, may: bool) -> None:
    assert may_share_run(keys_of(claimed), official) is may


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.lists(st.sampled_from(WORDS), max_size=40))
def test_a_text_passed_over_has_no_run(claimed: list[str], official: list[str]) -> None:
    ours, theirs = " ".join(claimed), " ".join(official)
    shared = runs_of_words(ours) & runs_of_words(theirs)
    assert not shared or may_share_run(keys_of(ours), theirs)
