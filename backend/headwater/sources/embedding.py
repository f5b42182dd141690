"""Giving passages their vectors, in batches that survive an interruption."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater.corpus.store import CorpusStore
from headwater.sources.progress import IngestProgress

TEXTS_A_BATCH = 512  # about 5 s of work on 2 cores: what a killed run loses at most
TEXTS_A_CALL = 64  # texts of like length side by side, so that little is padding
THREADS = 2  # the model runtime releases the interpreter while it computes


class PassageEncoder(Protocol):
    """What an encoder must offer; those of the embeddings package do."""

    @property
    def model_id(self) -> str:
        """Name and fingerprint of the model: vectors of two models are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Width of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, in order. Shape: (len(texts), dimensions)."""
        ...


def embed_passages(
    store: CorpusStore,
    encoder: PassageEncoder,
    *,
    progress: IngestProgress | None = None,
    threads: int = THREADS,
    document: str = "",
) -> int:
    """Give a vector to every text of the corpus that has none under the encoder's model, and return how many.

    Args:
        store: The corpus.
        encoder: Makes the vectors; called from several threads.
        progress: Hears how far the work is.
        threads: How many calls of the encoder run side by side.
        document: Identifier of the only document whose texts are given vectors; "" for all.

    Raises:
        CorpusUnavailableError: If the corpus cannot be written; what was stored before stays.
    """
    total = 0 if progress is None else store.texts_without_vector(encoder.model_id)  # counted to be told
    done, after = 0, 0
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="encode") as workers:
        while batch := store.passages_without_vector(encoder.model_id, TEXTS_A_BATCH, after=after, document=document):
            after = max(identifier for identifier, _ in batch)
            batch.sort(key=lambda passage: len(passage[1]))
            calls = [batch[start : start + TEXTS_A_CALL] for start in range(0, len(batch), TEXTS_A_CALL)]
            made = workers.map(lambda call: encoder.encode([text for _, text in call]), calls)
            matrix = np.concatenate(list(made)).astype(np.float32, copy=False)
            store.put_vectors(encoder.model_id, [identifier for identifier, _ in batch], matrix)
            done += len(batch)
            if progress is not None:
                progress.texts_encoded(done, max(done, total))
    return done
