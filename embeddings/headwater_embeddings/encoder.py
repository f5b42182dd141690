"""What every encoder can do: turn texts into unit vectors, and say exactly which model it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Offsets = NDArray[np.int32]


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


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """The tokens of a text as the model sees them among the others.

    Args:
        starts: Where each token begins, in code points of the text. Shape: (n,).
        ends: One past its last code point. Shape: (n,).
        vectors: One row a token, not scaled. Shape: (n, dimensions).
    """

    starts: Offsets
    ends: Offsets
    vectors: Vectors


class TokenEncoder(Encoder, Protocol):
    """An encoder that can also tell what each word of a text means where it stands."""

    def encode_tokens(self, text: str) -> TokenVectors:
        """Encode the tokens of a text; those beyond the model's limit are left out.

        Args:
            text: Any text.
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
