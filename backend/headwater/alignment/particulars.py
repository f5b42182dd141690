"""What a document is known to speak of beyond the passages at hand: its own particulars and all its words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from headwater.domain.documents import Document, Passage
from headwater.domain.findings import Effect, Finding, Lane
from headwater.text.tokens import content_stems

REMEMBERED = 64  # documents; an article is compared with a handful, and a long one has 5,000 different stems

PassagesOf = Callable[[str, int], Sequence[Passage]]


class Particulars:
    """The words of whole documents, asked for only when a name is missed. Safe to share between threads."""

    def __init__(self, passages_of: PassagesOf) -> None:
        self._passages_of = passages_of
        self._known: OrderedDict[tuple[str, str], frozenset[str]] = OrderedDict()

    def without_known_names(self, findings: Sequence[Finding], document: Document) -> tuple[Finding, ...]:
        """Leave out the names said not to be stated that the document states elsewhere, or that are its own.

        Args:
            findings: Of one claim against some of the document's passages.
            document: The document.
        """
        if not any(_misses_a_name(finding) for finding in findings):
            return tuple(findings)
        known = self._stems(document)
        return tuple(
            f for f in findings if not (_misses_a_name(f) and known.issuperset(content_stems(f.claimed.surface)))
        )

    def _stems(self, document: Document) -> frozenset[str]:
        key = (document.id, document.sha256)
        if key not in self._known:
            texts = [document.publisher, document.title, document.speaker, document.text]
            if not document.text:
                texts += [passage.text for passage in self._passages_of(document.id, document.version)]
            self._known[key] = frozenset(content_stems(" ".join(texts)))
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]


def _misses_a_name(finding: Finding) -> bool:
    return finding.lane is Lane.NAME and finding.effect is Effect.NOT_STATED
