import pytest

from headwater.comparison.nothing_of import lack_what_is_there
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText

# claimed, official: the claim says there is none of what the source has
LACKING = [
    ("The ferry carries no risks for swimmers.", "The benefits of the ferry far outweigh the risks to swimmers."),
    ("The regulator said the drug has no side effects.", "The drug has side effects that the regulator calls mild."),
    ("The bridge was built without a subsidy.", "The bridge was built with a subsidy of a third of its cost."),
    ("Tenants pay no deposit on the new flats.", "Tenants of the new flats pay a deposit of two weeks' rent."),
    ("Islanders had no vote on the harbour.", "Islanders had a vote on the harbour in May."),
    ("None of the quintet's original members is left.", "The quintet still plays with its original members."),
]
SILENT = [
    ("The ferry carries no risks for swimmers.", "The ferry is free of risks to swimmers."),
    ("The ferry carries no risks for swimmers.", "Swimmers face no risks from the ferry."),
    ("Tenants pay no deposit on the new flats.", "The deposit on the new flats has been abolished."),
    ("Tenants pay no deposit on the new flats.", "Owners of boats pay a deposit in the harbour."),
    ("The clerk gave no further details.", "The details of the plan are on the website of the clerk."),
    ("No doubt the harbour will reopen.", "The harbour will reopen; doubt remains about the pier."),
    ("Islanders had no vote on the harbour.", "Few votes were cast by islanders on the harbour."),
]


def read(text):
    return Annotated(MappedText.identity(text), Facts())


@pytest.mark.parametrize(("claimed", "official"), LACKING)
def test_none_faces_some(claimed, official):
    assert list(lack_what_is_there(read(claimed), [read(official)]))


@pytest.mark.parametrize(("claimed", "official"), SILENT)
def test_what_the_source_lacks_too_or_has_elsewhere_is_left_alone(claimed, official):
    assert not list(lack_what_is_there(read(claimed), [read(official)]))
