"""`headwater keys`: who may ask the service, how often, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headwater.cli import options
from headwater.cli.output import print_json
from headwater.settings import load_settings

if TYPE_CHECKING:
    from headwater.corpus.key_secrets import WrittenKey
    from headwater.corpus.keys import StoredKey

app = typer.Typer(name="keys", no_args_is_help=True, help="API keys: make, list, replace and revoke them.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Who or what the key is for.")]
KeyId = Annotated[str, typer.Argument(metavar="KEY_ID", help="As `headwater keys list` shows it.")]
Scopes = Annotated[
    list[str],
    typer.Option("--scope", metavar="NAMES", help="match, check, ingest or admin; several by commas. admin holds all."),
]
PerMinute = Annotated[int, typer.Option("--per-minute", min=1, max=100_000, metavar="N", help="Requests a minute.")]
PerDay = Annotated[
    int, typer.Option("--per-day", min=0, max=1_000_000_000, metavar="N", help="Requests a day (UTC); 0 for no quota.")
]
Days = Annotated[
    int | None, typer.Option("--days", min=1, max=36_500, metavar="N", help="Days until it ends; never unless given.")
]
Overlap = Annotated[
    int, typer.Option("--overlap", min=0, max=8_760, metavar="HOURS", help="How long the old key stays good.")
]
ONCE = "This is the only time the key is shown: keep it where secrets are kept."


@app.command("create")
def create_key(  # noqa: PLR0913 - one option each
    name: Name,
    *,
    scopes: Scopes = ["match", "check"],  # noqa: B006 - the form in which typer takes the default
    per_minute: PerMinute = 60,
    per_day: PerDay = 0,
    days: Days = None,
    as_json: options.AsJson = False,
    database: options.Database = None,
) -> None:
    """Make a key and print it, once. From the first key on, everybody who asks the service needs one."""
    settings = load_settings(database=database)

    from headwater.corpus.keys import KeyTerms, open_keys, parse_scopes  # noqa: PLC0415 - loads the database
    from headwater.wiring import open_store  # noqa: PLC0415

    expires = datetime.now(UTC) + timedelta(days=days) if days else None
    terms = KeyTerms(name, parse_scopes(scopes), per_minute, per_day, expires=expires)
    with open_store(settings) as store:
        made = open_keys(store).create(terms)
    _show_secret(made, as_json=as_json)


@app.command("list")
def list_keys(*, as_json: options.AsJson = False, database: options.Database = None) -> None:
    """List all keys, revoked and expired ones too; the secrets are not kept."""
    settings = load_settings(database=database)

    from headwater.corpus.keys import open_keys  # noqa: PLC0415 - loads the database
    from headwater.wiring import find_store  # noqa: PLC0415

    with find_store(settings) as store:
        found = open_keys(store).all() if store is not None else ()
    if as_json:
        print_json({"keys": [_as_values(key) for key in found]})
    else:
        _print_table(found)


@app.command("revoke")
def revoke_key(key_id: KeyId, *, database: options.Database = None) -> None:
    """End a key. Services that run know it within two seconds."""
    settings = load_settings(database=database)

    from headwater.corpus.keys import open_keys  # noqa: PLC0415 - loads the database
    from headwater.wiring import open_corpus  # noqa: PLC0415

    with open_corpus(settings) as store:
        key = open_keys(store).revoke(key_id)
    typer.echo(f"the key {key.key_id} is revoked", err=True)


@app.command("rotate")
def rotate_key(
    key_id: KeyId, *, overlap: Overlap = 24, as_json: options.AsJson = False, database: options.Database = None
) -> None:
    """Make a key on the same terms in the place of another, and print it, once; the old one ends after the overlap."""
    settings = load_settings(database=database)

    from headwater.corpus.keys import open_keys  # noqa: PLC0415 - loads the database
    from headwater.wiring import open_corpus  # noqa: PLC0415

    with open_corpus(settings) as store:
        made = open_keys(store).rotate(key_id, timedelta(hours=overlap))
    typer.echo(f"the key {key_id} ends in {overlap} h", err=True)
    _show_secret(made, as_json=as_json)


def _show_secret(made: WrittenKey, *, as_json: bool) -> None:
    if as_json:
        print_json({"key_id": made.key_id, "key": made.written})
    else:
        typer.echo(made.written)
    typer.echo(ONCE, err=True)


def _as_values(key: StoredKey) -> dict[str, Any]:
    moments = {"created": key.created, "expires": key.terms.expires, "revoked": key.revoked}
    return {
        "key_id": key.key_id,
        "name": key.terms.name,
        "state": key.state(datetime.now(UTC)),
        "scopes": list(key.terms.scopes),
        "per_minute": key.terms.per_minute,
        "per_day": key.terms.per_day,
        **{what: moment.isoformat(timespec="seconds") if moment else None for what, moment in moments.items()},
        "successor": key.successor or None,
        "used_day": key.used_day or None,
        "used": key.used,
    }


def _print_table(found: tuple[StoredKey, ...]) -> None:
    import sys  # noqa: PLC0415

    from rich.table import Table  # noqa: PLC0415 - slow to load

    from headwater.cli.output import unbroken_pipe  # noqa: PLC0415
    from headwater.report.text import make_console, visible  # noqa: PLC0415

    table = Table("key", "name", "state", "scopes", "a minute", "a day", "ends", "last used", box=None)
    for key in found:
        values = _as_values(key)
        cells = (values["state"], " ".join(key.terms.scopes), str(key.terms.per_minute), str(key.terms.per_day or "-"))
        ends, used = (values["expires"] or "-")[:16], f"{key.used_day}: {key.used:,}" if key.used_day else "-"
        table.add_row(key.key_id, visible(key.terms.name), *cells, ends, used)
    with unbroken_pipe():
        make_console(sys.stdout).print(table if found else "no keys: the service answers this machine alone")
