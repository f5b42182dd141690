from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from headwater_embeddings.cached import CachedEncoder
from headwater_embeddings.encoder import Vectors
from headwater_embeddings.hashing import HashingEncoder


class CountingEncoder(HashingEncoder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(16)
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return super().encode(texts)


def test_a_text_seen_before_is_not_encoded_again() -> None:
    inner = CountingEncoder()
    encoder = CachedEncoder(inner)
    first = encoder.encode(["one", "two", "one"])
    second = encoder.encode(["two", "three"])
    assert inner.asked == ["one", "two", "three"]
    np.testing.assert_array_equal(first, HashingEncoder(16).encode(["one", "two", "one"]))
    np.testing.assert_array_equal(second, HashingEncoder(16).encode(["two", "three"]))


def test_the_text_used_longest_ago_leaves_first() -> None:
    inner = CountingEncoder()
    encoder = CachedEncoder(inner, capacity=2)
    for texts in (["one"], ["two"], ["one"], ["three"], ["one"], ["two"]):
        encoder.encode(texts)
    assert inner.asked == ["one", "two", "three", "two"]
    assert len(encoder) == 2


def test_more_texts_than_it_can_hold_are_all_answered() -> None:
    texts = [f"text {number}" for number in range(50)]
    np.testing.assert_array_equal(CachedEncoder(HashingEncoder(16), 3).encode(texts), HashingEncoder(16).encode(texts))


def test_it_answers_for_the_encoder_inside() -> None:
    encoder = CachedEncoder(HashingEncoder(16))
    assert (encoder.model_id, encoder.dimensions) == ("hashing-16@1", 16)
    assert encoder.encode([]).shape == (0, 16)
    assert encoder.encode(["\ud800"]).shape == (1, 16)


def test_an_answer_can_be_changed_without_harm() -> None:
    encoder = CachedEncoder(HashingEncoder(16))
    encoder.encode(["one"])[:] = 7
    np.testing.assert_array_equal(encoder.encode(["one"]), HashingEncoder(16).encode(["one"]))


def test_threads_may_share_it() -> None:
    encoder = CachedEncoder(HashingEncoder(16), capacity=5)
    texts = [[f"text {number % 7}", f"text {number % 5}"] for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(encoder.encode, texts))
    for asked, answer in zip(texts, answers, strict=True):
        np.testing.assert_array_equal(answer, HashingEncoder(16).encode(asked))


def test_a_capacity_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="capacity must be at least 1, not 0"):
        CachedEncoder(HashingEncoder(16), 0)
