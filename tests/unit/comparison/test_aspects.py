import pytest

from headwater.comparison.aspects import compare_aspects
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText

# claimed, official: over or going on, chosen or awaited, reached or aimed at
TOLD_AS_DONE = [
    (
        "The harbour master has finished weighing the ferry plan.",
        "The harbour master is currently assessing the ferry plan against the rules.",
    ),
    ("Repairs to the sea wall at Deal are complete.", "Repairs to the sea wall at Deal are still under way."),
    ("Talks on fishing quotas have ended.", "Talks on fishing quotas continue in Oslo, and ministers remain hopeful."),
    (
        "The island was chosen as the site of the observatory.",
        "A decision on the site of the observatory is expected in May.",
    ),
    ("Judges have picked the winning design for the bridge.", "The winning design for the bridge is yet to be chosen."),
    ("The bus company is already carbon neutral.", "The bus company has a goal to be carbon neutral by 2035."),
    ("The archive has become self-financing.", "The trustees want the archive to become self-financing."),
    (
        "The herd is free of the disease.",
        "The ministry hopes the herd will be free of the disease: its aim is to be free of the disease by May.",
    ),
]
SILENT = [
    (
        "The harbour master has finished weighing the ferry plan.",
        "The harbour master has completed the review of the ferry plan.",
    ),
    ("Repairs to the sea wall at Deal are complete.", "Work on the pier at Deal is still under way."),
    ("Talks on fishing quotas continue.", "Talks on fishing quotas continue in Oslo."),
    ("The review of fares is over.", "The review of fares has ended; work on the new tickets is still going on."),
    ("The island was chosen as the site of the observatory.", "A decision on the new ferry is expected in May."),
    ("The deadline is 5 May.", "The deadline will be 5 May."),
    ("The bus company is to be carbon neutral by 2035.", "The bus company has a goal to be carbon neutral by 2035."),
    ("The tram firm is already carbon neutral.", "The bus company has a goal to be carbon neutral by 2035."),
    ("A winner will be chosen in May.", "The winner of the prize is expected to be announced in May."),
]


def read(text):
    return Annotated(MappedText.identity(text), Facts())


@pytest.mark.parametrize(("claimed", "official"), TOLD_AS_DONE)
def test_what_goes_on_or_is_awaited_is_not_done(claimed, official):
    assert [f.rule for f in compare_aspects(read(claimed), [read(official)])] == ["MOD-DONE"]


@pytest.mark.parametrize(("claimed", "official"), SILENT)
def test_what_is_as_far_or_of_another_thing_is_left_alone(claimed, official):
    assert not list(compare_aspects(read(claimed), [read(official)]))
