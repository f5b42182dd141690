"""The reference encoder: any sentence-transformers model in a local folder, on torch, without network.

torch takes seconds and 600 MB to import, so it is imported when a model is loaded, not before.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from headwater_embeddings.encoder import Vectors, to_unit_length, to_valid_unicode
from headwater_embeddings.errors import UnusableModelError
from headwater_embeddings.manifest import sha256_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 16  # passages: more pads more than it saves on a processor
LONGEST = 65_536  # characters of a text that are read: more than any model's limit of tokens
UNSAFE_WEIGHTS = "pytorch_model.bin"  # a pickle: loading one can run code
FINGERPRINTED = (
    *("**/*.safetensors", "modules.json", "**/*config*.json"),
    *("**/tokenizer.json", "**/vocab.txt", "**/vocab.json", "**/merges.txt", "**/*.model"),
)


class TransformerEncoder:
    """A sentence-transformers model from a local folder: safetensors only, no code of its own, one thread.

    May be called from several threads, which take turns.

    Args:
        folder: With modules.json or config.json, tokenizer and weights.
        name: What to call it in `model_id`; the folder's name by default.

    Raises:
        UnusableModelError: If the folder is no such model, or would need unsafe files or code of its own.
    """

    def __init__(self, folder: Path, *, name: str = "") -> None:
        _check_folder(folder)
        self.model_id = torch_id(folder, name)
        self._model = load_sentence_transformer(folder)
        self._lock = threading.Lock()  # its tokenizer is set up anew for every call, and fails where two do so at once
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.lanes = 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts in small batches.

        Args:
            texts: Any texts; tokens beyond the model's limit are left out.

        Returns:
            One row a text, in order, each of length 1. Shape: (len(texts), dimensions).
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        valid = [to_valid_unicode(text[:LONGEST]) for text in texts]
        with self._lock:
            vectors = self._model.encode(valid, batch_size=BATCH, show_progress_bar=False)
        return to_unit_length(np.asarray(vectors, dtype=np.float32))


def load_sentence_transformer(folder: Path) -> SentenceTransformer:
    """Load a model from a local folder, on one thread, with the network shut off.

    Args:
        folder: Of the model.

    Raises:
        UnusableModelError: If sentence-transformers cannot load it.
    """
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"  # read when the libraries are imported
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else it warns whenever the process forks
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging as chatter  # noqa: PLC0415

    torch.set_num_threads(1)  # the service's other threads need the cores
    chatter.disable_progress_bar()
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # the libraries raise whatever they stumble over
        raise UnusableModelError(folder, f"sentence-transformers cannot load it: {error}") from error


def fingerprinted_files(folder: Path) -> list[Path]:
    """Return the files that a model's vectors depend on, in order.

    Args:
        folder: Of the model.
    """
    return sorted({path for pattern in FINGERPRINTED for path in folder.glob(pattern)})


def torch_id(folder: Path, name: str = "") -> str:
    """Return the identifier of a model in a folder: its name, and a fingerprint of its files.

    Args:
        folder: Of the model.
        name: What to call it; the folder's name by default.
    """
    digest = sha256()
    for path in fingerprinted_files(folder):
        digest.update(f"{path.relative_to(folder).as_posix()} {sha256_of(path)}\n".encode())
    return f"{name or folder.resolve().name}/torch@{digest.hexdigest()[:12]}"


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UnusableModelError(folder, "there is no such folder")
    if not any(folder.glob("*.safetensors")) and not any(folder.glob("*/*.safetensors")):
        raise UnusableModelError(folder, "it holds no weights as safetensors")
    for unsafe in folder.rglob(UNSAFE_WEIGHTS):
        if not any(unsafe.parent.glob("*.safetensors")):
            raise UnusableModelError(folder, f"{unsafe.relative_to(folder)} could run code: safetensors are needed")
    for module in _modules(folder):
        if not module.startswith("sentence_transformers."):
            raise UnusableModelError(folder, f"it needs code of its own ({module})")


def _modules(folder: Path) -> list[str]:
    path = folder / "modules.json"
    try:
        modules = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return [str(module["type"]) for module in modules]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UnusableModelError(folder, f"its modules.json cannot be read ({type(error).__name__})") from error
