"""Column types that PostgreSQL has and SQLite has not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Dialect, func
from sqlalchemy.types import LargeBinary, UserDefinedType

HEADER_BYTES = 4  # dimensions and a reserved field stand before the numbers on the wire
SENT_AS, STORED_AS = np.dtype(">f4"), np.dtype("<f4")


class PgVector(UserDefinedType[bytes]):
    """A `vector` of pgvector that goes in and comes out as SQLite stores it: float32, little-endian.

    It travels as bytes both ways: written out in decimal it would take three times as long and as much.
    """

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type; the number of dimensions is the model's, and one column serves all models."""
        return "VECTOR"

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], Any]:  # noqa: ARG002 - SQLAlchemy's signature
        """Return what turns stored bytes into the driver's vector."""
        from pgvector import Vector  # noqa: PLC0415 - installed with the PostgreSQL extra only

        def process(stored: bytes | None) -> Any:
            return None if stored is None else Vector(np.frombuffer(stored, dtype=STORED_AS).astype(np.float32))

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
    """A vector inside a statement: sent as the driver's own, and never read back."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type."""
        return "VECTOR"


VECTOR_COLUMN = LargeBinary().with_variant(PgVector(), "postgresql")
