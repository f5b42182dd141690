"""Column types that PostgreSQL has and SQLite has not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Dialect, func
from sqlalchemy.types import LargeBinary, UserDefinedType

HEADER_BYTES = 4  # dimensions and a reserved field stand before the numbers on the wire
SENT_AS, STORED_AS = np.dtype(">f4"), np.dtype("<f4")


class PgVector(UserDefinedType[bytes]):
    """A `vector` of pgvector that goes in and comes out as SQLite stores it: float32, little-endian.

    It comes as bytes: written out in decimal it would take three times as long and as much. Many go in as bytes, too
    (`wire.py`); a few in the shortest decimals that give the same numbers back.
    """

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type; the number of dimensions is the model's, and one column serves all models."""
        return "VECTOR"

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], Any]:  # noqa: ARG002 - SQLAlchemy's signature
        """Return what writes stored bytes out."""

        def process(stored: bytes | None) -> Any:
            return None if stored is None else written_vector(np.frombuffer(stored, dtype=STORED_AS))

        return process

    def column_expression(self, colexpr: ColumnElement[Any]) -> ColumnElement[Any]:
        """Ask for the vector's bytes instead of its text."""
        return func.vector_send(colexpr, type_=SentVector())


class SentVector(UserDefinedType[bytes]):
    """What `vector_send` returns, read as the bytes that SQLite stores."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type."""
        return "BYTEA"

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], bytes | None]:  # noqa: ARG002
        """Return what turns the wire's bytes into stored ones."""

        def process(sent: Any) -> bytes | None:
            if sent is None:
                return None
            return np.frombuffer(bytes(sent)[HEADER_BYTES:], dtype=SENT_AS).astype(STORED_AS).tobytes()

        return process


class PgVectorValue(UserDefinedType[Any]):
    """A vector inside a statement: given as numbers, and never read back."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type."""
        return "VECTOR"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:  # noqa: ARG002 - likewise
        """Return what writes numbers out."""
        return written_vector


def written_vector(numbers: NDArray[np.float32]) -> str:
    """Return a vector as pgvector reads it: the shortest decimals that are these numbers again.

    Args:
        numbers: Finite. Shape: (dimensions,).
    """
    return orjson.dumps(np.ascontiguousarray(numbers, dtype=np.float32), option=orjson.OPT_SERIALIZE_NUMPY).decode()


VECTOR_COLUMN = LargeBinary().with_variant(PgVector(), "postgresql")
