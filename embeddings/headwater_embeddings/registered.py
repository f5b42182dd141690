"""Models of one's own: folders of sentence-transformers models, registered under a name with the hashes of their files.

The list is a file in the model folder, because where a model lies is a matter of the machine. A folder that has changed
since it was registered is refused when it is opened: its vectors would not be those that an index was made of.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from headwater_embeddings.errors import UnusableModelError
from headwater_embeddings.manifest import check_hashes, sha256_of
from headwater_embeddings.transformer import TransformerEncoder, fingerprinted_files

LIST = "registered.json"
FORMAT = 1
NOT_STATED = "not stated"
PROBES = ("Inflation fell.", "The bridge was opened by the minister on Tuesday.")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LICENCE = re.compile(r"^license:[ \t]*+([\w.+-]{1,64})[ \t]*+$", re.MULTILINE)
_FRONT_MATTER = 4_096  # characters of a model's README that are looked through


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A model of one's own.

    Args:
        name: To ask for it by.
        folder: Where it lies.
        model_id: Name and fingerprint, as the encoder gives it.
        dimensions: Width of a vector.
        licence: As its README states it.
        files: File name to sha256, hexadecimal, of the files that its vectors depend on.
    """

    name: str
    folder: Path
    model_id: str
    dimensions: int
    licence: str
    files: Mapping[str, str]

    @property
    def cure(self) -> str:
        """What to do where a file is missing or changed."""
        return f"put the file back, or register the folder as it is now: `headwater models add {self.folder}`"


def read_registered(model_dir: Path) -> dict[str, RegisteredModel]:
    """Return the registered models by name.

    Args:
        model_dir: Where the list lies; it need not exist.

    Raises:
        UnusableModelError: If the list cannot be read.
    """
    path = model_dir / LIST
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] != FORMAT:
            raise UnusableModelError(model_dir, f"{LIST} is of format {held['format']}, {FORMAT} is needed")
        return {
            name: RegisteredModel(**{**fields, "name": name, "folder": Path(fields["folder"])})
            for name, fields in held["models"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"{LIST} cannot be read ({type(error).__name__}): delete it, and register the folders again"
        raise UnusableModelError(model_dir, reason) from error


def register_model(folder: Path, model_dir: Path, *, name: str = "", reserved: Container[str] = ()) -> RegisteredModel:
    """Try a model, note it with the hashes of its files, and return it; one of that name is replaced.

    Args:
        folder: Of a sentence-transformers model.
        model_dir: Where the list lies; made if need be.
        name: To ask for it by; the folder's name by default.
        reserved: Names that are taken.

    Raises:
        UnusableModelError: If it cannot be loaded, its vectors are of no use, or the name cannot be used.
        OSError: If the list cannot be written.
    """
    folder = folder.expanduser().resolve()
    name = name or folder.name
    if not _NAME.fullmatch(name):
        raise UnusableModelError(folder, f"{name!r} is no name: letters, digits, dots, hyphens; choose one by --name")
    if name in reserved:
        raise UnusableModelError(folder, f"the name {name!r} is taken: choose another by --name")
    encoder = TransformerEncoder(folder, name=name)
    _check_vectors(folder, encoder)
    files = {path.relative_to(folder).as_posix(): sha256_of(path) for path in fingerprinted_files(folder)}
    model = RegisteredModel(name, folder, encoder.model_id, encoder.dimensions, licence_of(folder), files)
    _write(model_dir, read_registered(model_dir) | {name: model})
    return model


def forget_model(name: str, model_dir: Path) -> bool:
    """Take a model off the list, and say whether it was on it; its folder stays as it is.

    Args:
        name: Of a registered model.
        model_dir: Where the list lies.

    Raises:
        UnusableModelError: If the list cannot be read.
        OSError: If it cannot be written.
    """
    held = read_registered(model_dir)
    if name not in held:
        return False
    _write(model_dir, {other: model for other, model in held.items() if other != name})
    return True


def open_registered(model: RegisteredModel) -> TransformerEncoder:
    """Open a registered model, once its files are those that were registered.

    Args:
        model: Which.

    Raises:
        UnusableModelError: If a file is missing, or the model cannot be loaded.
        WeightsTamperedError: If a file has another hash.
    """
    check_hashes(model.folder, model.files, cure=model.cure)
    return TransformerEncoder(model.folder, name=model.name)


def licence_of(folder: Path) -> str:
    """Return the licence that a model's README states in its first lines, or "not stated".

    Args:
        folder: Of the model.
    """
    with suppress(OSError):
        with (folder / "README.md").open(encoding="utf-8", errors="replace") as file:
            found = _LICENCE.search(file.read(_FRONT_MATTER))
        return found.group(1) if found else NOT_STATED
    return NOT_STATED


def _check_vectors(folder: Path, encoder: TransformerEncoder) -> None:
    vectors = encoder.encode(PROBES)
    if not encoder.dimensions or not np.isfinite(vectors).all() or not np.abs(vectors).sum(axis=1).all():
        raise UnusableModelError(folder, "it makes no vectors of sentences")
    if np.allclose(vectors[0], vectors[1]):
        raise UnusableModelError(folder, "it makes the same vector of different sentences")


def _write(model_dir: Path, models: Mapping[str, RegisteredModel]) -> None:
    """Write the list beside the old one, and put it in place at once."""
    model_dir.mkdir(parents=True, exist_ok=True)
    fields = {name: {**asdict(model), "folder": str(model.folder)} for name, model in models.items()}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=model_dir, prefix=f".{LIST}-", delete=False) as file:
        try:
            json.dump({"format": FORMAT, "models": fields}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(model_dir / LIST)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
