"""The Model Context Protocol on standard input and output: JSON-RPC 2.0, one message a line.

Written here because three tools need three methods of it (initialize, tools/list, tools/call), and the official package
brings a web server. See the specification of 2025-06-18, "Lifecycle", "Transports" and "Tools".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from headwater import __version__
from headwater.domain.errors import HeadwaterError, InvalidInputError
from headwater_embeddings.errors import EmbeddingsError

VERSIONS: Final = ("2025-06-18", "2025-03-26", "2024-11-05")  # newest first; their messages are alike for tools
LONGEST_LINE = 8_400_000  # bytes: as the service takes
NOT_JSON, NO_REQUEST, NO_METHOD, BAD_ARGUMENTS, FAULT = -32700, -32600, -32601, -32602, -32603

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """What an assistant may call.

    Args:
        name: By which it is called.
        description: Tells the assistant when.
        properties: JSON schemas of its arguments.
        required: Names of those it cannot do without.
        act: Takes the arguments; returns a text to read, and the same as values.
    """

    name: str
    description: str
    properties: Mapping[str, Json]
    required: tuple[str, ...]
    act: Callable[[Json], tuple[str, Json]]

    def described(self) -> Json:
        """Return it as the protocol lists it."""
        schema = {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }
        reads = {"readOnlyHint": True, "openWorldHint": False}
        return {"name": self.name, "description": self.description, "inputSchema": schema, "annotations": reads}


class RpcError(Exception):
    """A message that cannot be answered as asked; the code is JSON-RPC's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class ToolServer:
    """Answers messages, one after the other.

    Args:
        tools: What may be called.
        instructions: Told to the assistant at the start.
    """

    def __init__(self, tools: tuple[Tool, ...], instructions: str) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._instructions = instructions

    def serve(self, given: BinaryIO, told: BinaryIO) -> None:
        """Answer until the other side closes its end.

        Args:
            given: Messages, one a line.
            told: Where answers go, and nothing else.
        """
        while line := given.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                while not line.endswith(b"\n") and (line := given.readline(LONGEST_LINE)):
                    pass
                answer: Json | None = _failure(None, RpcError(NO_REQUEST, "the message is too long"))
            else:
                answer = self.answer(line) if line.strip() else None
            if answer is not None:
                told.write(json.dumps(answer, ensure_ascii=True).encode() + b"\n")
                told.flush()

    def answer(self, line: bytes) -> Json | None:
        """Answer one message.

        Args:
            line: As it came.

        Returns:
            The answer, or None where the message wants none.
        """
        identifier: str | int | None = None
        try:
            message = _parse(line)
            if "id" not in message or "method" not in message:
                return None  # a notification, or an answer to something that was never asked
            if isinstance(message["id"], str | int):
                identifier = message["id"]
            return {"jsonrpc": "2.0", "id": identifier, "result": self._result(message)}
        except RpcError as error:
            return _failure(identifier, error)
        except Exception as error:  # the other side waits for an answer; the text is in no message
            return _failure(identifier, RpcError(FAULT, f"a fault of the program: {type(error).__name__}"))

    def _result(self, message: Json) -> Json:
        method, given = message["method"], message.get("params") or {}
        if not isinstance(given, dict):
            raise RpcError(BAD_ARGUMENTS, "params must be an object")
        if method == "initialize":
            return self._introduction(given)
        if method == "ping":
            return {}
        if method == "tools/list":
            return {"tools": [tool.described() for tool in self._tools.values()]}
        if method == "tools/call":
            return self._call(given)
        raise RpcError(NO_METHOD, "there is no such method here")

    def _introduction(self, given: Json) -> Json:
        wanted = given.get("protocolVersion")
        return {
            "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "headwater", "title": "Headwater", "version": __version__},
            "instructions": self._instructions,
        }

    def _call(self, given: Json) -> Json:
        name, arguments = given.get("name"), given.get("arguments") or {}
        tool = self._tools.get(name) if isinstance(name, str) else None
        if tool is None:
            raise RpcError(BAD_ARGUMENTS, f"the tools are {', '.join(self._tools)}")
        _check_arguments(tool, arguments)
        try:
            text, values = tool.act(arguments)
        except (HeadwaterError, EmbeddingsError) as error:  # for the assistant to read and to mend
            return {"content": [{"type": "text", "text": str(error)}], "isError": True}
        return {"content": [{"type": "text", "text": text}], "structuredContent": values, "isError": False}


KINDS: Mapping[str, type] = {"string": str, "integer": int}


def _check_arguments(tool: Tool, arguments: object) -> None:
    if not isinstance(arguments, dict) or not set(arguments) <= set(tool.properties):
        raise RpcError(BAD_ARGUMENTS, f"the arguments of {tool.name} are {', '.join(tool.properties)}")
    for name in tool.required:
        if name not in arguments:
            raise RpcError(BAD_ARGUMENTS, f"{tool.name} needs the argument {name}")
    for name, value in arguments.items():
        kind = str(tool.properties[name]["type"])
        if not isinstance(value, KINDS[kind]) or isinstance(value, bool):
            raise RpcError(BAD_ARGUMENTS, f"the argument {name} must be of the type {kind}")


def _parse(line: bytes) -> Json:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise RpcError(NOT_JSON, "the message is not JSON") from None
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise RpcError(NO_REQUEST, "the message is no JSON-RPC 2.0 object")
    return message


def _failure(identifier: str | int | None, error: RpcError) -> Json:
    return {"jsonrpc": "2.0", "id": identifier, "error": {"code": error.code, "message": str(error)}}


def require_between(value: int, first: int, last: int) -> int:
    """Return a number that lies in its range.

    Args:
        value: As it was sent.
        first: The least.
        last: The greatest.

    Raises:
        InvalidInputError: If it lies outside.
    """
    if not first <= value <= last:
        raise InvalidInputError(f"the number must be from {first} to {last}")
    return value
