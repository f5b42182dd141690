from __future__ import annotations

import subprocess
import sys
from hashlib import sha256

import numpy as np
import pytest

from headwater_embeddings.hashing import HashingEncoder

SENTENCE = "The committee raised the rate by 25 basis points – “a first step”."
# Of the float32 bytes, little-endian, rounded to 4 places; changes only when RECIPE does.
PINNED = "27fa4adf7adbde4d8930b3db86a898ea7b3650e5cc2cfe6cd5f381f96cd18c04"


def digest(text: str) -> str:
    vector = HashingEncoder().encode([text])[0]
    return sha256((vector * 10_000).round().astype("<i4").tobytes()).hexdigest()


def test_a_vector_is_the_same_everywhere() -> None:
    assert digest(SENTENCE) == PINNED


def test_a_vector_is_the_same_in_another_process() -> None:
    code = (
        "from headwater_embeddings.hashing import HashingEncoder;"
        f"print(HashingEncoder(64).encode([{SENTENCE!r}]).tobytes().hex())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == HashingEncoder(64).encode([SENTENCE]).tobytes().hex()


@pytest.mark.parametrize("dimensions", [1, 64, 384])
def test_vectors_have_length_one(dimensions: int) -> None:
    vectors = HashingEncoder(dimensions).encode([SENTENCE, "Inflation fell."])
    assert vectors.shape == (2, dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_text_without_words_is_a_row_of_zeros() -> None:
    assert not HashingEncoder().encode(["", " – ?!"]).any()


def test_no_text_gives_no_row() -> None:
    assert HashingEncoder().encode([]).shape == (0, 384)


@pytest.mark.parametrize("odd", ["\ud800 lone surrogate", "\x00\x01", "a" * 100_000, "مرحبا"])
def test_odd_texts_are_encoded(odd: str) -> None:
    assert np.isfinite(HashingEncoder().encode([odd])).all()


def test_shared_words_make_texts_alike() -> None:
    query, near, far = HashingEncoder().encode(
        ["rates were raised", "The committee is raising the rate.", "Badgers sleep underground."]
    )
    assert query @ near > query @ far


def test_dimensions_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="dimensions must be at least 1, not 0"):
        HashingEncoder(0)
