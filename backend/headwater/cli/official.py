"""The official text of a check on the command line: a file, one of a folder, an address, a document of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.reading import limits_of, read_text
from headwater.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from headwater.settings import Settings
    from headwater.sources.intake.taking import TakenText

FindOfficial = Callable[[str], "TakenText"]


@dataclass(frozen=True, slots=True)
class Official:
    """How the official text is named; without a name the corpus is asked.

    Args:
        against: A file, a folder, "-", or an address.
        document: Identifier or address of a document of the corpus.
        version: Number of its version, or None for the latest.
        as_of: A day whose version is wanted instead, or None.
    """

    against: str | None = None
    document: str | None = None
    version: int | None = None
    as_of: date | None = None

    @property
    def is_named(self) -> bool:
        """Whether there is one."""
        return self.against is not None or self.document is not None

    @property
    def is_address(self) -> bool:
        """Whether it is fetched."""
        return self.against is not None and self.against.lower().startswith(("https://", "http://"))

    def open(self, settings: Settings) -> FindOfficial:
        """Return what gives the official text of an article by the article's name.

        What is one text for all articles is read now, so that a slip in its name ends a run before it begins.

        Args:
            settings: Limits, hosts, and the corpus.

        Raises:
            OSError: If the file cannot be read.
            HeadwaterError: If the address, the document or the file cannot be used.
        """
        limits = limits_of(settings)
        if self.document is not None:
            one = _read_document(settings, self)
        elif self.is_address:
            one = _read_address(settings, self.against or "")
        else:
            place = Path(self.against or "")
            if place.is_dir():
                return lambda name: read_text(find_source(name, place), limits)
            one = read_text(place, limits)
        return lambda _name: one


def list_files(place: Path) -> list[tuple[str, Path]]:
    """Return the files of a folder, or the one that is named, by the name their reports get; hidden ones are left out.

    Args:
        place: A folder, or a file.

    Raises:
        InvalidInputError: If there is none in it.
    """
    if not place.is_dir():
        return [(place.name, place)]
    found = sorted(path for path in place.rglob("*") if path.is_file())
    named = [(path.relative_to(place), path) for path in found]
    shown = [(name, path) for name, path in named if not any(part.startswith(".") for part in name.parts)]
    if not shown:
        raise InvalidInputError(f"there is no article in {place}")
    return [("__".join(name.parts), path) for name, path in shown]


def find_source(name: str, against: Path) -> Path:
    """Return the official text of an article in a folder: that of the same name, whatever its name ends in.

    Args:
        name: Of the article, as `list_files` returns it.
        against: A file, or a folder of files.

    Raises:
        InvalidInputError: If there is none of that name, or more than one.
    """
    if not against.is_dir():
        return against
    stem = Path(name).stem
    fitting = [path for other, path in list_files(against) if Path(other).stem == stem]
    if len(fitting) != 1:
        raise InvalidInputError(f"{name}: {len(fitting) or 'no'} official texts of that name in {against}")
    return fitting[0]


def _read_document(settings: Settings, named: Official) -> TakenText:
    from headwater.corpus.naming import find_named  # noqa: PLC0415
    from headwater.sources.intake.stored import take_in_document  # noqa: PLC0415
    from headwater.wiring import open_corpus  # noqa: PLC0415

    with open_corpus(settings) as store:
        document = find_named(store, named.document or "", named.version, as_of=named.as_of)
        return take_in_document(document, store.passages_of(document.id, document.version))


def _read_address(settings: Settings, url: str) -> TakenText:
    from headwater.sources.intake.addressed import fetch_limits, take_in_address  # noqa: PLC0415
    from headwater.wiring import open_fetcher  # noqa: PLC0415

    limits = limits_of(settings)
    fetcher = open_fetcher(settings, limits=fetch_limits(limits))
    try:
        return take_in_address(url, fetcher, limits)
    finally:
        fetcher.close()
