"""What every encoder can do: turn texts into unit vectors, and say exactly which model it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors.

    Vectors of two encoders may be compared only where both have the same `model_id`.

    Attributes:
        model_id: Name and fingerprint: "all-MiniLM-L6-v2/onnx-int8@0123456789ab".
        dimensions: Width of a vector.
    """

    model_id: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts; a text's vector does not depend on the texts beside it.

        Args:
            texts: Any texts, the empty one included; what is beyond the model's limit is left out.

        Returns:
            One row a text, in order, each of length 1. Shape: (len(texts), dimensions).
        """
        ...


def to_unit_length(vectors: Vectors) -> Vectors:
    """Scale each row to length 1; a row of zeros stays as it is.

    Args:
        vectors: Shape: (n, dimensions).

    Returns:
        Shape: (n, dimensions), float32.
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return np.asarray(vectors / lengths, dtype=np.float32)


def to_valid_unicode(text: str) -> str:
    """Replace lone surrogates, which no tokenizer accepts, by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
