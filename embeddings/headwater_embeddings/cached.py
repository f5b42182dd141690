"""An encoder that remembers: texts seen lately, and texts asked for by several callers at once, are encoded once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from threading import Event, Lock

import numpy as np

from headwater_embeddings.encoder import Encoder, TokenVectors, Vectors

CAPACITY = 4096  # of 384 float32: 6 MB


class CachedEncoder:
    """Wraps an encoder with a cache in memory, the least recently used text leaving first.

    Texts themselves are not kept, only their digests. May be called from several threads: who asks for a text that
    another thread is having encoded waits for that thread's vector.

    Args:
        encoder: The one that does the work.
        capacity: Texts remembered.

    Raises:
        ValueError: If `capacity` is below 1.
    """

    def __init__(self, encoder: Encoder, capacity: int = CAPACITY) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self.model_id, self.dimensions = encoder.model_id, encoder.dimensions
        self.lanes = int(getattr(encoder, "lanes", 1))  # calls at once that make it faster
        self._encoder, self._capacity = encoder, capacity
        self._vectors: OrderedDict[bytes, Vectors] = OrderedDict()
        self._pending: dict[bytes, Event] = {}  # texts being encoded, and what their end is told by
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._vectors)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, each different one at most once.

        Args:
            texts: Any texts.

        Returns:
            One row a text, in order. Shape: (len(texts), dimensions).
        """
        keys = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        text_of = dict(zip(keys, texts, strict=True))
        known, mine, awaited = self._claim(text_of)
        if mine:
            known |= self._encoded({key: text_of[key] for key in mine})
        for event in awaited.values():
            event.wait()
        known |= self._recall(awaited)
        left = {key: text_of[key] for key in awaited if key not in known}  # the other thread failed
        if left:
            known |= self._encoded(left)
        if not keys:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([known[key] for key in keys])

    def encode_tokens(self, text: str) -> TokenVectors | None:
        """Return what the encoder says of a text's tokens, or None where it knows none; not remembered here.

        Args:
            text: Any text.
        """
        encode = getattr(self._encoder, "encode_tokens", None)
        return encode(text) if encode else None

    def _claim(self, keys: Iterable[bytes]) -> tuple[dict[bytes, Vectors], dict[bytes, Event], dict[bytes, Event]]:
        """Return what is known, what this thread is to encode now, and what another one is encoding."""
        with self._lock:
            known = self._known(keys)
            missing = [key for key in keys if key not in known]
            awaited = {key: self._pending[key] for key in missing if key in self._pending}
            mine = {key: Event() for key in missing if key not in awaited}
            self._pending |= mine
            return known, mine, awaited

    def _encoded(self, texts: dict[bytes, str]) -> dict[bytes, Vectors]:
        try:
            made = dict(zip(texts, self._encoder.encode(list(texts.values())), strict=True))
            self._remember(made)
            return made
        finally:
            with self._lock:
                for event in (self._pending.pop(key, None) for key in texts):
                    if event is not None:
                        event.set()

    def _recall(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        with self._lock:
            return self._known(keys)

    def _known(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        known = {key: self._vectors[key] for key in keys if key in self._vectors}
        for key in known:
            self._vectors.move_to_end(key)
        return known

    def _remember(self, new: dict[bytes, Vectors]) -> None:
        with self._lock:
            for key, vector in new.items():
                self._vectors[key] = vector.copy()  # a row of its own: the batch it came in can be freed
            while len(self._vectors) > self._capacity:
                self._vectors.popitem(last=False)
