"""The few reads that every check makes, some ten times each: their SQL is made once and sent straight to the driver.

Making a statement, sending it through SQLAlchemy and wrapping its rows takes longer than SQLite takes to answer it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Select

SHORTEST = 8  # bound values of a list: rounded up to powers of two, so that few statements are prepared

Row = Sequence[Any]


class Rows(Protocol):
    """Reads rows by a statement that was made once; values by name, a list for an expanding one."""

    def __call__(self, wanted: Select[Any], **values: Any) -> Sequence[Row]:
        """Return all rows, columns in the statement's order."""
        ...


def rows_of(connection: Connection) -> Rows:
    """Return what reads by a connection of SQLAlchemy, for a database whose driver is not asked straight.

    Args:
        connection: A reading one.
    """
    return lambda wanted, **values: [tuple(row) for row in connection.execute(wanted, values)]


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """A statement made: it is held, so that no other has its identity; its SQL; its values' names in order."""

    wanted: Select[Any]
    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]


class QuickStatements:
    """SQL as the driver takes it, by statement. Safe to share between threads: a lost race makes it twice.

    Args:
        dialect: Of the database; its parameters stand by place.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[tuple[int, tuple[int, ...]], _Made] = {}

    def of(self, wanted: Select[Any], values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """Return the SQL of a statement and its values in order.

        Args:
            wanted: Made once a process: it is known again by its identity.
            values: By name; a list is filled up with its last value, which changes nothing in a set.
        """
        values = {name: _filled(value) if isinstance(value, list) else value for name, value in values.items()}
        key = id(wanted), tuple(len(value) for value in values.values() if isinstance(value, list))
        known = self._known.get(key)
        if known is None:
            self._known[key] = known = self._made(wanted, values)
        flat = dict(known.constants)
        for name, value in values.items():
            flat |= _flat(name, value)
        return known.sql, [flat[name] for name in known.names]

    def _made(self, wanted: Select[Any], values: Mapping[str, Any]) -> _Made:
        state = wanted.compile(dialect=self._dialect).construct_expanded_state(dict(values))
        names = tuple(state.positiontup or ())
        given = {name for key_name, value in values.items() for name in _flat(key_name, value)}
        constants = {name: value for name, value in state.parameters.items() if name not in given}
        return _Made(wanted, state.statement, names, constants)


def _filled(values: list[Any]) -> list[Any]:
    size = SHORTEST
    while size < len(values):
        size *= 2
    return values + values[-1:] * (size - len(values)) if values else values


def _flat(name: str, value: Any) -> dict[str, Any]:
    """Return a value by the name it has in the SQL, or a list's values by theirs."""
    if not isinstance(value, list):
        return {name: value}
    return dict(zip(_numbered(name, len(value)), value, strict=True))


@cache
def _numbered(name: str, count: int) -> tuple[str, ...]:
    """Return the names of a list's values: of few names and lengths, all powers of two."""
    return tuple(f"{name}_{number}" for number in range(1, count + 1))
