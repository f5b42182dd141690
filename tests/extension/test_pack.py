"""The packed extension: the same bytes twice, small, no key that only the other browser knows; its icons as drawn."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from extension import draw_icons, pack

MANIFEST = json.loads((pack.ADDON / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("browser", pack.FOREIGN)
def test_two_runs_give_the_same_bytes(browser: str, tmp_path: Path) -> None:
    first, second = [pack.pack(browser, tmp_path / run) for run in ("a", "b")]
    assert first.read_bytes() == second.read_bytes()
    assert first.name == f"headwater-{browser}-{MANIFEST['version']}.zip"
    assert first.stat().st_size <= 60 * 1024


@pytest.mark.parametrize("browser", pack.FOREIGN)
def test_the_zip_is_the_folder_and_nothing_of_the_machine(browser: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack.pack(browser, tmp_path)) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        assert names == sorted(names)
        assert names == sorted(
            path.relative_to(pack.ADDON).as_posix() for path in pack.ADDON.rglob("*") if path.is_file()
        )
        assert {entry.date_time for entry in entries} == {pack.DATE}
        assert {(entry.create_system, entry.external_attr) for entry in entries} == {(3, 0o100644 << 16)}
        for name in names:
            if name != "manifest.json":
                assert archive.read(name) == (pack.ADDON / name).read_bytes()


def test_each_manifest_holds_what_its_browser_knows() -> None:
    chromium, firefox = (pack.manifest_for(browser, MANIFEST) for browser in ("chromium", "firefox"))
    assert chromium["background"] == {"service_worker": "background.js", "type": "module"}
    assert firefox["background"] == {"scripts": ["background.js"], "type": "module"}
    assert MANIFEST.keys() - chromium.keys() == {"browser_specific_settings", "sidebar_action"}
    assert MANIFEST.keys() - firefox.keys() == {"minimum_chrome_version", "side_panel"}
    assert "sidePanel" in chromium["permissions"]
    assert "sidePanel" not in firefox["permissions"]
    for key in chromium.keys() & firefox.keys() - {"background", "permissions"}:
        assert chromium[key] == firefox[key] == MANIFEST[key]


def test_a_stray_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(pack, "ADDON", tmp_path)
    with pytest.raises(ValueError, match=r"notes\.txt"):
        pack.files_of("chromium")


def test_a_large_extension_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "MOST_BYTES", 1_000)
    with pytest.raises(ValueError, match="more than 1,000"):
        pack.pack("chromium", tmp_path)


@pytest.mark.parametrize("size", [16, 32, 48])
def test_the_icons_are_those_that_are_drawn(size: int) -> None:
    stored = (draw_icons.ICONS / f"{size}.png").read_bytes()
    assert struct.unpack(">II", stored[16:24]) == (size, size)
    length = struct.unpack(">I", stored[33:37])[0]
    assert zlib.decompress(stored[41 : 41 + length]) == draw_icons.rows(size)
