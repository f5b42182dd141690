"""pg8000 as SQLAlchemy is to use it: a statement and its values sent in one go, and prepared when it comes again.

The driver by itself asks the server twice for each statement, reads through its text sign by sign every time, and lets
an error of the network through as it comes. What it does well stays its own: the protocol, its types, signing in.
"""

from __future__ import annotations

import socket
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count, islice
from typing import Any

from pg8000 import core as protocol
from pg8000 import dbapi

PREPARED_AT_MOST = 200  # statements a connection; a search has about ten, and lists of another length are others
LOST_MS = 30_000  # a server that has gone while a statement ran is noticed, not waited for
LOST = "network error"  # what SQLAlchemy knows as the loss of a connection


class ServerConnection:
    """One connection. Transactions are begun by statements, never by the driver.

    Args:
        core: The driver's connection.
    """

    autocommit = True

    def __init__(self, core: Any) -> None:
        self._core = core
        self._names = (f"headwater_{number}\0".encode() for number in count())
        self._prepared: OrderedDict[str, _Prepared | None] = OrderedDict()

    @property
    def py_types(self) -> dict[type, Any]:
        """How values are written, by their types: asked for by SQLAlchemy."""
        types: dict[type, Any] = self._core.py_types
        return types

    def register_in_adapter(self, oid: int, read: Any) -> None:
        """Say how values of a type are read: asked for by SQLAlchemy."""
        self._core.register_in_adapter(oid, read)

    def cursor(self) -> ServerCursor:
        """Return a cursor."""
        return ServerCursor(self)

    def commit(self) -> None:
        """Keep what was done."""
        self.run("COMMIT")

    def rollback(self) -> None:
        """Undo what was done, if anything."""
        if self._core._in_transaction:
            self.run("ROLLBACK")

    def close(self) -> None:
        """Close the connection, whatever state it is in."""
        stream = self._core._sock
        with suppress(dbapi.Error, OSError):
            self._core.close()
        with suppress(OSError, ValueError, AttributeError):
            stream.close()

    def run(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement, and return what the driver knows of its outcome.

        Args:
            statement: SQL, its values written $1, $2 and so on; without values it may be several statements.
            values: In their order.
        """
        with self._named_losses():
            return self._core.execute_simple(statement) if not values else self._run_with(statement, values)

    def copy_in(self, statement: str, blocks: Iterable[bytes]) -> int:
        """Run a COPY FROM STDIN, and return how many rows came.

        Args:
            statement: SQL.
            blocks: What is sent.
        """
        with self._named_losses():
            return int(self._core.execute_unnamed(statement, stream=blocks).row_count)

    def _run_with(self, statement: str, values: Sequence[Any]) -> Any:
        core, context = self._core, protocol.Context(statement)
        given = protocol.make_params(core.py_types, values)
        is_again, held = statement in self._prepared, self._prepared.pop(statement, None)
        name = held.name if held else next(self._names) if is_again else b"\0"
        if held:
            held.put_into(context)
        else:
            core.send_PARSE(name, statement)
            core.send_DESCRIBE_STATEMENT(name)
        core.send_BIND(name, given)
        core.send_EXECUTE()
        self._ask(context)  # if it fails, the statement is forgotten: a plan may have gone out of date
        self._prepared[statement] = (
            (held or _Prepared(name, context.columns, context.input_funcs)) if is_again else None
        )
        self._forget_oldest()
        return context

    def _forget_oldest(self) -> None:
        while len(self._prepared) > PREPARED_AT_MOST:
            _, oldest = self._prepared.popitem(last=False)
            if oldest:
                self._core._send_message(protocol.CLOSE, protocol.STATEMENT + oldest.name)
                self._ask(protocol.Context("CLOSE"))

    def _ask(self, context: Any) -> None:
        core = self._core
        protocol._write(core._sock, protocol.SYNC_MSG)
        protocol._flush(core._sock)
        core.handle_messages(context)

    @contextmanager
    def _named_losses(self) -> Iterator[None]:
        """Make every loss of the connection one that SQLAlchemy knows."""
        try:
            yield
        except OSError as error:
            raise dbapi.InterfaceError(LOST) from error
        except (AttributeError, ValueError) as error:
            if self._core._usock is None:
                raise dbapi.InterfaceError("connection is closed") from error
            raise


class _Prepared:
    """A statement that the server holds ready."""

    def __init__(self, name: bytes, columns: Any, input_funcs: Any) -> None:
        self.name, self._columns, self._input_funcs = name, columns, input_funcs

    def put_into(self, context: Any) -> None:
        context.columns, context.input_funcs = self._columns, self._input_funcs
        context.rows = None if self._columns is None else []


class ServerCursor:
    """A cursor as SQLAlchemy asks for it.

    Args:
        connection: Whose it is.
    """

    arraysize = 1

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._context: Any = None
        self._rows: Iterator[Any] = iter(())

    @property
    def rowcount(self) -> int:
        """How many rows the last statement touched or returned, -1 where it did not say."""
        return -1 if self._context is None else int(self._context.row_count)

    @property
    def description(self) -> list[tuple[Any, ...]] | None:
        """Names and types of the columns returned."""
        columns = None if self._context is None else self._context.columns
        return [(one["name"], one["type_oid"], *(None,) * 5) for one in columns] if columns else None

    def execute(self, statement: str, values: Sequence[Any] = (), stream: object = None) -> None:  # noqa: ARG002
        """Run a statement; the stream is the driver's own and stands here because SQLAlchemy names it."""
        self._context = self._connection.run(statement, values)
        self._rows = iter(self._context.rows or ())

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row."""
        total = 0
        for values in rows:
            self.execute(statement, values)
            total += max(0, self.rowcount)
        if self._context is not None:
            self._context.row_count = total

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return next(self._rows, None)

    def fetchmany(self, number: int | None = None) -> list[Any]:
        """Return the next rows."""
        return list(islice(self._rows, number or self.arraysize))

    def fetchall(self) -> list[Any]:
        """Return all rows left."""
        return list(self._rows)

    def close(self) -> None:
        """Forget the rows."""
        self._rows = iter(())


def connect(arguments: dict[str, Any]) -> ServerConnection:
    """Connect to a server.

    Args:
        arguments: From `address.connection_arguments`.
    """
    try:
        core = dbapi.Connection(**arguments)
    except OSError as error:
        raise dbapi.InterfaceError(LOST) from error
    core._usock.settimeout(None)  # the time was for connecting: a statement may take as long as it takes
    if arguments["host"] and hasattr(socket, "TCP_USER_TIMEOUT"):
        core._usock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LOST_MS)
    return ServerConnection(core)
