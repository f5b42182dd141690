"""What can be said of each model without loading it: width, size, licence, whether it can be used, its identifier."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from headwater_embeddings.errors import EmbeddingsError
from headwater_embeddings.hashing import HashingEncoder
from headwater_embeddings.manifest import MANIFEST, id_of, parse_manifest
from headwater_embeddings.packaged import packaged_folder, read_packaged_model
from headwater_embeddings.registered import RegisteredModel, read_registered
from headwater_embeddings.registry import KnownModel, known_models, model_folder
from headwater_embeddings.transformer import torch_id

READY, NOT_BUILT, MISSING, DAMAGED = "ready", "not built", "missing", "damaged"


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model as a list shows it.

    Args:
        name: To ask for it by.
        about: One line saying what it is.
        licence: Of its weights.
        dimensions: Width of a vector.
        size: Bytes of its files, or 0.
        state: ready, not built, missing or damaged.
        model_id: What its vectors are stored under, or "" where that cannot be said.
        folder: Where its files are, or None.
    """

    name: str
    about: str
    licence: str
    dimensions: int
    size: int
    state: str
    model_id: str
    folder: Path | None = None


def list_models(model_dir: Path | None = None) -> tuple[ListedModel, ...]:
    """Return the known models, then the registered ones, in the order of their names; nothing is loaded.

    Args:
        model_dir: Where built models and the list of registered ones lie; `default_model_dir()` by default.

    Raises:
        UnusableModelError: If the list of registered models cannot be read.
    """
    folder = model_folder(model_dir)
    registered = sorted(read_registered(folder).items())
    return (
        *(_known(model, folder) for model in known_models()),
        *(_registered(model) for _, model in registered),
    )


def _known(model: KnownModel, model_dir: Path) -> ListedModel:
    size, state, model_id, folder = 0, MISSING, "", None
    if model.kind == "hashing":
        state, model_id = READY, HashingEncoder().model_id
    elif model.kind == "transformer":
        with suppress(EmbeddingsError):
            folder = packaged_folder()
            model_id = torch_id(folder, read_packaged_model().name)
            size, state = _size(folder), READY
    else:
        folder = model_dir / model.name
        state = DAMAGED if (folder / MANIFEST).exists() else NOT_BUILT
        with suppress(EmbeddingsError):
            manifest = parse_manifest(folder)
            there = all((folder / name).is_file() for name in manifest.files)
            model_id, size, state = id_of(manifest), _size(folder), READY if there else DAMAGED
    return ListedModel(
        model.name, model.about, model.licence, model.dimensions, size=size, state=state, model_id=model_id,
        folder=folder,
    )  # fmt: skip


def _registered(model: RegisteredModel) -> ListedModel:
    missing = [name for name in model.files if not (model.folder / name).is_file()]
    return ListedModel(
        model.name,
        "registered from a folder",
        model.licence,
        model.dimensions,
        size=_size(model.folder),
        state=MISSING if missing else READY,
        model_id=model.model_id,
        folder=model.folder,
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
