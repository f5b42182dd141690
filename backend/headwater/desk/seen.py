"""What the desk is given to show: a check as far as it is, with its texts, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

Json = dict[str, Any]
DocumentKey = tuple[str, int]
RUNNING = ("waiting", "running")


class Given(Protocol):
    """A text that was given, with what its file or its sender says of it."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def name(self) -> str:
        """Of the file, or ""."""

    @property
    def title(self) -> str:
        """Headline, or ""."""

    @property
    def publisher(self) -> str:
        """Who published it, or ""."""

    @property
    def published(self) -> date | None:
        """Its day."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed when it was read."""


@dataclass(frozen=True, slots=True)
class SeenCheck:
    """A check as far as it is.

    Args:
        check_id: Its address's end.
        state: As the API names it.
        article: The text in hand.
        source: The official text given, or None where the corpus was asked.
        steps: What was decided so far, as `assembled.step_to_json` has it.
        report: The whole, once it is done.
        decisions: Of readers, on findings.
        problem: Why it failed, or empty.
        texts: Of the corpus's documents, by id and version.
        is_saved: Whether it is kept for days.
        saved_days: For how many such checks are kept.
        created: When it was asked.
        expires: When it is forgotten.
        house_style: Switches that are on.
    """

    check_id: str
    state: str
    article: Given
    source: Given | None
    steps: Sequence[Json]
    created: datetime
    expires: datetime
    report: Json | None = None
    decisions: Sequence[Json] = ()
    problem: Json = field(default_factory=dict)
    texts: Mapping[DocumentKey, str] = field(default_factory=dict)
    is_saved: bool = False
    house_style: tuple[str, ...] = ()
    saved_days: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in RUNNING

    @property
    def claims(self) -> list[Json]:
        """Those decided so far, in order."""
        return [claim for step in self.steps for claim in step["claims"]]

    @property
    def decided(self) -> int:
        """Sentences decided so far."""
        return int(self.steps[-1]["decided"]) if self.steps else 0

    @property
    def sentences(self) -> int:
        """Sentences in all, 0 until they are counted."""
        return int(self.steps[-1]["sentences"]) if self.steps else 0

    @property
    def name(self) -> str:
        """What the check is called."""
        return self.article.title or self.article.name or "Article"


def key_of(passage: Json) -> DocumentKey:
    """Return which version of which document a passage is of."""
    return str(passage["document"]["id"]), int(passage["document"]["version"])


def cited_documents(claims: Sequence[Json]) -> list[DocumentKey]:
    """Return the documents that claims rest on, each once, in order of appearance.

    Args:
        claims: In order.
    """
    return list(dict.fromkeys(key_of(passage) for claim in claims for passage in claim["evidence"]))
