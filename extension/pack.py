"""Pack the extension for the browsers' stores: `python extension/pack.py [FOLDER]` writes one zip a browser.

The same files give the same bytes: names are sorted, dates are fixed, nothing of the machine gets in. A browser's own
manifest holds no key that only the other one knows.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

ADDON = Path(__file__).parent / "addon"
MOST_BYTES = 60 * 1024  # an extension this small is read before it is trusted
DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
FILES = frozenset({".css", ".html", ".js", ".json", ".png"})
FOREIGN = {
    "chromium": ("browser_specific_settings", "sidebar_action", "background.scripts"),
    "firefox": ("minimum_chrome_version", "side_panel", "background.service_worker"),
}
FOREIGN_PERMISSIONS = {"chromium": frozenset[str](), "firefox": frozenset({"sidePanel"})}


def manifest_for(browser: str, manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest without what only the other browser knows.

    Args:
        browser: "chromium" or "firefox".
        manifest: As it stands in the folder, for both.
    """
    own: dict[str, Any] = json.loads(json.dumps(manifest))
    for key in FOREIGN[browser]:
        *above, last = key.split(".")
        place = own
        for name in above:
            place = place[name]
        del place[last]
    own["permissions"] = [name for name in own["permissions"] if name not in FOREIGN_PERMISSIONS[browser]]
    return own


def files_of(browser: str) -> dict[str, bytes]:
    """Return what is packed for a browser by its name in the zip, in the order of names.

    Raises:
        ValueError: If the folder holds a file that no extension needs.
    """
    found = {}
    for path in sorted(ADDON.rglob("*")):
        if path.is_dir():
            continue
        name = path.relative_to(ADDON).as_posix()
        if path.suffix not in FILES or any(part.startswith(".") for part in path.parts[len(ADDON.parts) :]):
            raise ValueError(f"{name} does not belong into the extension")
        found[name] = path.read_bytes()
    manifest = manifest_for(browser, json.loads(found["manifest.json"]))
    found["manifest.json"] = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    return dict(sorted(found.items()))


def pack(browser: str, folder: Path) -> Path:
    """Write the zip of one browser.

    Args:
        browser: "chromium" or "firefox".
        folder: Where to.

    Returns:
        The file, named for the browser and the version.

    Raises:
        ValueError: If it became larger than an extension may be here.
    """
    files = files_of(browser)
    version = json.loads(files["manifest.json"])["version"]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"headwater-{browser}-{version}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every machine
            archive.writestr(entry, body, zipfile.ZIP_DEFLATED, 9)
    if target.stat().st_size > MOST_BYTES:
        raise ValueError(f"{target.name} has {target.stat().st_size:,} bytes, more than {MOST_BYTES:,}")
    return target


def main() -> None:
    """Pack for every browser, and print the sizes."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("dist")
    for browser in FOREIGN:
        target = pack(browser, folder)
        print(f"{target}  {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
