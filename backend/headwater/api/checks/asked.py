"""What one job is asked: two texts or one, what is known of them, and how they are to be checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from headwater.api.service import Checker
from headwater.api.streams import Steps
from headwater.checking import CheckContext
from headwater.corpus.filters import PassageFilters
from headwater.domain.context import context_of
from headwater.report.receipt import Checked, source_options

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text of a job, with what its file, its page or its sender says of it.

    Args:
        text: Its words.
        name: Of its file, or "".
        kind: What the file is.
        title: Headline, or "".
        publisher: Who published it, or "".
        published: Its day, or None.
        notices: What was noticed when it was read.
        url: Of an official text: its address, or "".
        document: Its identifier in the corpus, or "".
        version: Number of its version there, or None.
        speaker: Who speaks in it as "I" and "we", or "".
        licence: Identifier of its licence, or "".
        block_quotes: Quotations that its page sets apart, without marks.
    """

    text: str
    name: str = ""
    kind: str = "text"
    title: str = ""
    publisher: str = ""
    published: date | None = None
    notices: tuple[str, ...] = ()
    url: str = ""
    document: str = ""
    version: int | None = None
    speaker: str = ""
    licence: str = ""
    block_quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedSource:
    """An official text that is named, not sent: by its address, or as a document of the corpus.

    Args:
        url: The address that it is fetched from, or "".
        document: Identifier or address of a document of the corpus, or "".
        version: Number of its version there, or None.
        title: As the sender has it, or "".
        publisher: Likewise.
        published: Likewise.
    """

    url: str = ""
    document: str = ""
    version: int | None = None
    title: str = ""
    publisher: str = ""
    published: date | None = None


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
        named: The official text where it is named and still to be read; `Jobs.start` puts it in `source`'s place.
    """

    article: GivenText
    source: GivenText | None = None
    house_style: tuple[str, ...] = ()
    as_of: date | None = None
    limit: int | None = None
    receipt: Json | None = None
    named: NamedSource | None = None

    @property
    def context(self) -> CheckContext:
        """What is known of the article."""
        return CheckContext(title=self.article.title, published=self.article.published, house_style=self.house_style)

    @property
    def checked(self) -> Checked:
        """What goes into the receipt."""
        source = self.source
        extra = source_options(source) | {"title": self.article.title}
        day = self.as_of.isoformat() if self.as_of else ""
        return Checked(self.article.text, source.text if source else None, self.context, day, self.limit, extra)

    def begin(self, checker: Checker) -> Steps:
        """Begin the check; the first step is made when it is asked for."""
        source = self.source
        if source is not None:
            return checker.compare_by_steps(
                self.article.text, source.text, self.context, source_context=context_of(source)
            )
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
        **({"named": _plain(asdict(asked.named))} if asked.named else {}),
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
    shown = _given_to_json(given)
    for words in ("text", "block_quotes"):
        del shown[words]
    return {**shown, "characters": len(given.text)}


def _given_to_json(given: GivenText) -> Json:
    return _plain(asdict(given))


def _given_of_json(stored: Json) -> GivenText:
    published = date.fromisoformat(stored["published"]) if stored["published"] else None
    lists = {name: tuple(stored.get(name, ())) for name in ("notices", "block_quotes")}
    return GivenText(**{**stored, "published": published, **lists})


def _plain(values: Json) -> Json:
    """Return fields as JSON has them."""
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
