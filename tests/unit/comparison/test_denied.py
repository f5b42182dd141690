import pytest

from headwater.comparison.denied import deny_in_other_words, vote_otherwise
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText

DENIED = [
    (
        "A toll on the bridge is being considered by the harbour board.",
        "The board has no plans for a toll on the harbour bridge.",
    ),
    (
        "Farmers must register their ponds with the county.",
        "Farmers are under no obligation to register ponds with the county.",
    ),
    ("Tests have shown that the paint harms bats.", "There is no evidence that the paint does harm to bats."),
    ("The site of the new clinic has been chosen.", "No decision has yet been taken on the site of the new clinic."),
    ("Pitch sizes at the market are capped.", "There is no limit on pitch sizes at the market."),
    ("Bus timetables in Leith will change.", "There will be no changes to bus timetables in Leith."),
    ("Shops need not display the allergen label.", "Shops are required to display the allergen label."),
    ("Readers cannot look up single harbours.", "Readers can also find single harbours by their name."),
    ("Boats can land at the north pier.", "Boats are not allowed to land at the north pier."),
    ("There are no plans to sell the town hall.", "The council intends to sell the town hall next spring."),
]
SILENT = [
    ("The harbour board said it had not ruled out a toll.", "The board has no plans for a toll on the harbour bridge."),
    ("Readers cannot look up single harbours.", "Readers can also find ferries by their name."),
    ("Boats cannot land at the north pier.", "Boats can land at the south pier if the tide is high."),
    ("Farmers must register cattle.", "Farmers are under no obligation to register ponds with the county."),
    ("A review of the paint is planned.", "There is no evidence that the paint does harm to bats."),
    ("Farmers may register their ponds with the county.", "Farmers are under no obligation to register ponds."),
    ("Bus fares in Leith will change.", "There will be no changes to bus timetables."),
    ("The council intends to sell the town hall.", "The council has no plans to sell the library."),
    (
        "Nobody has to register ponds with the county.",
        "Farmers are under no obligation to register ponds with the county.",
    ),
    ("The scheme is voluntary for shops.", "There is no requirement for shops to join the scheme."),
]


def read(text):
    return Annotated(MappedText.identity(text), Facts())


@pytest.mark.parametrize(("claimed", "official"), DENIED)
def test_what_one_side_has_and_the_other_denies_is_found(claimed, official):
    assert list(deny_in_other_words(read(claimed), [read(official)]))


@pytest.mark.parametrize(("claimed", "official"), SILENT)
def test_denials_of_other_things_are_left_alone(claimed, official):
    assert not list(deny_in_other_words(read(claimed), [read(official)]))


@pytest.mark.parametrize(
    ("claimed", "official", "found"),
    [
        ("The vote was unanimous.", "Voting against the action was Ann Lee.", True),
        ("The board agreed unanimously.", "Two members dissented.", True),
        ("One member dissented.", "The committee voted unanimously.", True),
        ("The vote was unanimous.", "Voting for the action were Ann Lee and Bo Chen.", False),
        ("The vote was not unanimous.", "Voting against the action was Ann Lee.", False),
        ("The vote was unanimous.", "The first vote was unanimous. In the second, one member dissented.", False),
    ],
)
def test_unanimous_votes(claimed, official, found):
    assert bool(list(vote_otherwise(read(claimed), [read(official)]))) is found
