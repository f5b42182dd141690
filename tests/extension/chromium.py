"""A real headless Chromium with the extension loaded as a user loads it, and the card inside its closed shadow root."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Playwright, Worker
from tests.browsers import NEEDED, find
from tests.extension.probes import BOX, COLLECT_ERRORS

EXTENSION = Path(__file__).parents[2] / "extension" / "addon"
HOST = "#headwater-card"
PATIENCE = 20_000  # ms: machines are shared
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.test 127.0.0.1",  # articles stand where the manifest grants nothing
)


class Chromium:
    """One browser for many tests: tabs are closed between them, and the profile goes with it."""

    def __init__(
        self, playwright: Playwright, extension: Path = EXTENSION, *arguments: str, **environment: str
    ) -> None:
        self.profile = tempfile.mkdtemp(prefix="headwater-chromium-")
        self.context = playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=find(NEEDED[0]),
            headless=True,
            env={**os.environ, **environment},
            args=[*QUIET, f"--disable-extensions-except={extension}", f"--load-extension={extension}", *arguments],
        )
        self.context.set_default_timeout(PATIENCE)
        workers = self.context.service_workers or [self.context.wait_for_event("serviceworker", timeout=PATIENCE)]
        self.id = workers[0].url.split("/")[2]
        self.cdp = self.context.browser.new_browser_cdp_session()
        self.collect_errors()
        self.desk = self.context.new_page()  # a page of the extension from which its storage is set
        self.desk.goto(self.url("_locales/en/messages.json"))

    def close(self) -> None:
        self.context.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def url(self, page: str) -> str:
        return f"chrome-extension://{self.id}/{page}"

    def targets(self, kind: str) -> list[dict[str, Any]]:
        found = self.cdp.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
        return [target for target in found if target["type"] == kind]

    def click_action(self, page: Page) -> None:
        """Click the toolbar button: fires `action.onClicked` and grants activeTab, as a hand would."""
        page.bring_to_front()
        if page.url.startswith("http"):
            page.evaluate(f"document.querySelector('{HOST}')?.setAttribute('data-before', '')")
        tab = [target for target in self.targets("tab") if target["url"] == page.url][-1]
        self.cdp.send("Extensions.triggerAction", {"id": self.id, "targetId": tab["targetId"]})

    def kill_worker(self) -> None:
        for target in self.targets("service_worker"):
            self.cdp.send("Target.closeTarget", {"targetId": target["targetId"]})

    def worker(self) -> Worker:
        """The worker that runs now; a handle goes stale when its worker stops."""
        return self.context.service_workers[-1]

    def store(self, **values: str) -> None:
        """Set the extension's settings anew, everything else forgotten."""
        self.desk.evaluate(
            """async values => {
              await chrome.storage.local.clear(); await chrome.storage.session.clear();
              await chrome.storage.local.set(values) }""",
            values,
        )

    def stored(self) -> dict[str, Any]:
        return self.desk.evaluate("() => chrome.storage.local.get()")

    def close_tabs(self) -> None:
        for page in self.context.pages:
            if page is not self.desk:
                page.close()
        for target in self.targets("page"):  # a side panel is no tab, and outlives the tab it was opened on
            if target["url"].startswith(self.url("pages/panel.html")):
                self._close(target)

    def _close(self, target: dict[str, Any]) -> None:
        try:
            self.cdp.send("Target.closeTarget", {"targetId": target["targetId"]})
        except Error as gone:  # what closed of itself meanwhile is closed
            if "No target with given id" not in str(gone):
                raise

    def collect_errors(self) -> None:
        """Have errors collected: Chromium collects none unless told to, and only from a reload of the extension on."""
        page = self.context.new_page()
        page.goto("chrome://extensions")
        page.evaluate(COLLECT_ERRORS, self.id)
        page.close()

    def errors(self) -> set[str]:
        """Return manifest and runtime errors since the start."""
        page = self.context.new_page()
        page.goto("chrome://extensions")
        found = page.evaluate("id => chrome.developerPrivate.getExtensionInfo(id)", self.id)
        page.close()
        return {error["message"] for error in found["manifestErrors"] + found["runtimeErrors"]}


class Card:
    """Reads and clicks the card. Scripts of a page and locators cannot; the protocol of the developer tools can."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tools = page.context.new_cdp_session(page)

    def wait(self, state: str) -> Card:
        """Wait for a state of the card of the last act: one that stood there before it does not count."""
        self.page.wait_for_selector(f"{HOST}[data-state={state}]:not([data-before])", state="attached")
        return self

    @property
    def state(self) -> str | None:
        return self.page.evaluate(f"document.querySelector('{HOST}')?.dataset.state ?? null")

    def gone(self) -> bool:
        self.page.wait_for_selector(HOST, state="detached")
        return True

    def run(self, function: str, *arguments: object) -> Any:
        """Call a function with the shadow root as `this`."""
        top = self.tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        host = self.tools.send("DOM.querySelector", {"nodeId": top, "selector": HOST})["nodeId"]
        node = self.tools.send("DOM.describeNode", {"nodeId": host, "depth": 1, "pierce": True})["node"]
        root = self.tools.send("DOM.resolveNode", {"backendNodeId": node["shadowRoots"][0]["backendNodeId"]})["object"]
        said = self.tools.send(
            "Runtime.callFunctionOn",
            {
                "objectId": root["objectId"],
                "functionDeclaration": function,
                "returnByValue": True,
                "awaitPromise": True,
                "arguments": [{"value": value} for value in arguments],
            },
        )
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def text(self, css: str = "section") -> str:
        return self.run("function(css){return this.querySelector(css).textContent}", css)

    def texts(self, css: str) -> list[str]:
        return self.run("function(css){return [...this.querySelectorAll(css)].map(e => e.textContent)}", css)

    def status(self) -> str:
        return self.text("[role=status]")

    def says(self, words: str) -> bool:
        """Wait until the status line holds the words."""
        for _ in range(200):
            if words in self.status():
                return True
            self.page.wait_for_timeout(50)
        return False

    def count(self, css: str) -> int:
        return self.run("function(css){return this.querySelectorAll(css).length}", css)

    def click(self, words: str) -> None:
        """Press the button or link of these words, with the mouse."""
        spot = self.run(
            """function(words){
              const found = [...this.querySelectorAll('button,a,summary')].find(e => e.textContent.trim() === words);
              found.scrollIntoView({block: 'nearest'});
              const box = found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] }""",
            words,
        )
        self.page.mouse.click(*spot)

    def box(self, css: str = "section") -> tuple[float, ...]:
        """Left, top, right and bottom in the window, and how much is cut off sideways."""
        return tuple(self.run(BOX, css))

    def focused(self) -> str:
        return self.run(
            "function(){const e = this.activeElement; return e ? e.localName + ' ' + e.textContent.slice(0, 40) : ''}"
        )
