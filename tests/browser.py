"""A browser without a screen, driven through the pipe that Chromium opens for tools."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from select import select
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")

PATIENCE = 60  # seconds

_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--disable-quic", "--disable-extensions"),
)


@dataclass
class Browser:
    """A running browser; one message at a time is sent, and its answer awaited."""

    to: int
    out: int
    sent: int = 0
    read: bytes = b""
    events: list[dict[str, Any]] = field(default_factory=list)

    def call(self, method: str, session: str = "", **params: object) -> dict[str, Any]:
        """Send a message of the DevTools protocol, and return its result."""
        self.sent += 1
        message = {"id": self.sent, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.to, rest) :]
        while (said := self._next()).get("id") != self.sent:
            self.events.append(said)
        assert "error" not in said, said
        result: dict[str, Any] = said["result"]
        return result

    def await_event(self, method: str, session: str) -> None:
        """Wait until something has happened; it may have happened before."""
        while not self._has(method, session):
            self.events.append(self._next())

    def _has(self, method: str, session: str) -> bool:
        return any(
            one["method"] == method and one.get("sessionId") == session
            for one in self.events
        )

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.read:
            assert select([self.out], [], [], PATIENCE)[0], "the browser is silent"
            part = os.read(self.out, 1 << 16)
            assert part, "the browser has ended"
            self.read += part
        said, _, rest = self.read.partition(b"\0")
        self.read = rest
        message: dict[str, Any] = json.loads(said)
        return message


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start a browser that keeps what it keeps in a folder."""
    ours, its = os.pipe(), os.pipe()
    command = [str(PROGRAM), *_QUIET, f"--user-data-dir={folder}"]
    piped = f'exec "$@" 3<&{ours[0]} 4>&{its[1]}'
    process = subprocess.Popen(
        ["bash", "-c", piped, "bash", *command, "--remote-debugging-pipe"],
        pass_fds=(ours[0], its[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(ours[0])
    os.close(its[1])
    running = Browser(ours[1], its[0])
    yield running
    running.call("Browser.close")
    os.close(ours[1])
    os.close(its[0])
    process.wait(timeout=PATIENCE)


@dataclass
class Tab:
    """A page in the browser, as one looks at it."""

    browser: Browser
    session: str
    target: str

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Send a message of the DevTools protocol about this page."""
        return self.browser.call(method, self.session, **params)

    def open(self, address: str) -> None:
        """Go to a page, and wait until it is there."""
        self.browser.events.clear()
        self.call("Page.navigate", url=address)
        self.browser.await_event("Page.loadEventFired", self.session)

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
        """Return what an expression of JavaScript comes to."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def text(self, selector: str) -> str:
        """Return what is to be read in the first element that a selector finds."""
        return str(
            self.run(f"document.querySelector({json.dumps(selector)}).innerText")
        )

    def count(self, selector: str) -> int:
        """Return how many elements a selector finds."""
        found = self.run(f"document.querySelectorAll({json.dumps(selector)}).length")
        return int(found)

    def is_visible(self, selector: str) -> bool:
        """Return whether an element can be seen."""
        found = f"document.querySelector({json.dumps(selector)})"
        return bool(self.run(f"{found}.checkVisibility()"))

    def place(self, selector: str) -> tuple[float, float]:
        """Bring an element into view, and return where its middle is."""
        x, y = self.run(
            "(() => {"
            f"const one = document.querySelector({json.dumps(selector)});"
            "one.scrollIntoView({block: 'center'});"
            "const box = one.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2];"
            "})()"
        )
        return x, y

    def click(self, selector: str) -> None:
        """Click in the middle of an element, as a mouse does."""
        x, y = self.place(selector)
        at = {"x": x, "y": y, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, **at)

    def tap(self, selector: str) -> None:
        """Touch the middle of an element with a finger, for a moment."""
        x, y = self.place(selector)
        touch = "Input.dispatchTouchEvent"
        self.call(touch, type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.call(touch, type="touchEnd", touchPoints=[])

    def press(self, key: str) -> None:
        """Press and release a key."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        codes = {"Enter": 13, "Escape": 27, "Tab": 9}
        code = codes.get(key) or ord(key.upper())
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                windowsVirtualKeyCode=code,
                **({"text": text} if kind == "keyDown" and text else {}),
            )

    def type(self, text: str) -> None:
        """Put a text where the cursor is."""
        self.call("Input.insertText", text=text)

    def complaints(self) -> list[str]:
        """Return what the browser complains of: errors, and what the policy forbids."""
        return [
            json.dumps(one["params"])
            for one in self.browser.events
            if one["method"] in {"Runtime.exceptionThrown", "Log.entryAdded"}
        ]

    def requests(self) -> list[str]:
        """Return the addresses that were asked for."""
        return [
            one["params"]["request"]["url"]
            for one in self.browser.events
            if one["method"] == "Network.requestWillBeSent"
        ]

    def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        size = {"width": width, "height": height}
        emulate = "Emulation.setDeviceMetricsOverride"
        self.call(emulate, **size, deviceScaleFactor=1, mobile=False)

    def close(self) -> None:
        """Close the page."""
        self.browser.call("Target.closeTarget", targetId=self.target)


def new_tab(running: Browser) -> Tab:
    """Open an empty page."""
    target = running.call("Target.createTarget", url="about:blank")["targetId"]
    attached = running.call("Target.attachToTarget", targetId=target, flatten=True)
    tab = Tab(running, attached["sessionId"], target)
    for domain in ("Page", "Runtime", "Log", "Network"):
        tab.call(f"{domain}.enable")
    tab.resize(1280, 900)
    return tab
