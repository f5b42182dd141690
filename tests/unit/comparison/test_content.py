"""What the content lane names."""

from headwater.comparison.content import compare_content, with_absence
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Severity
from headwater.domain.spans import MappedText, Span
from headwater.domain.support import Support, SupportLevel

TEXT = "The ferry stopped because miners walked out."
CLAIM = Annotated(MappedText.identity(TEXT), Facts())


def test_each_part_that_is_not_stated_is_named() -> None:
    support = Support(SupportLevel.FULL, 0.6, unstated=(Span(18, len(TEXT)),))
    (found,) = compare_content(CLAIM, support)
    assert (found.rule, found.effect, found.severity) == ("CON-NOT-STATED", Effect.NOT_STATED, Severity.MEDIUM)
    assert found.claimed.surface == "because miners walked out."
    assert found.official is None


def test_a_claim_whose_parts_are_stated_is_left_in_peace() -> None:
    assert compare_content(CLAIM, Support(SupportLevel.NONE, 0.1)) == ()


def test_an_absent_claim_is_named_whole() -> None:
    (found,) = with_absence(CLAIM, compare_content(CLAIM, Support(SupportLevel.NONE, 0.2, (), (Span(0, 5),))))
    assert (found.rule, found.claimed.surface, found.severity) == ("CON-ABSENT", TEXT, Severity.LOW)
