"""`headwater mcp`: the protocol message by message, and the whole program on pipes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus_factories import make_record
from factories import OFFICIAL_TEXT
from headwater.cli.mcp_protocol import LONGEST_LINE, VERSIONS, Tool, ToolServer
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import NotFoundError
from headwater.sources.embedding import embed_passages
from headwater_embeddings.registry import load_encoder


def fail(_: object) -> tuple[str, dict[str, Any]]:
    raise NotFoundError("document", "x")


def crash(_: object) -> tuple[str, dict[str, Any]]:
    raise KeyError("the secret text")


STRING = {"type": "string"}
TOOLS = (
    Tool("echo", "Says it again.", {"text": STRING, "n": {"type": "integer"}}, ("text",), lambda a: (a["text"], a)),
    Tool("fail", "Fails.", {}, (), fail),
    Tool("crash", "Crashes.", {}, (), crash),
)


def say(*lines: bytes) -> list[dict[str, Any]]:
    told = io.BytesIO()
    ToolServer(TOOLS, "Read me.").serve(io.BytesIO(b"\n".join(lines) + b"\n"), told)
    return [json.loads(line) for line in told.getvalue().splitlines()]


def request(method: str, identifier: int | str = 1, **given: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": identifier, "method": method, "params": given}).encode()


@pytest.mark.parametrize(("asked", "told"), [(VERSIONS[2], VERSIONS[2]), ("1999-01-01", VERSIONS[0]), (7, VERSIONS[0])])
def test_the_greeting(asked: object, told: str) -> None:
    (answer,) = say(request("initialize", "a", protocolVersion=asked, capabilities={}, clientInfo={"name": "t"}))
    assert answer["id"] == "a"
    assert answer["result"]["protocolVersion"] == told
    assert answer["result"]["capabilities"] == {"tools": {"listChanged": False}}
    assert answer["result"]["serverInfo"]["name"] == "headwater"


def test_notifications_and_blank_lines_get_no_answer() -> None:
    assert say(b'{"jsonrpc":"2.0","method":"notifications/initialized"}', b"", b'{"jsonrpc":"2.0","id":9}') == []


def test_tools_are_listed_and_called() -> None:
    listed, called = say(request("tools/list"), request("tools/call", 2, name="echo", arguments={"text": "é\n"}))
    assert [tool["name"] for tool in listed["result"]["tools"]] == ["echo", "fail", "crash"]
    assert listed["result"]["tools"][0]["inputSchema"]["required"] == ["text"]
    assert called["result"] == {
        "content": [{"type": "text", "text": "é\n"}],
        "structuredContent": {"text": "é\n"},
        "isError": False,
    }


def test_what_a_tool_refuses_is_told_to_the_assistant() -> None:
    (answer,) = say(request("tools/call", name="fail"))
    assert answer["result"]["isError"] is True
    assert "no document" in answer["result"]["content"][0]["text"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", -32700),
        (b"\xff", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b'{"id":1,"method":"ping"}', -32600),
        (request("resources/list"), -32601),
        (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', -32602),
        (request("tools/call", name="nothing"), -32602),
        (request("tools/call", name=["echo"]), -32602),
        (request("tools/call", name="echo"), -32602),
        (request("tools/call", name="echo", arguments={"text": 7}), -32602),
        (request("tools/call", name="echo", arguments={"text": "a", "n": True}), -32602),
        (request("tools/call", name="echo", arguments={"text": "a", "other": 1}), -32602),
        (request("tools/call", name="echo", arguments=[1]), -32602),
        (request("tools/call", name="crash"), -32603),
        (b"x" * (LONGEST_LINE + 10), -32600),
    ],
    ids=lambda value: str(value)[:60],
)
def test_messages_that_cannot_be_answered_and_the_next_one_that_can(line: bytes, code: int) -> None:
    refused, answered = say(line, request("ping", 5))
    assert refused["error"]["code"] == code
    assert "secret" not in str(refused)
    assert answered == {"jsonrpc": "2.0", "id": 5, "result": {}}


def test_an_assistant_asks_the_program(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite3"
    with CorpusStore(path) as store:
        store.add_documents([make_record(text=OFFICIAL_TEXT)])
        embed_passages(store, load_encoder("hashing"))
    sentence = OFFICIAL_TEXT.split(".")[0] + "."
    messages = [
        request(
            "initialize", 0, protocolVersion=VERSIONS[0], capabilities={}, clientInfo={"name": "t", "version": "1"}
        ),
        b'{"jsonrpc":"2.0","method":"notifications/initialized"}',
        request("tools/list", 1),
        request("tools/call", 2, name="match", arguments={"text": sentence, "limit": 2}),
        request(
            "tools/call", 3, name="check_text", arguments={"text": "It is £57 million.", "source": "It is £75 million."}
        ),
        request("tools/call", 4, name="check_text", arguments={"text": sentence, "published": "yesterday"}),
        request("tools/call", 5, name="match", arguments={"text": sentence, "limit": 0}),
    ]
    program = "from headwater.cli.main import main\nmain(['mcp', '--model', 'hashing'])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HEADWATER_DATABASE": str(path)}
    ended = subprocess.run(
        [sys.executable, "-c", program],
        input=b"\n".join(messages) + b"\n", env=environment, capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    answers = {answer["id"]: answer["result"] for answer in map(json.loads, ended.stdout.splitlines())}
    assert sorted(answers) == [0, 1, 2, 3, 4, 5]
    assert {tool["name"] for tool in answers[1]["tools"]} == {"match", "check_text", "get_document"}
    found = answers[2]["structuredContent"]["claims"][0]
    assert found["verdict"] == "supported"
    assert answers[3]["structuredContent"]["claims"][0]["verdict"] == "contradicted"
    assert answers[4]["isError"] is answers[5]["isError"] is True
    document = found["evidence"][0]["document"]["id"]
    again = subprocess.run(
        [sys.executable, "-c", program],
        input=request("tools/call", 1, name="get_document", arguments={"document_id": document}) + b"\n",
        env=environment, capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    assert json.loads(again.stdout)["result"]["structuredContent"]["text"] == OFFICIAL_TEXT
