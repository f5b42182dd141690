import pytest

from headwater.comparison.modality import compare_modality
from headwater.domain.facts import Annotated
from headwater.domain.findings import Severity
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

FLOOD = "Police ordered drivers to avoid the flooded road."
DREDGED = "Crews have dredged the silted harbour at Wick."
AT_IT = "Work is now under way to dredge the harbour at Wick."
OTHER = "The harbour master keeps a list of moorings."


def rules(claimed: str, *official: str) -> list[str]:
    ours, *passages = [Annotated(MappedText.identity(text), extract_facts(text)) for text in (claimed, *official)]
    return [f.rule for f in compare_modality(ours, passages) if f.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("claimed", "official", "expected"),
    [
        ("The bill will hit £85 million.", "The cost could rise to £85 million.", ["MOD-STRENGTH-UP"]),
        ("The bill will hit £85 million.", "The cost could rise to £95 million.", []),
        ("The bill is set to hit £85 million.", "The cost is likely to rise to £85 million.", []),
        (FLOOD, "Police are urging drivers to stay off the flooded road.", ["MOD-STRENGTH-UP"]),
        (FLOOD, "Police ordered drivers off the flooded road and urged walkers to avoid it.", []),
        (DREDGED, AT_IT, ["MOD-DONE"]),
        ("Crews are dredging the silted harbour at Wick.", AT_IT, []),
    ],
)
def test_firmer_than_the_first_passage(claimed: str, official: str, expected: list[str]) -> None:
    assert rules(claimed, official) == expected
    # by words that farther passages leave open, another rule goes
    assert [rule for rule in rules(claimed, OTHER, official) if rule != "MOD-LEFT-OPEN"] == []
