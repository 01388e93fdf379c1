"""A headless Chromium driven by the DevTools protocol: enough to use a page as a person does."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

_CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
_START_SECONDS = 60.0
_KEYS = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "Backspace": 8, " ": 32}

# The newest visible element with this text that can be pressed.
_BY_TEXT = """[...document.querySelectorAll('button, a, [role=button], label, summary')]
    .filter(e => e.textContent.trim() === TEXT && e.checkVisibility()).at(-1)"""
_BY_SELECTOR = "[...document.querySelectorAll(SELECTOR)].filter(e => e.checkVisibility()).at(-1)"


_AIMS = 5
# Where an element stands once it has stopped moving. The page may still scroll under the pointer,
# as under a finger, so the page also notes whether the click arrived.
_AIM = """new Promise(resolve => {
    let before = "";
    const deadline = performance.now() + 30000;
    const look = () => {
        const element = ELEMENT;
        element?.scrollIntoView({block: 'nearest', behavior: 'instant'});
        const box = element?.getBoundingClientRect() ?? new DOMRect();
        const now = [box.x, box.y, box.width, box.height].join();
        if (!element || now !== before) {
            before = now;
            return performance.now() > deadline ? resolve(null) : setTimeout(look, 32);
        }
        window.clickArrived = false;
        const note = ({target}) => { // the page may have drawn the element anew meanwhile
            window.clickArrived ||= element.contains(target) || Boolean(ELEMENT?.contains(target));
        };
        addEventListener("click", note, {capture: true, once: true});
        resolve([box.x + box.width / 2, box.y + box.height / 2]);
    };
    look();
})"""


def chromium() -> str:
    """Where Chromium is; without one the test is skipped, or fails where it must run: in CI."""
    for name in _CANDIDATES:
        if path := shutil.which(name):
            return path
    if os.environ.get("CI"):
        pytest.fail("no Chromium found, and CI must drive the page")
    pytest.skip("no Chromium found: install it to drive the page")


@asynccontextmanager
async def open_browser(user_data: Path) -> AsyncIterator[Browser]:
    """A browser with an empty profile of its own in `user_data`."""
    process = await asyncio.create_subprocess_exec(
        chromium(),
        *_FLAGS,
        f"--user-data-dir={user_data}",
        "about:blank",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        limit=2**24,  # nobody reads its complaints further on, and it must not block on them
    )
    try:
        async with asyncio.timeout(_START_SECONDS):
            port = await _debugging_port(process)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            yield Browser(session)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _debugging_port(process: asyncio.subprocess.Process) -> int:
    assert process.stderr
    said = []
    async for line in process.stderr:
        said.append(line.decode(errors="replace"))
        if match := re.search(r"DevTools listening on ws://[^:]+:(\d+)/", said[-1]):
            return int(match[1])
    raise RuntimeError(f"Chromium ended without a DevTools port: {''.join(said)}")


class Browser:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    @asynccontextmanager
    async def page(
        self, width: int = 1200, height: int = 800, *, dark: bool = False, language: str = "ru"
    ) -> AsyncIterator[Page]:
        """A tab of its own; closing it is part of leaving."""
        async with self._session.put("/json/new?about:blank") as response:
            target = await response.json(content_type=None)
        async with self._session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            page = Page(socket)
            for domain in ("Page", "Runtime", "Log"):
                await page.command(f"{domain}.enable")
            await page.set_viewport(width, height)
            await page.set_dark(dark=dark)
            await page.set_language(language)
            yield page
        async with self._session.get(f"/json/close/{target['id']}"):
            pass


class Page:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._last_id = 0
        self.errors: list[str] = []  # uncaught exceptions and errors of the console

    async def command(self, method: str, **parameters: object) -> dict[str, Any]:
        self._last_id += 1
        await self._socket.send_json({"id": self._last_id, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json()
            if message.get("id") != self._last_id:
                self._note(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message['error']['message']}")
            else:
                result: dict[str, Any] = message["result"]
                return result

    def _note(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif event.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.errors.append(parameters["entry"]["text"])

    async def goto(self, url: str) -> None:
        await self.command("Page.navigate", url=url)
        await self.wait_for(
            f"location.href !== 'about:blank' && document.readyState === 'complete' /* {url} */"
        )

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression; promises are awaited."""
        answer = await self.command(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    async def wait_for(self, expression: str, timeout: float = 30.0) -> None:  # noqa: ASYNC109
        """Waits until an expression is true, looking again whenever the page draws."""
        waiting = f"""new Promise(resolve => {{
            const deadline = performance.now() + {timeout * 1000};
            const look = () => {{
                if ({expression}) resolve(true);
                else if (performance.now() > deadline) resolve(false);
                else setTimeout(look, 16);
            }};
            look();
        }})"""
        try:
            held = await self.evaluate(waiting)
        except RuntimeError as error:
            if "Inspected target navigated" not in str(error) and "context" not in str(error):
                raise
            held = await self.evaluate(waiting)  # the page was replaced while it was looked at
        if not held:
            text = await self.evaluate("document.body.innerText")
            raise AssertionError(f"did not come true: {expression}\nerrors: {self.errors}\nthe page:\n{text}")

    async def click(self, selector: str | None = None, *, text: str | None = None) -> None:
        """Clicks the newest visible element that fits a selector, or that bears a text."""
        if selector is not None:
            element = _BY_SELECTOR.replace("SELECTOR", json.dumps(selector))
        else:
            element = _BY_TEXT.replace("TEXT", json.dumps(text))
        await self.wait_for(element)
        for _ in range(_AIMS):
            place = await self.evaluate(_AIM.replace("ELEMENT", element))
            if place is None:
                break
            x, y = place
            for kind in ("mousePressed", "mouseReleased"):
                await self.command(
                    "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
                )
            if await self.evaluate("window.clickArrived !== false"):  # undefined: the click led elsewhere
                return
        raise AssertionError(f"no click reached {selector or text}")

    async def type(self, text: str) -> None:
        """Types into what has the focus."""
        await self.command("Input.insertText", text=text)

    async def press_key(self, key: str, *, shift: bool = False) -> None:
        code = _KEYS[key]
        about: dict[str, object] = {
            "key": key,
            "code": "Space" if key == " " else key,
            "windowsVirtualKeyCode": code,
            "modifiers": 8 if shift else 0,
        }
        text = {"Enter": "\r", " ": " "}.get(key)
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        await self.command("Input.dispatchKeyEvent", **down, **about)
        await self.command("Input.dispatchKeyEvent", type="keyUp", **about)

    async def choose_files(self, selector: str, paths: Sequence[Path]) -> None:
        """Gives files to a file field."""
        document = await self.command("DOM.getDocument")
        node = await self.command("DOM.querySelector", nodeId=document["root"]["nodeId"], selector=selector)
        await self.command(
            "DOM.setFileInputFiles", nodeId=node["nodeId"], files=[str(path) for path in paths]
        )

    async def screenshot(self, path: Path) -> None:
        shot = await self.command("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))  # noqa: ASYNC240 (a test has time for that)

    async def set_viewport(self, width: int, height: int) -> None:
        await self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def set_language(self, language: str) -> None:
        version = await self.command("Browser.getVersion")
        agent = version["userAgent"]
        await self.command("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=language)

    async def set_dark(self, *, dark: bool) -> None:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.command("Emulation.setEmulatedMedia", features=[scheme])
