"""Names to encoders: the table of known models, and one function that opens any of them."""

from __future__ import annotations

import sys
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from headwater_embeddings.encoder import Encoder
from headwater_embeddings.errors import ModelNotBuiltError, UnknownModelError
from headwater_embeddings.hashing import HashingEncoder
from headwater_embeddings.manifest import MANIFEST
from headwater_embeddings.packaged import checked_packaged_folder, read_packaged_model
from headwater_embeddings.registered import open_registered, read_registered

DEFAULT_MODEL = "minilm"  # what answers until another model is chosen


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that can be asked for by name.

    Args:
        name: To ask for it by.
        kind: onnx, transformer or hashing.
        about: One line saying what it is.
        licence: Of its weights.
        dimensions: Width of a vector.
    """

    name: str
    kind: str
    about: str
    licence: str
    dimensions: int


def known_models() -> tuple[KnownModel, ...]:
    """Return the models of models.toml, in its order."""
    table = tomllib.loads((files("headwater_embeddings") / "models.toml").read_text(encoding="utf-8"))
    return tuple(KnownModel(name, **entry) for name, entry in table.items())


def default_model_dir() -> Path:
    """Return where built models live unless the caller says otherwise: inside the virtual environment."""
    return Path(sys.prefix) / "share" / "headwater" / "models"


def model_folder(model_dir: Path | None) -> Path:
    """Return where built models and the list of registered ones lie.

    Args:
        model_dir: What the caller chose, or None.
    """
    return model_dir or default_model_dir()


def is_built(name: str, *, model_dir: Path | None = None) -> bool:
    """Say whether a model of kind onnx has been built; nothing is loaded or checked.

    Args:
        name: Of a known model.
        model_dir: Where built models live; `default_model_dir()` by default.
    """
    return (model_folder(model_dir) / name / MANIFEST).is_file()


def load_encoder(name: str, *, model_dir: Path | None = None, threads: int = 1) -> Encoder:
    """Open an encoder by name or by path.

    Args:
        name: Of a known or a registered model, or the path of a folder that holds a sentence-transformers model.
        model_dir: Where built models live; `default_model_dir()` by default.
        threads: Texts encoded at the same time within one call, where the model can.

    Raises:
        UnknownModelError: If there is no model of that name, and no folder of that path.
        ModelNotBuiltError: If the model has to be built first.
        UnusableModelError: If the folder holds no model that may be loaded.
        WeightsTamperedError: If a file is not the one it has to be.
        DisagreementError: If the built model does not give the reference's vectors on this processor.
    """
    known = {model.name: model for model in known_models()}
    model = known.get(name)
    if model is None:
        return _load_own(name, model_folder(model_dir), tuple(known))
    if model.kind == "hashing":
        return HashingEncoder()
    if model.kind == "transformer":
        from headwater_embeddings.transformer import TransformerEncoder  # noqa: PLC0415

        return TransformerEncoder(checked_packaged_folder(), name=read_packaged_model().name)
    return _load_built(name, model_folder(model_dir), threads)


def _load_built(name: str, model_dir: Path, threads: int) -> Encoder:
    if not is_built(name, model_dir=model_dir):
        raise ModelNotBuiltError(name, model_dir / name)
    from headwater_embeddings.onnx import OnnxEncoder  # noqa: PLC0415

    return OnnxEncoder(model_dir / name, threads=threads)


def _load_own(name: str, model_dir: Path, known: tuple[str, ...]) -> Encoder:
    registered = read_registered(model_dir)
    if name in registered:
        return open_registered(registered[name])
    if not name or not _is_folder(name):
        raise UnknownModelError(name, (*known, *registered))
    from headwater_embeddings.transformer import TransformerEncoder  # noqa: PLC0415

    return TransformerEncoder(Path(name))


def _is_folder(name: str) -> bool:
    with suppress(OSError, ValueError):  # a name too long for a path, or with a character that no path can have
        return Path(name).is_dir()
    return False
