"""Readable stand-ins for the parts behind the faces."""

from collections.abc import Generator
from dataclasses import dataclass, field

from factories import make_report
from headwater.checking import CheckContext
from headwater.corpus.filters import PassageFilters
from headwater.domain.errors import EmptyTextError
from headwater.domain.verdicts import CheckReport, CheckStep

MODEL = "minilm/onnx-int8@0123456789ab"
NO_CONTEXT = CheckContext()


@dataclass
class FakeChecker:
    """Answers every text with one report, and remembers what it was asked."""

    report: CheckReport = field(default_factory=make_report)
    failure: Exception | None = None
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def check(
        self,
        text: str,
        context: CheckContext = NO_CONTEXT,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> CheckReport:
        self.asked.append((text, context, filters, limit))
        return self._answer(text, "text")

    def check_by_steps(
        self,
        text: str,
        context: CheckContext = NO_CONTEXT,
        *,
        filters: PassageFilters | None = None,
        limit: int | None = None,
    ) -> Generator[CheckStep | CheckReport, None, None]:
        report = self.check(text, context, filters=filters, limit=limit)
        yield CheckStep(0, len(report.claims))
        for number, claim in enumerate(report.claims, 1):
            yield CheckStep(number, len(report.claims), (claim,))
        yield report

    def compare(
        self,
        text: str,
        source: str,
        context: CheckContext = NO_CONTEXT,
        *,
        source_context: CheckContext = NO_CONTEXT,
    ) -> CheckReport:
        self.asked.append((text, source, context, source_context))
        self._answer(source, "source")
        return self._answer(text, "text")

    def compare_by_steps(
        self,
        text: str,
        source: str,
        context: CheckContext = NO_CONTEXT,
        *,
        source_context: CheckContext = NO_CONTEXT,
    ) -> Generator[CheckStep | CheckReport, None, None]:
        report = self.compare(text, source, context, source_context=source_context)
        yield CheckStep(0, len(report.claims))
        for number, claim in enumerate(report.claims, 1):
            yield CheckStep(number, len(report.claims), (claim,))
        yield report

    def _answer(self, text: str, what: str) -> CheckReport:
        if self.failure is not None:
            raise self.failure
        if not any(character.isalnum() for character in text):
            raise EmptyTextError(what)
        return self.report
