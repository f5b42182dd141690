"""The files in backend/deploy/ cannot be run here: they are read, held against the program, and against what harms."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
import yaml

from headwater.cli.main import app as program
from headwater.settings import Settings, setting_name

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "backend" / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSED = sorted(DEPLOY.glob("compose*.yaml"))
UNITS = sorted(DEPLOY.glob("*.service"))
SETTINGS = set(map(setting_name, Settings.model_fields))
SERVICE_KEYS = {  # of the Compose specification: what these files use
    "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "logging", "mem_limit",
    "pids_limit", "ports", "read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "tmpfs", "volumes",
}  # fmt: skip


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.MULTILINE))
    return [(line.split()[0], line.split(None, 1)[1]) for line in joined.splitlines() if line.strip()]


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for name, rest in instructions():
        if name == "FROM":
            found.append([])
        if found:
            found[-1].append((name, rest))
    return found


def composed(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


def test_the_base_is_pinned_and_public() -> None:
    (base,) = [rest for name, rest in instructions() if name == "ARG" and rest.startswith("BASE=")]
    assert re.fullmatch(r"BASE=python:3\.11\.\d+-slim-[a-z]+(@sha256:[0-9a-f]{64})?", base)
    assert [rest.split()[0] for name, rest in instructions() if name == "FROM"] == ["${BASE}", "${BASE}"]


def test_the_image_runs_as_nobody_in_particular() -> None:
    last = dict(stages()[-1])
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last["USER"])
    names = [name for name, _ in stages()[-1]]
    assert names.index("USER") > max(index for index, name in enumerate(names) if name == "RUN")
    assert last["ENTRYPOINT"] == '["headwater"]'
    assert last["STOPSIGNAL"] == "SIGTERM"
    assert "/healthz" in last["HEALTHCHECK"]


def test_the_image_is_built_from_the_lock_and_keeps_no_secret() -> None:
    assert "--require-hashes" in CONTAINERFILE
    assert "--no-deps" in CONTAINERFILE
    assert [rest for name, rest in instructions() if name == "ADD"] == []
    assert not re.search(r"\b(?:curl|wget|sudo|latest)\b|:latest|chmod\s+777", CONTAINERFILE)
    assert not re.search(r"(?i)(?:password|secret|token|key)\s*=", CONTAINERFILE)
    copied = [
        part for name, rest in instructions() if name == "COPY" and "--from" not in rest for part in rest.split()[:-1]
    ]
    assert [part for part in copied if not (ROOT / part).exists()] == []
    assert "." not in copied  # the history and the tests stay outside


def test_the_version_of_torch_is_the_one_that_is_tested() -> None:
    tested = re.search(r"^TORCH\s*:= (\S+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert tested is not None
    assert f"ARG TORCH={tested[1]}\n" in CONTAINERFILE


@pytest.fixture(scope="module")
def lock_reader() -> ModuleType:
    spec = importlib.util.spec_from_file_location("runtime_lock", DEPLOY / "runtime_lock.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_image_gets_what_the_service_needs_and_nothing_of_development(lock_reader: ModuleType) -> None:
    lock = (ROOT / "requirements.lock.txt").read_text("utf-8")
    kept = lock_reader.runtime_lock(lock, lock_reader.named())
    names = {lock_reader.normal(found) for found in re.findall(r"^([A-Za-z0-9._-]+)==", kept, re.MULTILINE)}
    assert lock_reader.named() - names == {"torch"}
    assert names & {"pytest", "mypy", "ruff", "playwright", "hypothesis", "hatchling", "uv"} == set()
    assert {"starlette", "pydantic-core", "scipy", "sympy"} <= names  # needed by what is named, and by torch
    assert set(kept.splitlines()) - {""} <= set(lock.splitlines())
    for name, block, _ in lock_reader.blocks(kept):
        assert "--hash=sha256:" in block, name


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.name)
def test_services_are_bounded_and_closed(path: Path) -> None:
    read = composed(path)
    assert set(read) == {"name", "services", "volumes"}
    for name, service in read["services"].items():
        assert set(service) <= SERVICE_KEYS, name
        assert re.fullmatch(r"[a-z0-9/]+:\d[\w.-]+", service["image"]), name
        assert service["restart"] == "unless-stopped"
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["mem_limit"]
        assert [port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")] == []
        held = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert held <= set(read["volumes"])
    ours = read["services"]["headwater"]
    assert ours["read_only"] is True
    assert ours["cap_drop"] == ["ALL"]
    assert (path.parent / ours["build"]["context"] / ours["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("path", [*COMPOSED, *UNITS, DEPLOY / "Containerfile"], ids=lambda path: path.name)
def test_settings_are_those_of_the_program(path: Path) -> None:
    text = re.sub(r"^\s*#.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    named = set(re.findall(r"\bHEADWATER_[A-Z_]+", text))
    assert named
    assert named - SETTINGS == set()


def test_the_service_ends_before_it_is_killed() -> None:
    (seconds,) = re.findall(r"HEADWATER_SHUTDOWN_SECONDS=(\d+)", CONTAINERFILE)
    for path in COMPOSED:
        assert int(composed(path)["services"]["headwater"]["stop_grace_period"].rstrip("s")) > int(seconds) + 5
    unit = (DEPLOY / "headwater.service").read_text("utf-8")
    ours, theirs = re.findall(r"HEADWATER_SHUTDOWN_SECONDS=(\d+)|TimeoutStopSec=(\d+)", unit)
    assert int(theirs[1]) > int(ours[0]) + 5


def test_no_password_is_written_down() -> None:
    for path in DEPLOY.iterdir():
        if path.is_file():
            for line in path.read_text("utf-8").splitlines():
                if re.search(r"(?i)password\s*[:=]", line) and not line.startswith("#"):
                    assert re.search(r"\$\{\w*PASSWORD:\?", line), (path.name, line)


def directives(path: Path) -> dict[str, str]:
    lines = [
        line.partition("=") for line in path.read_text("utf-8").splitlines() if "=" in line and line[0] not in "#["
    ]
    return {name: value for name, _, value in lines}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_locked_up(path: Path) -> None:
    found = directives(path)
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "DynamicUser", "RestrictNamespaces"):
        assert found[name] == "yes", name
    assert found["ProtectSystem"] == "strict"
    assert found["CapabilityBoundingSet"] == ""
    assert "SystemCallFilter" in found


def test_commands_of_units_are_the_programs() -> None:
    commands = set(typer.main.get_command(program).commands)  # type: ignore[attr-defined]
    started = [directives(path)["ExecStart"].split() for path in UNITS]
    assert {words[0] for words in started} == {"/opt/headwater/bin/headwater"}
    assert {words[1] for words in started} == {"serve", "backup"} <= commands


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in DEPLOY.glob("headwater*.*"):
        if path.suffix in {".service", ".timer"}:
            text = path.read_text("utf-8").replace("/opt/headwater/bin/headwater", sys.executable)
            (tmp_path / path.name).write_text(text, "utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 3
    ran = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (ran.returncode, [line for line in ran.stderr.splitlines() if "headwater" in line]) == (0, [])


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_close_what_is_slow_and_hide_the_figures(name: str) -> None:
    text = re.sub(r"#.*", "", (DEPLOY / name).read_text("utf-8"))
    assert text.count("{") == text.count("}")
    assert "127.0.0.1:8710" in text
    assert "/metrics" in text
    assert "20m" in text.lower()
    wanted = {
        "nginx.conf": (
            "client_header_timeout",
            "client_body_timeout",
            "proxy_buffering off",
            "proxy_next_upstream off",
        ),
        "Caddyfile": ("read_header", "read_body", "flush_interval -1"),
    }[name]
    assert [one for one in wanted if one not in text] == []


def test_statements_of_nginx_end() -> None:
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert [line for line in map(str.strip, text.splitlines()) if line and line[-1] not in ";{}"] == []
