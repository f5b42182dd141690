"""A real headless Firefox with the extension loaded, over its own Marionette socket: no driver program is needed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EXTENSION = Path(__file__).parents[2] / "extension" / "addon"
UUID = "11111111-2222-4333-8444-555555555555"  # of the extension's own pages; random unless set
PATIENCE = 20.0  # seconds: machines are shared
ALT, SHIFT, TAB, ENTER, ESCAPE, SPACE, DOWN = "\ue00a", "\ue008", "\ue004", "\ue007", "\ue00c", " ", "\ue015"
CARD = "document.getElementById('headwater-card')"
PREFS = {
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "extensions.update.enabled": False,
    "network.dns.localDomains": "news.test",  # articles stand where the manifest grants nothing, so activeTab is tested
    "ui.prefersReducedMotion": 1,  # scrolling ends at once
}


class Firefox:
    """One browser for many tests; `page` is the tab of articles, further tabs are closed by whoever opened them."""

    def __init__(self, extension: Path = EXTENSION, binary: str = "firefox-esr", **prefs: str | int | bool) -> None:
        manifest = json.loads((extension / "manifest.json").read_text("utf-8"))
        self.addon = manifest["browser_specific_settings"]["gecko"]["id"]
        self.base = f"moz-extension://{UUID}"
        self.profile = Path(tempfile.mkdtemp(prefix="headwater-firefox-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        own = {"marionette.port": port, "extensions.webextensions.uuids": json.dumps({self.addon: UUID})}
        lines = (
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in (PREFS | own | prefs).items()
        )
        (self.profile / "user.js").write_text("".join(lines), "utf-8")
        self.process = subprocess.Popen(
            [
                os.environ.get("FIREFOX", binary),
                *("--headless", "--marionette", "-remote-allow-system-access", "--no-remote"),
                *("--profile", str(self.profile), "about:blank"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.count, self.kept = 0, b""
        self.socket = self._connect(port)
        self._read()  # its greeting
        self("WebDriver:NewSession", capabilities={})
        self("Addon:Install", path=str(extension), temporary=True)
        self.page = self.handle

    def __call__(self, command: str, **parameters: Any) -> Any:
        self.count += 1
        body = json.dumps([0, self.count, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(body), body))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.profile, ignore_errors=True)

    @property
    def handle(self) -> str:
        return self("WebDriver:GetWindowHandle")

    def goto(self, url: str) -> None:
        self("WebDriver:Navigate", url=url)

    def run(self, code: str, *arguments: object) -> Any:
        """Run a script in the page, as the page would."""
        return self("WebDriver:ExecuteScript", script=code, args=list(arguments), sandbox=None)

    def run_async(self, code: str, *arguments: object) -> Any:
        """Run a script that awaits; `given` are its arguments."""
        script = f"const given=[...arguments],done=given.pop();(async()=>{{{code}}})().then(done,e=>done('FAILED '+e))"
        return self("WebDriver:ExecuteAsyncScript", script=script, args=list(arguments))

    def run_in_browser(self, code: str, *arguments: object) -> Any:
        """Run a script with the browser's own rights."""
        with self._chrome():
            said = self.run_async(code, *arguments)
        assert not (isinstance(said, str) and said.startswith("FAILED")), said
        return said

    def until(self, expression: str, *arguments: object) -> Any:
        """Wait until an expression of the page holds, and return its value."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := self.run(f"return {expression}", *arguments):
                return value
            time.sleep(0.05)
        raise AssertionError(f"never held: {expression}")

    @contextmanager
    def tab(self, url: str) -> Iterator[None]:
        """Another tab, in front while the block runs."""
        before, opened = self.handle, self("WebDriver:NewWindow", type="tab")["handle"]
        self("WebDriver:SwitchToWindow", handle=opened)
        self.goto(url)
        try:
            yield
        finally:
            if self.handle == opened:
                self("WebDriver:CloseWindow")
            self("WebDriver:SwitchToWindow", handle=before)

    def switch(self, handle: str) -> None:
        self("WebDriver:SwitchToWindow", handle=handle)

    def close_others(self) -> None:
        """Close all tabs but that of articles."""
        for handle in self("WebDriver:GetWindowHandles"):
            if handle != self.page:
                self.switch(handle)
                self("WebDriver:CloseWindow")
        self.switch(self.page)

    def url(self, page: str) -> str:
        return f"{self.base}/{page}"

    def store(self, **values: str) -> None:
        """Set the extension's settings anew, everything else forgotten."""
        self.run_in_extension(
            "const {local, session} = browser.storage;"
            "await local.clear(); await session.clear(); await local.set(given[0])",
            values,
        )

    def stored(self) -> dict[str, Any]:
        return self.run_in_extension("return browser.storage.local.get()")

    def run_in_extension(self, code: str, *arguments: object) -> Any:
        """Run a script in one of the extension's own pages."""
        with self.tab(self.url("pages/welcome.html")):
            said = self.run_async(code, *arguments)
        assert not (isinstance(said, str) and said.startswith("FAILED")), said
        return said

    def click_action(self) -> None:
        """Click the toolbar button, as a hand would: it grants activeTab."""
        self.run(f"{CARD}?.setAttribute('data-before', '')")
        self.run_in_browser(
            """const {ExtensionParent} = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
            const {extension} = WebExtensionPolicy.getByID(given[0]);
            await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window)""",
            self.addon,
        )

    def context_menu(self, css: str, label: str) -> list[str]:
        """Open the true menu with a right click on an element and take the extension's item; return all its items."""
        x, y = self.run(
            "const e=document.querySelector(arguments[0]);e.scrollIntoView({block:'center'});"
            "const r=e.getBoundingClientRect();return [r.x+20,r.y+r.height/2]",
            css,
        )
        click = [
            {"type": "pointerMove", "x": int(x), "y": int(y)},
            {"type": "pointerDown", "button": 2},
            {"type": "pointerUp", "button": 2},
        ]
        pointer = {"type": "pointer", "id": "m", "parameters": {"pointerType": "mouse"}, "actions": click}
        self("WebDriver:PerformActions", actions=[pointer])
        return self.run_in_browser(
            """const menu = document.getElementById('contentAreaContextMenu');
            for (let i = 0; i < 200 && menu.state !== 'open'; i++) await new Promise(go => setTimeout(go, 50));
            const own = [...menu.querySelectorAll('menuitem')].filter(item => item.id.includes('-menuitem-'));
            const wanted = own.find(item => item.label === given[0]), labels = own.map(item => item.label);
            wanted ? menu.activateItem(wanted) : menu.hidePopup();
            return labels""",
            label,
        )

    def shortcut(self, *keys: str) -> None:
        """Press keys together; in the browser's own context, where its shortcuts are."""
        with self._chrome():
            self.press(*keys)

    def press(self, *keys: str) -> None:
        """Press keys together, in the page."""
        down = [{"type": "keyDown", "value": key} for key in keys]
        up = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self("WebDriver:PerformActions", actions=[{"type": "key", "id": "k", "actions": down + up}])

    def picture(self, path: Path) -> None:
        """Write what the page shows as a PNG file."""
        path.write_bytes(base64.b64decode(self("WebDriver:TakeScreenshot", full=False)))

    def card_state(self) -> str:
        """Wait for the end of the check of the last act's card, and return it."""
        state = f"{CARD}?.dataset.state"
        return self.until(f"{CARD}?.dataset.before === undefined && {state} && {state}!=='busy' && {state}")

    def card(self, code: str, *arguments: object) -> Any:
        """Run a script on the card; `root` is its closed shadow root, which only the browser's own rights reach."""
        script = f"const root = {CARD}.openOrClosedShadowRoot; {code}"
        return self("WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox="system")

    @contextmanager
    def _chrome(self) -> Iterator[None]:
        self("Marionette:SetContext", value="chrome")
        try:
            yield
        finally:
            self("Marionette:SetContext", value="content")

    def _connect(self, port: int) -> socket.socket:
        end = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < end:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=3 * PATIENCE)
            except OSError:
                time.sleep(0.1)
        raise AssertionError("Firefox does not listen")

    def _read(self) -> Any:
        while b":" not in self.kept:
            self._receive()
        size, self.kept = self.kept.split(b":", 1)
        while len(self.kept) < int(size):
            self._receive()
        body, self.kept = self.kept[: int(size)], self.kept[int(size) :]
        return json.loads(body)

    def _receive(self) -> None:
        part = self.socket.recv(65_536)
        assert part, "Firefox has gone"
        self.kept += part
