"""Callers that come together are encoded together: whoever finds the encoder free works, for those who wait as well.

There is no thread of its own and no waiting for company. A caller who comes alone calls the encoder at once, in its
own thread. Those who come while it works wait; when it is done, the one who has waited longest takes a share of what
they all brought, and hands the encoder on. Long calls take turns with short ones, a few texts at a time, so that
nobody waits longer than for the texts being encoded now and one turn of each who came before.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence

import numpy as np

from headwater_embeddings.encoder import Encoder, TokenVectors, Vectors
from headwater_embeddings.errors import VectorShapeError

AT_ONCE = 32  # texts of one turn: a tenth of a second of the int8 encoder, and a good batch for a model on torch


class BatchingEncoder:
    """Wraps an encoder for many threads. A text that several callers brought is encoded once.

    A failure is the failure of the caller whose texts fail: after one, each caller's texts are encoded by themselves.
    A caller that is interrupted leaves its turn, and whatever it had taken of others', to them.

    Args:
        encoder: The one that does the work.
        lanes: Turns taken at the same time; unless given, as many as the encoder says (`lanes`), or one.
        at_once: Texts of one turn at most.

    Raises:
        ValueError: If `lanes` or `at_once` is below 1.
    """

    def __init__(self, encoder: Encoder, *, lanes: int | None = None, at_once: int = AT_ONCE) -> None:
        self._lanes = int(getattr(encoder, "lanes", 1)) if lanes is None else lanes
        if self._lanes < 1 or at_once < 1:
            raise ValueError(f"lanes and texts at once must be at least 1, not {self._lanes} and {at_once}")
        self.model_id, self.dimensions, self.lanes = encoder.model_id, encoder.dimensions, self._lanes
        self._encoder, self._at_once = encoder, at_once
        self._lock = threading.Lock()
        self._waiting: deque[_Call] = deque()  # calls with texts that nobody has taken yet
        self._working = 0  # turns being taken, or handed on and not begun

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, in company of those who call at the same time.

        Args:
            texts: Any texts.

        Returns:
            One row a text, in order. Shape: (len(texts), dimensions).
        """
        call = _Call(texts, self.dimensions)
        if not call.texts:
            return call.vectors
        self._join(call)
        try:
            while not call.is_done:
                call.woken.wait()
                call.woken.clear()
                if call.has_turn and not call.is_done:
                    self._take_turn(call)
        finally:
            self._leave(call)
        if call.error is not None:
            raise call.error
        return call.vectors

    def encode_tokens(self, text: str) -> TokenVectors | None:
        """Return what the encoder says of a text's tokens, or None where it knows none; not batched.

        Args:
            text: Any text.
        """
        encode = getattr(self._encoder, "encode_tokens", None)
        return encode(text) if encode else None

    def _join(self, call: _Call) -> None:
        with self._lock:
            self._waiting.append(call)
            if self._working < self._lanes:
                self._working += 1
                call.give_turn()

    def _leave(self, call: _Call) -> None:
        with self._lock:
            call.is_gone = True
            call.todo.clear()
            if call in self._waiting:
                self._waiting.remove(call)
            if call.has_turn:
                self._hand_on(call)

    def _take_turn(self, call: _Call) -> None:
        with self._lock:
            batch = self._draw(call)
        try:
            self._work(batch)
        finally:
            with self._lock:
                self._put_back(batch)
                self._hand_on(call)

    def _draw(self, leader: _Call) -> _Batch:
        """Take the texts of one turn: the leader's first, then of the others in order; the lock is held.

        Those who have a turn themselves keep their texts, and where there are several lanes each gets its share.
        """
        callers = [leader, *(call for call in self._waiting if call is not leader and not call.has_turn)]
        texts = sum(len(call.todo) for call in callers)
        most = min(self._at_once, -(-texts // self._lanes)) if len(callers) > 1 else self._at_once
        share = max(1, most // len(callers))
        batch: _Batch = []
        for call in callers:
            taken = min(share, len(call.todo), most - len(batch))
            batch += [(call, call.todo.popleft()) for _ in range(taken)]
        served = {id(call) for call, _ in batch}
        behind = [call for call in self._waiting if id(call) in served and call.todo]
        self._waiting = deque([call for call in self._waiting if id(call) not in served] + behind)
        return batch

    def _work(self, batch: _Batch) -> None:
        texts = list(dict.fromkeys(call.texts[row] for call, row in batch))
        try:
            vectors = self._encoder.encode(texts)
            if vectors.shape != (len(texts), self.dimensions):
                raise VectorShapeError(self.dimensions, vectors.shape)
        except Exception as error:
            callers = {id(call): call for call, _ in batch}
            if len(callers) == 1:
                self._fail(batch[0][0], error)
            else:
                for caller in callers.values():
                    self._work([(call, row) for call, row in batch if call is caller])
            return
        made = dict(zip(texts, vectors, strict=True))
        with self._lock:
            for call, row in batch:
                call.answer(row, made[call.texts[row]])

    def _fail(self, call: _Call, error: Exception) -> None:
        with self._lock:
            call.error = error
            call.todo.clear()
            call.woken.set()

    def _put_back(self, batch: _Batch) -> None:
        """Return texts that were taken and not encoded: whoever took them was interrupted; the lock is held."""
        for call, row in reversed(batch):
            if call.is_answered[row] or call.is_gone or call.error is not None:
                continue
            call.todo.appendleft(row)
            if call not in self._waiting:
                self._waiting.appendleft(call)

    def _hand_on(self, call: _Call) -> None:
        """End a turn, and give it to who has waited longest; the lock is held."""
        call.has_turn = False
        for other in self._waiting:
            if other.todo and not other.has_turn and not other.is_gone:
                other.give_turn()
                return
        self._working -= 1


class _Call:
    """What one caller brought, and how far it is.

    Args:
        texts: To be encoded.
        dimensions: Width of a vector.
    """

    def __init__(self, texts: Sequence[str], dimensions: int) -> None:
        self.texts = tuple(texts)
        self.vectors: Vectors = np.zeros((len(self.texts), dimensions), dtype=np.float32)
        self.todo = deque(range(len(self.texts)))  # rows that nobody has taken
        self.is_answered = [False] * len(self.texts)
        self.missing = len(self.texts)
        self.error: Exception | None = None
        self.has_turn = self.is_gone = False
        self.woken = threading.Event()

    @property
    def is_done(self) -> bool:
        """Whether the caller can go: with vectors, or with an error."""
        return not self.missing or self.error is not None

    def give_turn(self) -> None:
        """Wake the caller to work."""
        self.has_turn = True
        self.woken.set()

    def answer(self, row: int, vector: Vectors) -> None:
        """Note the vector of a text; the last one wakes the caller."""
        self.vectors[row] = vector
        self.missing -= not self.is_answered[row]
        self.is_answered[row] = True
        if not self.missing:
            self.woken.set()


_Batch = list[tuple[_Call, int]]  # texts of one turn: whose, and which of theirs
