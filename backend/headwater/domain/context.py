"""What is known of a text's own document when it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What is known of the text's own document.

    Args:
        url: Where it stands, or ""; the report says so where that is a page of the corpus itself.
        title: Its headline, or "".
        published: Its date; without it "last year" cannot be resolved.
        prefix: Text just before the highlight, or "": says who speaks, and which year is meant.
        suffix: Text just after the highlight, or "".
        house_style: Switches of house style that are on for this text; None for the policy's.
        publisher: Who published it, or ""; of a given source: what a publisher says, its document says.
        speaker: Who speaks in it as "I" and "we", or "".
        licence: Of a given source: identifier of the licence of its text, or "".
        block_quotes: Of a given source: the quotations that its page sets as block quotes, without marks.
    """

    url: str = ""
    title: str = ""
    published: date | None = None
    prefix: str = ""
    suffix: str = ""
    house_style: tuple[str, ...] | None = None
    publisher: str = ""
    speaker: str = ""
    licence: str = ""
    block_quotes: tuple[str, ...] = ()


NO_CONTEXT = CheckContext()


class KnownText(Protocol):
    """An official text, however it came in, with what is known of its document; "" where a thing is not."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def title(self) -> str:
        """Its headline."""

    @property
    def published(self) -> date | None:
        """Its day."""

    @property
    def publisher(self) -> str:
        """Who published it."""

    @property
    def speaker(self) -> str:
        """Who speaks in it as "I" and "we"."""

    @property
    def licence(self) -> str:
        """Identifier of the licence of its text."""

    @property
    def block_quotes(self) -> tuple[str, ...]:
        """The quotations that its page sets as block quotes, without marks."""


def context_of(source: KnownText) -> CheckContext:
    """Return what is known of an official text.

    Args:
        source: As it was sent, fetched or found.
    """
    return CheckContext(
        url=source.url,
        title=source.title,
        published=source.published,
        publisher=source.publisher,
        speaker=source.speaker,
        licence=source.licence,
        block_quotes=source.block_quotes,
    )
