"""`headwater sources`: the publishers that are kept up with, and keeping up with them."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headwater.cli import options
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings, load_settings

if TYPE_CHECKING:
    from headwater.corpus.store import CorpusStore
    from headwater.corpus.sync_records import FindCounts, SyncState
    from headwater.sources.keeping_up.progress import SyncProgress
    from headwater.sources.keeping_up.sync import SyncSummary
    from headwater.sources.publishers.contract import SourceEntry

app = typer.Typer(no_args_is_help=True, help="List, add and sync official publishers.")

LOW_PRIORITY = 10  # of 19: whoever waits for an answer of the service goes first

Name = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and hyphens.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="All sources unless given.")]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="List what was published or changed from this day on. Unless given: since the last sync, and for a source "
        "that was never synced the last 30 days.",
    ),
]
NoEmbed = Annotated[
    bool, typer.Option("--no-embed", help="Store only: search is by words until `headwater embed` has run.")
]
Reader = Annotated[str, typer.Option("--reader", metavar="KIND", help='How it is read: "feed", "govuk", "pages"...')]


@app.command("list")
def list_all(*, as_json: options.AsJson = False, database: options.Database = None) -> None:
    """List the sources: shipped ones and those you added, when each was last synced, and what waits to be read."""
    settings = load_settings(database=database)

    from headwater.corpus.sync_records import FindCounts, SyncState  # noqa: PLC0415 - loads the database
    from headwater.sources.keeping_up.listing import list_sources  # noqa: PLC0415
    from headwater.sources.publishers.readers import shipped_sources  # noqa: PLC0415
    from headwater.wiring import find_store  # noqa: PLC0415

    with find_store(settings) as store:
        sources = shipped_sources() if store is None else list_sources(store.syncs)
        states = {} if store is None else store.syncs.states()
        counts = {} if store is None else store.syncs.find_counts()
    rows = [
        _row(source, states.get(name, SyncState(name)), counts.get(name, FindCounts()))
        for name, source in sources.items()
    ]
    if as_json:
        typer.echo(json.dumps({"sources": rows}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        typer.echo(_line(row))


@app.command("add")
def add(
    name: Name,
    *,
    reader: Annotated[
        str, typer.Option("--reader", metavar="KIND", help='How it is read: "feed", "govuk", "pages"...')
    ],
    option: Annotated[
        list[str] | None,
        typer.Option("--option", metavar="NAME=VALUE", help="What its reader has to know; may be repeated."),
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What people call it.")] = "",
    database: options.Database = None,
) -> None:
    """Add a source, for instance: add met-office --reader feed --option url=https://www.metoffice.gov.uk/rss.xml.

    Its host must be on the list of official hosts; HEADWATER_SOURCE_HOSTS adds to that list.
    """
    settings = load_settings(database=database)

    from headwater.sources.fetching.hosts import load_hosts  # noqa: PLC0415
    from headwater.sources.keeping_up.listing import add_source  # noqa: PLC0415 - loads the database
    from headwater.sources.publishers.contract import SourceEntry  # noqa: PLC0415
    from headwater.wiring import open_store  # noqa: PLC0415

    entry = SourceEntry(name, title or name, reader, _options(option or []))
    with open_store(settings) as store:
        add_source(store.syncs, entry, load_hosts(settings.source_hosts))
    typer.echo(f"added {name}; read it by: headwater sources sync {name}", err=True)


@app.command("remove")
def remove(name: Name, *, database: options.Database = None) -> None:
    """Take a source that you added off the list; its documents stay in the corpus."""
    settings = load_settings(database=database)

    from headwater.wiring import open_corpus  # noqa: PLC0415

    with open_corpus(settings) as store:
        if not store.syncs.remove_source(name):
            raise InvalidInputError(f"no source {name!r} was added")


@app.command("sync")
def sync(
    names: Names = None,
    *,
    since: Since = None,
    no_embed: NoEmbed = False,
    as_json: options.AsJson = False,
    database: options.Database = None,
    model: options.Model = None,
) -> None:
    """Read what publishers published or changed since the last sync, and see what became of what is known.

    It can be interrupted and run again: it goes on where it stopped. Documents that are withdrawn or gone stay in the
    corpus, and say so.
    """
    settings = load_settings(database=database, model=model)

    from headwater.sources.keeping_up.listing import choose_sources, list_sources  # noqa: PLC0415
    from headwater.wiring import open_store  # noqa: PLC0415

    moment = since.replace(tzinfo=UTC) if since else None
    with open_store(settings) as store:
        chosen = choose_sources(list_sources(store.syncs), names or ())
        summaries = _synced(settings, store, chosen, _Asked(moment, embeds=not no_embed, stop=_stopped_by_signals()))
    if as_json:
        typer.echo(json.dumps({"sources": [_summary(one) for one in summaries]}, ensure_ascii=False))
    for summary in summaries:
        typer.echo(_told(summary), err=True)


@app.command("keep-up", hidden=True)
def keep_up(*, database: options.Database = None, model: options.Model = None) -> None:
    """Sync as the schedule of `headwater serve` does: at low priority, and until standard input is closed."""
    settings = load_settings(database=database, model=model)

    from headwater.sources.keeping_up.lease import SyncUnderWayError  # noqa: PLC0415 - loads the database
    from headwater.sources.keeping_up.listing import choose_sources, list_sources  # noqa: PLC0415
    from headwater.wiring import open_store  # noqa: PLC0415

    if hasattr(os, "nice"):
        os.nice(LOW_PRIORITY)
    stop = _stopped_by_signals()
    threading.Thread(target=_watch_input, args=(stop,), daemon=True).start()
    summaries: list[SyncSummary] = []
    with open_store(settings) as store, suppress(SyncUnderWayError):
        # Half the interval: services that began at different times still sync once an interval between them.
        if store.syncs.begin_scheduled(settings.sync_minutes / 2):
            chosen = choose_sources(list_sources(store.syncs), settings.sync_sources)
            summaries = _synced(settings, store, chosen, _Asked(None, embeds=True, stop=stop))
    typer.echo(json.dumps({"sources": [_summary(one) for one in summaries]}, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class _Asked:
    since: datetime | None
    embeds: bool
    stop: threading.Event


def _synced(settings: Settings, store: CorpusStore, sources: list[SourceEntry], asked: _Asked) -> list[SyncSummary]:
    from headwater.cli.sync_progress import ShownSync  # noqa: PLC0415 - rich is slow to load
    from headwater.sources.embedding import embed_passages  # noqa: PLC0415
    from headwater.sources.fetching.clock import StoppedError, SystemClock  # noqa: PLC0415
    from headwater.sources.keeping_up.lease import SyncLease  # noqa: PLC0415
    from headwater.sources.keeping_up.sync import SyncParts, sync_sources  # noqa: PLC0415
    from headwater.wiring import open_encoder, open_fetcher  # noqa: PLC0415

    clock = SystemClock(asked.stop)
    summaries: list[SyncSummary] = []
    with SyncLease(store.syncs, asked.stop) as lease, open_fetcher(settings, clock) as fetcher, ShownSync() as shown:
        progress: SyncProgress = shown
        parts = SyncParts(store, fetcher, clock, keep=lease.keep, progress=progress)
        try:
            for source in sources:
                summaries += sync_sources(parts, [source], asked.since)
                lease.keep()
            if asked.embeds:
                embed_passages(store, open_encoder(settings, store), progress=shown)
        except StoppedError:
            typer.echo("stopped; the next sync goes on from here", err=True)
    return summaries


def _stopped_by_signals() -> threading.Event:
    """Return an event that is set when the process is told to end."""
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
    return stop


def _watch_input(stop: threading.Event) -> None:
    sys.stdin.buffer.read()  # ends when the service does, however it ends
    stop.set()


def _options(given: list[str]) -> dict[str, str]:
    parted = [one.partition("=") for one in given]
    wrong = next((name for name, equals, _ in parted if not equals or not name.strip()), None)
    if wrong is not None:
        raise InvalidInputError(f"--option must be written as NAME=VALUE, not {wrong!r}")
    return {name.strip(): value.strip() for name, _, value in parted}


def _row(source: SourceEntry, state: SyncState, counts: FindCounts) -> dict[str, Any]:
    return {
        "name": source.name,
        "title": source.title,
        "reader": source.reader,
        "last_sync": state.finished.isoformat(timespec="seconds") if state.finished else None,
        "not_before": state.not_before.isoformat(timespec="seconds") if state.not_before else None,
        "read": counts.read,
        "waiting": counts.waiting,
        "failed": counts.failed,
        "problem": state.problem,
    }


def _line(row: dict[str, Any]) -> str:
    from headwater.report.text import visible  # noqa: PLC0415 - rich is slow to load

    synced = (
        f"last synced {row['last_sync'][:16].replace('T', ' ')} UTC" if row["last_sync"] else "never synced to its end"
    )
    counted = [f"{row[what]:,} {what}" for what in ("read", "waiting", "failed") if row[what]]
    problem = f"\n    {visible(row['problem'])}" if row["problem"] else ""
    return f"{row['name']:<24} {visible(row['title'])}\n    {'; '.join([synced, *counted])}{problem}"


def _summary(summary: SyncSummary) -> dict[str, Any]:
    return {
        "name": summary.source.name,
        "since": summary.since.isoformat() if summary.since else None,
        "found": summary.found,
        "added": summary.outcome.added,
        "new_versions": summary.outcome.new_versions,
        "unchanged": summary.outcome.unchanged + summary.unchanged,
        "departed": summary.departed,
        "waiting": summary.waiting,
        "not_before": summary.not_before.isoformat() if summary.not_before else None,
        "problems": summary.problems,
    }


def _told(summary: SyncSummary) -> str:
    outcome = summary.outcome
    parts = [
        f"{summary.found:,} listed",
        f"{outcome.added:,} new",
        f"{outcome.new_versions:,} new versions",
        f"{outcome.unchanged + summary.unchanged:,} unchanged",
    ]
    parts += [f"{summary.departed:,} gone or moved"] if summary.departed else []
    parts += [f"{summary.waiting:,} still to be read"] if summary.waiting else []
    parts += [f"{len(summary.problems):,} could not be read, see above"] if summary.problems else []
    if summary.not_before is not None:
        parts.append(f"its publisher asks not to be asked before {summary.not_before:%Y-%m-%d %H:%M} UTC")
    return f"{summary.source.name}: {', '.join(parts)}"
