import pytest
from tests.unit.comparison.test_quotations import annotated

from headwater.comparison.quotations import compare_quotations

OFFICIAL = "We will break the gangs at source. Through this work, crime pays less. Ports stay open, and they stay safe."


@pytest.mark.parametrize(
    ("quote", "official"),
    [
        ("break the gangs at the source.", "“the gangs at source”"),
        ("Through such work, crime pays less.", "“Through this work, crime pays”"),
        ("Ports stay open and they stay safe.", "“Ports stay open, and they stay safe”"),
        ("crime pays less, ports stay open", "“work, crime pays less. Ports stay open, and”"),
    ],
    ids=["an end", "a beginning", "within", "where the full stop itself changed"],
)
def test_words_around_an_edit_are_of_its_sentence(quote: str, official: str) -> None:
    findings = compare_quotations(annotated(f"She said: “{quote}”"), [annotated(OFFICIAL, 0, 1)])
    told = [finding.explanation for finding in findings if finding.edit]
    assert any(f"the official text has {official}," in line for line in told), told
