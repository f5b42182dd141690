# What an omission swallows, and what a quoted part has lost.
import pytest

from headwater.comparison.official_words import join_passages
from headwater.comparison.quotation_contexts import find_lost_condition, find_lost_negation, find_swallowed
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText

SWALLOWED = [
    ("We do {not, whatever they say,} support it.", "negation"),
    ("We {will never} support it.", "negation"),
    ("We support it {if Parliament agrees} and pay.", "condition"),
    ("We support it {, which is not new in this House or the other,} and pay.", None),
    ("We support it. {We do not pay for it. It is} theirs.", None),
    ("We support {the very large and useful} plan.", None),
]


@pytest.mark.parametrize(("sentence", "loss"), SWALLOWED)
def test_what_an_omission_swallows(sentence: str, loss: str | None) -> None:
    start, end = sentence.index("{"), sentence.index("}") - 1
    text = sentence.replace("{", "").replace("}", "")
    (official,) = join_passages([Annotated(MappedText.identity(text), Facts())])
    inside = [number for number, word in enumerate(official.words) if start <= word.start < end]
    found = find_swallowed(official, inside[0], inside[-1] + 1)
    assert (found.loss.value if found else None) == loss


LOST = [
    ("We will cut tax [cut tax] if growth returns.", "He vowed to “cut tax”.", "condition"),
    ("We will [cut tax] if growth returns.", "If growth returns he will “cut tax”.", None),
    ("We will [cut tax] in May.", "He vowed to “cut tax”.", None),
    ("Unless growth returns, [we cannot pay].", "He said “we cannot pay”.", "condition"),
    ("Subject to the vote of the House, [we pay].", "He said “we pay”.", "condition"),
    ("We will not [cut tax].", "He would “cut tax”.", "negation"),
    ("We will not [cut tax].", "He refused to “cut tax”.", None),
    ("We do not believe that [tax is fair].", "He believes “tax is fair”.", "negation"),
    ("Nobody minds. We [cut tax].", "He will “cut tax”.", None),
]


@pytest.mark.parametrize(("sentence", "around", "loss"), LOST)
def test_what_a_quoted_part_has_lost(sentence: str, around: str, loss: str | None) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    (official,) = join_passages([Annotated(MappedText.identity(text), Facts())])
    inside = [number for number, word in enumerate(official.words) if start <= word.start < end]
    around = around.split("“", maxsplit=1)[0] + around.split("”")[1]
    found = find_lost_negation(official, inside[0], around) or find_lost_condition(
        official, inside[0], inside[-1] + 1, around
    )
    assert (found.loss.value if found else None) == loss
