import pytest

from headwater.comparison.opposed import oppose
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText
from headwater.extraction.dates import extract_dates
from headwater.extraction.quotations import extract_quotations

# claimed, official: opposite things said of one thing, in other words
OPPOSED = [
    ("Ferry fares have driven up costs for islanders.", "The new fares have reduced costs for islanders and visitors."),
    (
        "The harbour works ended three weeks later than planned.",
        "The harbour works ended three weeks earlier than planned.",
    ),
    (
        "More than 900 jobs were lost at the shipyard in Gdynia.",
        "The shipyard in Gdynia has created more than 900 jobs.",
    ),
    ("House building was robust in the north.", "In the north, house building has been soft since spring."),
    ("The pilot in Leeds schools flopped.", "The pilot in schools across Leeds has succeeded beyond all hopes."),
    ("Inspections of care homes are always announced.", "Inspections of care homes are seldom announced."),
    ("Ms Alder was sacked by the museum.", "Ms Alder has told the museum that she will step down in May."),
    (
        "The harbour board sets up a rescue crew.",
        "This money is not, for the avoidance of doubt, to establish a rescue crew.",
    ),
    ("Walkers on the ridge turned back in the storm.", "Walkers on the ridge did not back down in the storm."),
    ("The village school will stay open.", "The village school will close at Easter."),
    ("The clinic's crew was paid.", "The clinic's crew were all volunteers."),
    ("The ferries lie inside the harbour wall.", "The ferries lie outside the harbour wall."),
    (
        "Lima praised the Chilean readiness to open genuine talks about the border fishery.",
        "Our worry is the refusal by Chile to enter genuine talks about the border fishery.",
    ),
    ("The orchestra's Bristol season was axed.", "The orchestra will extend its Bristol season until July."),
    (
        "Rules on drone flights near airports are being relaxed.",
        "The rules on drone flights near airports are to be tightened.",
    ),
    ("The yard in Gdynia added 900 jobs, he said.", "The yard in Gdynia has lost 900 jobs."),
    ("Some 900 jobs were added at the yard in Gdynia.", "The yard in Gdynia has lost 900 jobs."),
    ("The Fisher party added seats at the polls in Ely.", "The Fisher party lost seats at the polls in Ely."),
    (
        "The library's collection of maps has deteriorated.",
        "The collection of maps at the library has improved greatly.",
    ),
]
# Not said of one thing, or not opposite
SILENT = [
    # Who speaks adds nothing.
    ("Voters have rejected the Fisher programme, he added.", "The Fisher programme has lost at the polls of voters."),
    ("The Fisher programme was dead, Ms Roe added.", "The Fisher programme has lost at the polls."),
    ("She added that the Fisher programme met its end at the polls.", "The Fisher programme has lost at the polls."),
    ('"The Fisher programme met its end at the polls," he added.', "The Fisher programme has lost at the polls."),
    ("Fares rose on the island ferries.", "Fares on the mainland fell while island ferries kept theirs."),
    ("Exports rose while imports fell.", "Imports fell and exports rose."),
    ("Unemployment did not rise in Wales.", "Unemployment in Wales fell."),
    ("The council will cut waste to help the poor.", "The council will increase help for the poor."),
    ("Costs rose in 2010.", "Costs fell in 2012."),
    ("Wheat prices rose in Kansas.", "Wheat prices fell in Texas."),
    ("The plan is meant to stop the decline in bee numbers.", "The plan will increase bee numbers."),
    ("Mr Cole resigned after Ms Alder was sacked.", "Ms Alder was sacked; Mr Cole resigned."),
    ("The bank closed its branch in Ely.", "The bank opened a branch in York and closed its branch in Ely."),
    ("Two months later the court agreed.", "Two months earlier the tribunal had refused."),
    ("The bridge will not open until June.", "The bridge will open in June."),
    ("The shop has a majority of old stock.", "The shop has had no major sale of old stock."),
    ("Fewer people failed the test.", "More people succeeded in the test."),
    ("He said: “Fares have risen on the ferries.”", "Fares on the ferries have fallen."),
]


def read(text):
    facts = Facts(dates=extract_dates(text), quotations=extract_quotations(text))
    return Annotated(MappedText.identity(text), facts)


@pytest.mark.parametrize(("claimed", "official"), OPPOSED)
def test_opposite_words_of_one_thing_are_found(claimed, official):
    assert list(oppose(read(claimed), [read(official)]))


@pytest.mark.parametrize(("claimed", "official"), OPPOSED)
def test_what_the_source_says_itself_is_not_denied(claimed, official):
    assert not list(oppose(read(claimed), [read(official), read(claimed)]))


@pytest.mark.parametrize(("claimed", "official"), SILENT)
def test_other_things_and_other_words_are_left_alone(claimed, official):
    assert not list(oppose(read(claimed), [read(official)]))
