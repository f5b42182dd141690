"""`headwater models`: the embedding models that can be used here."""

from __future__ import annotations

import typer

from headwater.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="List and build embedding models.")


@app.command("list")
def list_models() -> None:
    """List the models by name, and whether each can be used now."""
    settings = load_settings()

    from headwater_embeddings.registry import DEFAULT_MODEL, is_built, known_models  # noqa: PLC0415 - loads numpy

    for model in known_models():
        built = model.kind != "onnx" or is_built(model.name, model_dir=settings.model_dir)
        chosen = "*" if model.name == (settings.model or DEFAULT_MODEL) else " "
        typer.echo(f"{chosen} {model.name:<14} {'ready' if built else 'not built':<10} {model.about}")


@app.command("build")
def build_model() -> None:
    """Build the fast encoder from the packaged weights, check it against the reference, and keep it."""
    settings = load_settings()

    from headwater_embeddings.build import DEFAULT_NAME, build_fast_encoder  # noqa: PLC0415 - loads torch

    destination = settings.model_dir / DEFAULT_NAME if settings.model_dir else None
    folder = build_fast_encoder(destination, progress=lambda step: typer.echo(f"{step} ...", err=True))
    typer.echo(f"built: {folder}", err=True)
