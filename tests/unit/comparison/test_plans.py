import pytest

from headwater.comparison.plans import compare_plans
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText

# claimed, official: the same doer is still to do it, whatever else the sentences say
TOLD_AS_DONE = [
    (
        "Ferry owners have already met once over fares.",
        "Ferry owners will meet next spring to talk of piers and crews.",
    ),
    (
        "A rota of volunteers has been set up by the parish.",
        "The parish will establish a rota of volunteers for the hall.",
    ),
    ("The mayor has signed the lease.", "The mayor is committed to signing a lease that suits both sides."),
    (
        "The panel has reported on the pier.",
        "Once the panel has reported, the board will decide what becomes of the pier.",
    ),
    ("Divers from two clubs have searched the wreck.", "Divers plan to search the wreck when the tide allows."),
]
SILENT = [
    ("Ferry owners have met.", "Harbour masters will meet next spring."),
    ("Ferry owners said fares would rise.", "Ferry owners will say more next spring."),
    ("Ferry owners have met once.", "Ferry owners met in May and will meet again next spring."),
    ("Ferry owners have not met.", "Ferry owners will meet next spring."),
    ("Ferry owners will meet.", "Ferry owners plan to meet next spring."),
    ("The fund holds mortgage-backed bonds.", "The fund will back mortgage bonds."),
]


def read(text):
    return Annotated(MappedText.identity(text), Facts())


@pytest.mark.parametrize(("claimed", "official"), TOLD_AS_DONE)
def test_what_is_still_to_come_is_not_done(claimed, official):
    assert "MOD-DONE" in [f.rule for f in compare_plans(read(claimed), [read(official)])]


@pytest.mark.parametrize(("claimed", "official"), SILENT)
def test_other_doers_and_deeds_are_left_alone(claimed, official):
    assert not list(compare_plans(read(claimed), [read(official)]))
