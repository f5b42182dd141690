import pytest

from headwater.comparison.scopes import compare_scopes
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText

# claimed, official: said of all here, of a narrower sort there
WIDENED = [
    (
        "All residents of care homes can use the video service.",
        "The video service is open to residents of eligible care homes.",
    ),
    (
        "Every household on the island gets a rebate on ferry fares.",
        "The rebate on ferry fares goes to qualifying households on the island.",
    ),
    (
        "Everyone under 50 will be offered the vaccine.",
        "The vaccine will be offered to those under 50 who are clinically vulnerable.",
    ),
    (
        "All farmers hit by the flood can claim the grant.",
        "Farmers who lost livestock in the flood can claim the grant.",
    ),
    (
        "Each school will be given a nurse under the scheme.",
        "Participating schools will be given a nurse under the scheme.",
    ),
    ("Any tenant may ask the panel to review the rent.", "Certain tenants may ask the panel to review the rent."),
]
SILENT = [
    (
        "All residents of care homes can use the video service.",
        "The video service is open to all residents of care homes.",
    ),
    (
        "All eligible residents of care homes can use the video service.",
        "Residents of eligible care homes can use the video service.",
    ),
    (
        "Residents of care homes can use the video service.",
        "Residents of eligible care homes can use the video service.",
    ),
    ("Not all residents of care homes can use the service.", "Residents of eligible care homes can use the service."),
    ("All residents of care homes can use the video service.", "Certain doctors set up the trial in Leeds."),
    (
        "All farmers hit by the flood can claim the grant.",
        "Farmers, who were hit by the flood, can all claim the grant.",
    ),
    ("All but three pupils passed.", "Certain pupils passed the test."),
    ("First of all, tenants may ask for a review of the rent.", "Certain tenants may ask for a review of the rent."),
]


def read(text):
    return Annotated(MappedText.identity(text), Facts())


@pytest.mark.parametrize(("claimed", "official"), WIDENED)
def test_a_narrower_group_is_not_all(claimed, official):
    assert [f.rule for f in compare_scopes(read(claimed), [read(official)])] == ["MOD-SCOPE"]


@pytest.mark.parametrize(("claimed", "official"), SILENT)
def test_the_same_group_or_another_matter_is_left_alone(claimed, official):
    assert not list(compare_scopes(read(claimed), [read(official)]))
