"""`headwater models`: the embedding models that can be used here, and which one answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli import options
from headwater.settings import Settings, load_settings, setting_name

if TYPE_CHECKING:
    from headwater.corpus.store import CorpusStore
    from headwater_embeddings.listing import ListedModel

app = typer.Typer(no_args_is_help=True, help="List, build, register and choose embedding models.")

COLUMNS = ("", "NAME", "DIMENSIONS", "SIZE", "LICENCE", "STATE", "INDEX OF THE CORPUS")
NOTHING = "-"

Name = Annotated[str, typer.Argument(metavar="NAME", help="As `headwater models list` prints it.")]
NameOrFolder = Annotated[
    str, typer.Argument(metavar="NAME", help="As `headwater models list` prints it, or the folder of a model.")
]
Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", exists=True, file_okay=False, help="Of a sentence-transformers model."),
]
NewName = Annotated[
    str, typer.Option("--name", metavar="NAME", help="To ask for it by; the folder's name if left out.")
]


@app.command("list")
def list_models(*, database: options.Database = None) -> None:
    """List the models: width, size and licence, whether each can be used now, and whether the corpus is indexed by it.

    The one that answers is marked *, the one that is to answer after `headwater reindex` +.
    """
    settings = load_settings(database=database)

    from headwater.wiring import find_store, model_name  # noqa: PLC0415
    from headwater_embeddings.listing import list_models as listed_models  # noqa: PLC0415 - loads numpy

    models = listed_models(settings.model_dir)
    with find_store(settings) as store:
        chosen, wanted = model_name(settings, store), store.models.wanted() if store else ""
        rows = [_row(model, chosen, wanted, _indexed(store, model.model_id)) for model in models]
        known = {model.model_id for model in models}
        others = {} if store is None else {one: held for one, held in store.stored_models().items() if one not in known}
    for line in _table([COLUMNS, *rows]):
        typer.echo(line)
    for model_id, held in others.items():
        typer.echo(f"the corpus has {held:,} vectors of {model_id} as well, which is none of these")
    typer.echo(f"in use: {chosen}, {_by_whom(settings, store)}", err=True)


@app.command("build")
def build_model() -> None:
    """Build the fast encoder from the packaged weights, check it against the reference, and keep it."""
    settings = load_settings()

    from headwater_embeddings.build import DEFAULT_NAME, build_fast_encoder  # noqa: PLC0415 - loads torch

    destination = settings.model_dir / DEFAULT_NAME if settings.model_dir else None
    folder = build_fast_encoder(destination, progress=lambda step: typer.echo(f"{step} ...", err=True))
    typer.echo(f"built: {folder}", err=True)


@app.command("add")
def add_model(folder: Folder, *, name: NewName = "") -> None:
    """Register the folder of a sentence-transformers model, which is tried and whose files are noted by their hashes.

    The folder stays where it is. Weights must be safetensors, and no code of the model's own is run.
    """
    settings = load_settings()
    registered = _register(settings, folder, name)
    typer.echo(f"registered: {registered}", err=True)


@app.command("forget")
def forget_model(name: Name) -> None:
    """Take a registered model off the list; its folder stays as it is."""
    settings = load_settings()

    from headwater_embeddings.errors import UnknownModelError  # noqa: PLC0415 - loads numpy
    from headwater_embeddings.registered import forget_model as forget  # noqa: PLC0415
    from headwater_embeddings.registered import read_registered  # noqa: PLC0415
    from headwater_embeddings.registry import model_folder  # noqa: PLC0415

    model_dir = model_folder(settings.model_dir)
    if not forget(name, model_dir):
        raise UnknownModelError(name, read_registered(model_dir))
    typer.echo(f"forgotten: {name}", err=True)


@app.command("use")
def use_model(name: NameOrFolder, *, database: options.Database = None) -> None:
    """Choose the model that answers for the corpus; the choice is kept in the corpus itself.

    A corpus that is indexed by it already switches at once, and services that are running follow. Otherwise the model
    in use goes on until `headwater reindex` has made the new index.
    """
    settings = load_settings(database=database)

    from headwater.corpus.model_choice import ModelInUse  # noqa: PLC0415
    from headwater.wiring import open_encoder, open_store  # noqa: PLC0415

    chosen = _name_of(settings, name)
    encoder = open_encoder(settings.model_copy(update={"model": chosen}))
    with open_store(settings) as store:
        if store.models.use(ModelInUse(chosen, encoder.model_id)):
            typer.echo(f"the corpus answers by {chosen} ({encoder.model_id})", err=True)
        else:
            store.models.want(chosen)
            missing = store.texts_without_vector(encoder.model_id)
            typer.echo(
                f"{missing:,} texts have no vector by {chosen} yet: run `headwater reindex`; until it has ended, the "
                "model in use goes on answering",
                err=True,
            )
    if settings.model is not None:
        typer.echo(f"{setting_name('model')} is set, and goes before the corpus's choice wherever it is", err=True)


def _name_of(settings: Settings, name: str) -> str:
    """Return the name of a model, or of the folder that is registered under one hereby."""
    from headwater_embeddings.listing import list_models as listed_models  # noqa: PLC0415 - loads numpy

    models = listed_models(settings.model_dir)
    folder = Path(name).expanduser()
    if any(model.name == name for model in models) or not name or not folder.is_dir():
        return name
    registered = [model.name for model in models if model.folder == folder.resolve()]
    return registered[0] if registered else _register(settings, folder, "")


def _register(settings: Settings, folder: Path, name: str) -> str:
    from headwater_embeddings.registered import register_model  # noqa: PLC0415 - loads torch
    from headwater_embeddings.registry import known_models, model_folder  # noqa: PLC0415

    reserved = [model.name for model in known_models()]
    return register_model(folder, model_folder(settings.model_dir), name=name, reserved=reserved).name


def _row(model: ListedModel, chosen: str, wanted: str, indexed: str) -> tuple[str, ...]:
    mark = "*" if model.name == chosen else "+" if model.name == wanted else ""
    size = f"{model.size / 1e6:,.1f} MB" if model.size else NOTHING
    return (mark, model.name, str(model.dimensions), size, model.licence, model.state, indexed)


def _indexed(store: CorpusStore | None, model_id: str) -> str:
    held = store.stored_models().get(model_id, 0) if store is not None else 0
    if store is None or not held:
        return NOTHING
    missing = store.texts_without_vector(model_id)
    return f"{held:,} of {held + missing:,} texts" if missing else f"whole: {held:,} texts"


def _by_whom(settings: Settings, store: CorpusStore | None) -> str:
    if settings.model is not None:
        return f"by {setting_name('model')}"
    return "chosen for this corpus" if store is not None and store.models.in_use() else "by default"


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
