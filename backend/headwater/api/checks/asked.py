"""What one job is asked: two texts or one, what is known of them, and how they are to be checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from headwater.api.service import Checker
from headwater.api.streams import Steps
from headwater.checking import CheckContext
from headwater.corpus.filters import PassageFilters
from headwater.report.receipt import Checked

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text of a job, with what its file or its sender says of it."""

    text: str
    name: str = ""
    kind: str = "text"
    title: str = ""
    publisher: str = ""
    published: date | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """What one job is asked.

    Args:
        article: The text in hand.
        source: The official text; None where the corpus is asked.
        house_style: Switches that are on; the operator's, where the sender named none.
        as_of: The day whose versions answer, or None.
        limit: Passages shown per claim, or None for the policy's.
        receipt: Of a former check that this one is held against, or None.
    """

    article: GivenText
    source: GivenText | None = None
    house_style: tuple[str, ...] = ()
    as_of: date | None = None
    limit: int | None = None
    receipt: Json | None = None

    @property
    def context(self) -> CheckContext:
        """What is known of the article."""
        return CheckContext(title=self.article.title, published=self.article.published, house_style=self.house_style)

    @property
    def checked(self) -> Checked:
        """What goes into the receipt."""
        source = self.source
        extra = {"title": self.article.title}
        if source is not None:
            extra |= {"source_title": source.title, "source_publisher": source.publisher}
            extra |= {"source_published": source.published.isoformat() if source.published else ""}
        day = self.as_of.isoformat() if self.as_of else ""
        return Checked(self.article.text, source.text if source else None, self.context, day, self.limit, extra)

    def begin(self, checker: Checker) -> Steps:
        """Begin the check; the first step is made when it is asked for."""
        source = self.source
        if source is not None:
            known = CheckContext(title=source.title, publisher=source.publisher, published=source.published)
            return checker.compare_by_steps(self.article.text, source.text, self.context, source_context=known)
        filters = PassageFilters(as_of=self.as_of) if self.as_of else None
        return checker.check_by_steps(self.article.text, self.context, filters=filters, limit=self.limit)


def asked_to_json(asked: AskedCheck) -> Json:
    """Return what is stored of a job, its texts among it."""
    return {
        "article": _given_to_json(asked.article),
        "source": _given_to_json(asked.source) if asked.source else None,
        "house_style": list(asked.house_style),
        "as_of": asked.as_of.isoformat() if asked.as_of else None,
        "limit": asked.limit,
        "receipt": asked.receipt,
    }


def asked_of_json(stored: Json) -> AskedCheck:
    """Return a job as it was stored."""
    return AskedCheck(
        _given_of_json(stored["article"]),
        _given_of_json(stored["source"]) if stored["source"] else None,
        tuple(stored["house_style"]),
        date.fromisoformat(stored["as_of"]) if stored["as_of"] else None,
        stored["limit"],
        stored["receipt"],
    )


def without_text(given: GivenText) -> Json:
    """Return what is shown of a text beside a report: everything but its words."""
    shown = _given_to_json(replace(given, text=""))
    del shown["text"]
    return {**shown, "characters": len(given.text)}


def _given_to_json(given: GivenText) -> Json:
    return {
        "text": given.text,
        "name": given.name,
        "kind": given.kind,
        "title": given.title,
        "publisher": given.publisher,
        "published": given.published.isoformat() if given.published else None,
        "notices": list(given.notices),
    }


def _given_of_json(stored: Json) -> GivenText:
    published = date.fromisoformat(stored["published"]) if stored["published"] else None
    return GivenText(**{**stored, "published": published, "notices": tuple(stored["notices"])})
