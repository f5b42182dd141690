"""The manifest of a built encoder: what is in its folder, hash by hash, and how it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from headwater_embeddings.errors import UnusableModelError, WeightsTamperedError

MANIFEST = "manifest.json"
GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
CURE = "run `headwater models build`"  # makes the folder anew from the packaged weights
FORMAT = 1  # raise it when an older folder cannot be read any more


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in manifest.json.

    Args:
        model: Name of the model that the encoder was made from.
        precision: Of its arithmetic: int8, int8-reduced or fp32.
        dimensions: Width of a vector.
        max_tokens: Tokens of a text that are read.
        files: File name to sha256, hexadecimal, of each file beside the manifest.
        source: The same of the files it was made from.
        versions: Library name to version, of those that made it.
        agreement: Lowest and mean cosine to the reference over the built-in sentences.
        probe: A sentence for a check at every start.
        probe_vector: What the reference makes of it. Shape: (dimensions,).
        format: Of the manifest.
    """

    model: str
    precision: str
    dimensions: int
    max_tokens: int
    files: dict[str, str]
    source: dict[str, str]
    versions: dict[str, str]
    agreement: dict[str, float]
    probe: str
    probe_vector: list[float]
    format: int = FORMAT


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write manifest.json into a folder."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def parse_manifest(folder: Path) -> Manifest:
    """Read manifest.json of a folder.

    Args:
        folder: Of the built model.

    Raises:
        UnusableModelError: If there is none, or it is not one of this format.
    """
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if fields.get("format") != FORMAT:
            raise UnusableModelError(folder, f"manifest of format {fields.get('format')}, {FORMAT} is needed; {CURE}")
        manifest = Manifest(**fields)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UnusableModelError(folder, f"its {MANIFEST} cannot be read ({type(error).__name__}); {CURE}") from error
    missing = {GRAPH, TOKENIZER} - set(manifest.files)
    if missing:
        raise UnusableModelError(folder, f"its {MANIFEST} does not name {', '.join(sorted(missing))}; {CURE}")
    return manifest


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, hexadecimal."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def id_of(manifest: Manifest) -> str:
    """Return the identifier of a built model: its name, arithmetic and fingerprint."""
    return f"{manifest.model}/onnx-{manifest.precision}@{manifest.files[GRAPH][:12]}"


def check_hashes(folder: Path, expected: Mapping[str, str], *, cure: str) -> None:
    """Compare files with their hashes.

    Args:
        folder: Where they are.
        expected: File name to sha256, hexadecimal.
        cure: What to do where one is missing or changed.

    Raises:
        UnusableModelError: If a file is missing or cannot be read.
        WeightsTamperedError: If a file has another hash.
    """
    for name, wanted in expected.items():
        path = folder / name
        try:
            found = sha256_of(path)
        except OSError as error:
            raise UnusableModelError(folder, f"{name} cannot be read ({type(error).__name__}); {cure}") from error
        if found != wanted:
            raise WeightsTamperedError(path, wanted, found, cure=cure)
