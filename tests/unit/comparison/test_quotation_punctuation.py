# Commas that change how a sentence is read, and commas that do not: whatever the sentence is about.
import pytest

from headwater.comparison.quotation_punctuation import Place, changes_reading

# The comma stands, or stood, where the bar is.
CHANGES = [
    "find out what happens and where | to break their business",
    "she knew how | to win",
    "ask whether | to leave",
    "the bank | which lends to farmers",
    "the ministers | who resigned",
    "a town | whose mill closed",
    "the harbour | where boats sink",
    "they stayed | as prices rose",
    "he has waited | since rates fell",
    "we worked | so they could rest",
    "they did not leave | because of rain",
    "we will not raise tax | and cut spending",
    "no ship sails | or docks here",
    "the gangs | operating in ports",
    "the networks | based in ports",
    "however | you vote",
    "no | taxes will rise",
    "help us | minister to win",
]
SAME = [
    "share information and intelligence | and work across borders",
    "North Macedonia | and Kosovo",
    "they left | because of rain",
    "we act | as well as talk",
    "apples | pears and plums",
    "he said | that it rains",
    "we will not go | and we will not pay",
    "in May | the bridge opens",
    "stopping | arresting and charging them",
    "the plan | including funding",
    "the old | red house",
    "thank you | minister",
    "on Monday | during talks",
]


def place(sentence: str) -> Place:
    before, after = sentence.lower().split(" | ")
    return Place(before.split(), after.split())


@pytest.mark.parametrize("sentence", CHANGES)
def test_a_comma_that_changes_the_reading(sentence: str) -> None:
    assert changes_reading(place(sentence))


@pytest.mark.parametrize("sentence", SAME)
def test_a_comma_that_does_not(sentence: str) -> None:
    assert not changes_reading(place(sentence))
