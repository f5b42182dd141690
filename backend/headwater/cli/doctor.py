"""`headwater doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from headwater.cli import options
from headwater.cli.exits import EXIT_NOT_READY
from headwater.cli.output import print_json
from headwater.domain.errors import HeadwaterError
from headwater.settings import Settings, SettingsError, is_loopback, load_settings, setting_name

OK, NOTE, FAULT = "ok", "note", "fault"
LEAST_ROOM = 500_000_000  # bytes: a backup before an upgrade, and a day's documents with their vectors
SHARE_MISSING = 0.01  # passages without a vector that ingestion under way explains


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what came of it.

    Args:
        what: Was looked at.
        state: "ok", "note" (works, and should be known) or "fault".
        says: What was found.
        cure: What to do; "" where nothing is to be done.
    """

    what: str
    state: str
    says: str
    cure: str = ""


def examine(*, as_json: options.AsJson = False, database: options.Database = None) -> None:
    """Look at settings, database, migrations, model, index, disk, port, keys and hosts; leave with 3 if any is faulty.

    Nothing is changed: no corpus is made, and none is upgraded.
    """
    found = list(find_all(database))
    if as_json:
        print_json({"findings": [vars_of(one) for one in found]})
    else:
        for one in found:
            typer.echo(f"{one.state:<5} {one.what}: {one.says}" + (f"\n      -> {one.cure}" if one.cure else ""))
    if any(one.state == FAULT for one in found):
        raise typer.Exit(EXIT_NOT_READY)


def vars_of(finding: Finding) -> dict[str, str]:
    """Return a finding as plain values."""
    return {"what": finding.what, "state": finding.state, "says": finding.says, "cure": finding.cure}


def find_all(database: Path | None = None) -> Iterator[Finding]:
    """Look at everything, in the order in which faults are mended; each look fails by itself.

    Args:
        database: The corpus, where it is named by an option.
    """
    try:
        settings = load_settings(database=database)
    except SettingsError as error:
        yield Finding("settings", FAULT, str(error), "mend the variable, or unset it; docs/operators.md lists them all")
        return
    yield Finding("settings", OK, "all can be used")
    for what, look in LOOKS.items():
        try:
            yield from look(settings)
        except Exception as error:  # whatever a broken installation comes up with is a finding, too
            says = str(error) if isinstance(error, HeadwaterError | OSError) else type(error).__name__
            yield Finding(what, FAULT, says or type(error).__name__, "see the message; then run this again")


def look_at_database(settings: Settings) -> Iterator[Finding]:
    """Say whether the database can be opened and is whole, and whether its tables are this program's."""
    from headwater.corpus import migrating  # noqa: PLC0415 - loads the database
    from headwater.corpus.engine import Database  # noqa: PLC0415
    from headwater.corpus.postgres.engine import PostgresDatabase  # noqa: PLC0415

    if _is_missing(settings):
        yield Finding(
            "database", FAULT, "there is no corpus yet", "headwater ingest PATH..., or headwater sources sync"
        )
        return
    url = settings.database_url
    opened = PostgresDatabase(url.get_secret_value()) if url else Database(settings.database)
    try:
        if opened.warning:
            yield Finding("database", NOTE, opened.warning)
        with opened.read() as connection:
            state = migrating.read_state(connection)
            if not url:
                said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
                if said != "ok":
                    cure = "put a backup in its place, or ingest the documents into a new file"
                    yield Finding("database", FAULT, "the file is damaged", cure)
                    return
    finally:
        opened.close()
    yield Finding("database", OK, "opens and is whole")
    if state == migrating.HEAD:
        yield Finding("migrations", OK, f"the tables are of version {state}")
    elif state in migrating.revisions() or not state:
        yield Finding(
            "migrations", FAULT, f"tables {state or 'missing'}, wanted {migrating.HEAD}", "headwater migrate upgrade"
        )
    else:
        yield Finding("migrations", FAULT, f"the tables are of a newer Headwater: {state}", "update this program")


def look_at_model(settings: Settings) -> Iterator[Finding]:
    """Say whether the model loads, and whether the corpus is indexed by it."""
    from headwater.wiring import find_store, model_name, open_encoder  # noqa: PLC0415

    if _is_stale(settings):
        yield Finding("model", NOTE, "not looked at: the tables come first")
        return
    with find_store(settings) as store:
        name = model_name(settings, store)
        try:
            model_id = open_encoder(settings, store).model_id
        except Exception as error:
            yield Finding("model", FAULT, f"{name}: {error}", "headwater models list; headwater models build")
            return
        yield Finding("model", OK, f"{name} loads")
        if store is None:
            return
        passages, held = store.passage_count(), store.stored_models()
        if not passages:
            yield Finding("index", FAULT, "the corpus holds no passage", "headwater ingest PATH...")
        elif not held.get(model_id):
            others = ", ".join(held) or "none"
            cure = "headwater reindex, or headwater models use"
            yield Finding("index", FAULT, f"no vectors of this model; there are: {others}", cure)
        elif missing := len(store.passages_without_vector(model_id, 1_000)):
            state = FAULT if missing > max(1, passages * SHARE_MISSING) else NOTE
            yield Finding("index", state, f"{missing} or more passages have no vector", "headwater embed")
        else:
            yield Finding("index", OK, f"all {passages:,} passages have vectors")


def look_at_disk(settings: Settings) -> Iterator[Finding]:
    """Say how much room there is, and whether the corpus can be written."""
    if settings.database_url:
        yield Finding("disk", NOTE, "the corpus is in PostgreSQL: look at the room there")
        return
    folder = next(one for one in settings.database.absolute().parents if one.exists())
    free = shutil.disk_usage(folder).free
    size = settings.database.stat().st_size if settings.database.exists() else 0
    wanted = max(LEAST_ROOM, size)
    if not os.access(folder, os.W_OK):
        yield Finding("disk", NOTE, "the corpus's folder cannot be written: it can be searched, and nothing added")
    elif free < wanted:
        says = f"{free / 1e9:.1f} GB free; a backup before an upgrade takes {wanted / 1e9:.1f} GB"
        yield Finding("disk", FAULT if free < LEAST_ROOM else NOTE, says, "make room")
    else:
        yield Finding("disk", OK, f"{free / 1e9:.1f} GB free")


def look_at_port(settings: Settings) -> Iterator[Finding]:
    """Say whether the service could listen, or listens already."""
    from headwater.cli.serve import listen  # noqa: PLC0415

    where = f"{settings.host} port {settings.port}"
    try:
        listen(settings.host, settings.port).close()
    except HeadwaterError as error:
        with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
            probe.settimeout(1)
            is_taken = probe.connect_ex((settings.host, settings.port)) == 0
        if is_taken:
            yield Finding("port", NOTE, f"something listens on {where}: this service, or another program")
        else:
            cure = f"choose others by {setting_name('host')} and {setting_name('port')}"
            yield Finding("port", FAULT, str(error), cure)
    else:
        yield Finding("port", OK, f"{where} is free")


def look_at_access(settings: Settings) -> Iterator[Finding]:
    """Say who may ask, and whether the service would start so."""
    from headwater.cli.guarding import has_live_key, require_guard  # noqa: PLC0415

    if _is_stale(settings):
        yield Finding("keys", NOTE, "not looked at: the tables come first")
        return
    try:
        require_guard(settings)
    except HeadwaterError as error:
        yield Finding("keys", FAULT, str(error), "headwater keys create NAME")
        return
    if settings.access == "proxy":
        says = f"{setting_name('access')}=proxy: whoever reaches the service is answered"
        yield Finding("keys", NOTE, says, "see to it that only the proxy reaches it")
    else:
        asked = has_live_key(settings) and settings.access != "open"
        yield Finding(
            "keys", OK, "a key is needed" if asked else "none is needed on this machine, and none else answered"
        )


def look_at_hosts(settings: Settings) -> Iterator[Finding]:
    """Say by which names the service can be addressed."""
    name = setting_name("allowed_hosts")
    if "*" in settings.allowed_hosts:
        cure = f"list the names the service goes by in {name}"
        yield Finding("allowed hosts", NOTE, "any name is answered: nothing holds DNS rebinding off", cure)
    elif not is_loopback(settings.host) and all(is_loopback(host) for host in settings.allowed_hosts):
        says = f"the service listens on {settings.host} and answers to names of this machine alone"
        yield Finding("allowed hosts", FAULT, says, f"add the name that callers use to {name}")
    else:
        yield Finding("allowed hosts", OK, ", ".join(settings.allowed_hosts))


LOOKS: dict[str, Callable[[Settings], Iterator[Finding]]] = {
    "database": look_at_database,
    "model": look_at_model,
    "disk": look_at_disk,
    "port": look_at_port,
    "keys": look_at_access,
    "allowed hosts": look_at_hosts,
}


def _is_missing(settings: Settings) -> bool:
    return settings.database_url is None and not settings.database.exists()


def _is_stale(settings: Settings) -> bool:
    """Say whether opening the corpus as other commands do would upgrade a file: a look must not."""
    from headwater.corpus import migrating  # noqa: PLC0415 - loads the database
    from headwater.corpus.engine import Database  # noqa: PLC0415

    if settings.database_url is not None or _is_missing(settings):
        return False
    opened = Database(settings.database)
    try:
        with opened.read() as connection:
            return migrating.read_state(connection) != migrating.HEAD
    finally:
        opened.close()
