"""The list of sources: those shipped, and those that users added to a corpus."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from headwater.corpus.sync_records import AddedSource
from headwater.corpus.syncing import SyncRecords
from headwater.domain.errors import InvalidInputError
from headwater.sources.fetching.errors import FetchRefusedError
from headwater.sources.fetching.hosts import HostList
from headwater.sources.fetching.targets import parse_target
from headwater.sources.publishers.contract import SourceEntry
from headwater.sources.publishers.readers import make_reader, shipped_sources

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class UnknownSourceError(InvalidInputError):
    """There is no source of that name."""


def list_sources(records: SyncRecords) -> dict[str, SourceEntry]:
    """Return all sources by name: shipped ones, then those added; an added one takes the place of a shipped one.

    Args:
        records: Of the corpus.
    """
    added = {one.name: SourceEntry(one.name, one.title, one.reader, one.options) for one in records.added_sources()}
    return {**shipped_sources(), **added}


def choose_sources(sources: Mapping[str, SourceEntry], names: Sequence[str]) -> list[SourceEntry]:
    """Return the sources of some names, each once; all where none are given.

    Args:
        sources: By name.
        names: As typed.

    Raises:
        UnknownSourceError: If there is no source of such a name.
    """
    for name in names:
        if name not in sources:
            near = get_close_matches(name, list(sources), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "`headwater sources list` names them"
            raise UnknownSourceError(f"there is no source {name!r}: {hint}")
    return [sources[name] for name in dict.fromkeys(names or sources)]


def add_source(records: SyncRecords, entry: SourceEntry, hosts: HostList) -> None:
    """Add a source to the corpus's list.

    Args:
        records: Of the corpus.
        entry: The source.
        hosts: Those that may be fetched from.

    Raises:
        InvalidInputError: If its name cannot be used, there is no such reader, it needs other options, or an address in
            them would be refused.
    """
    if NAME.fullmatch(entry.name) is None:
        raise InvalidInputError("the name of a source is made of small letters, digits and hyphens, 63 at most")
    make_reader(entry)
    for value in entry.options.values():
        if "://" in value:
            try:
                parse_target(value, hosts)
            except FetchRefusedError as refusal:
                raise InvalidInputError(str(refusal)) from None
    records.add_source(AddedSource(entry.name, entry.title, entry.reader, entry.options))
