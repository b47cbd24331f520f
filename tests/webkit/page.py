"""One page of WebKitGTK: how it is told what to do, and what it reports."""

import base64
import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, GLib, Gtk, WebKit2  # noqa: E402

from tests.webkit.hands import Hands  # noqa: E402
from tests.webkit.network import Network  # noqa: E402

Emit = Callable[[str, dict[str, Any]], None]
Done = Callable[[dict[str, Any]], None]

RUNTIME = Path(__file__).with_name("script.js").read_text()
#: how Playwright asks for code that a test wrote
ASKS = "utilityScript.evaluate("
#: says when the document has been read
READ = """document.addEventListener("DOMContentLoaded", () =>
  window.webkit.messageHandlers.bidi.postMessage("{}"))"""

ids = count(1)


class Page:
    """A view in a window of its own."""

    def __init__(self, context: Any, emit: Emit) -> None:
        """A page of `context`, the visitor, which `emit`s events of WebDriver BiDi."""
        self.id = f"page-{next(ids)}"
        self.context = context
        self.realm = ""
        self._dialog: Any = None
        self._tell = emit
        self._navigation: str | None = None
        self._asked: str | None = None
        self._document = ""  # its address, without the fragment
        self._scripts = WebKit2.UserContentManager()
        self.view = WebKit2.WebView(
            web_context=context.web,
            user_content_manager=self._scripts,
            settings=settings(context.agent),
        )
        self._hands = Hands(self.view)
        self._network = Network(self.id, self.emit)
        self._window = Gtk.Window()
        self._window.add(self.view)
        self.write_scripts()
        self._listen()
        self.resize(*context.size)
        self._window.show_all()
        self._window.get_window().focus(Gdk.CURRENT_TIME)

    def emit(self, method: str, **params: Any) -> None:
        """Report something of this page."""
        self._tell(method, {"context": self.id, "timestamp": 0, **params})

    # What it is told

    def resize(self, width: int, height: int) -> None:
        """Make the page so wide and so high (px)."""
        self.view.set_size_request(width, height)
        self._window.resize(width, height)

    def write_scripts(self) -> None:
        """Let every document begin with the scripts of its visitor."""
        self._scripts.remove_all_scripts()
        for source in [READ, *self.context.scripts_for(self.id)]:
            self._scripts.add_script(
                WebKit2.UserScript.new(
                    source,
                    WebKit2.UserContentInjectedFrames.TOP_FRAME,
                    WebKit2.UserScriptInjectionTime.START,
                )
            )

    def go(self, url: str) -> str:
        """Go to an address; the id of the navigation."""
        self._asked = f"navigation-{next(ids)}"
        self.view.load_uri(url)
        return self._asked

    def act(self, sources: list[dict[str, Any]], done: Done) -> None:
        """Press keys and move the mouse; it is done when the page has heard it."""
        for source in sources:
            for action in source["actions"]:
                self._hands.do(action)
        self.run("return 0", lambda _: done({}))

    def call(self, params: dict[str, Any], done: Done) -> None:
        """Call a function in the page, as `script.callFunction` and `script.evaluate` say."""
        function = params.get("functionDeclaration") or returning(params["expression"])
        given = params.get("arguments", [])
        depth = params.get("serializationOptions", {}).get("maxObjectDepth", 99)
        how = {"given": given, "depth": depth, "owned": params.get("resultOwnership") == "root"}
        texts = [given[3]["value"], *within(given)] if ASKS in function else []
        compiled = ", ".join(f"[{json.dumps(text)}, {returning(text)}]" for text in texts)
        ask = f"return await bidi.call(() => ({function}), {json.dumps(how)}, [{compiled}])"
        realm = self.realm + ("u" if params["target"].get("sandbox") else "")
        self.run(ask, lambda found: done({**json.loads(found), "realm": realm}))

    def answer(self, accept: bool, text: str) -> None:
        """Answer the dialog that the page waits for."""
        dialog, self._dialog = self._dialog, None
        kind = dialog.get_dialog_type().value_nick
        if "confirm" in kind:
            dialog.confirm_set_confirmed(accept)
        elif kind == "prompt" and accept:
            dialog.prompt_set_text(text)
        dialog.close()
        self.emit("browsingContext.userPromptClosed", accepted=accept)

    def disown(self, handles: list[str]) -> None:
        """Let go of what is held in the page."""
        self.run(f"bidi.disown({json.dumps(handles)}); return 0", lambda _: None)

    def run(self, body: str, done: Callable[[Any], None]) -> None:
        """Run the body of an asynchronous function in the page; what it gives is text."""
        code = f'const bidi = globalThis[Symbol.for("bidi")] ??= ({RUNTIME})();\n{body}'

        def finished(view: Any, result: Any) -> None:
            try:
                found = view.call_async_javascript_function_finish(result).to_string()
            except GLib.Error as error:
                details = {"type": "exception", "exceptionDetails": {"text": error.message}}
                found = json.dumps(details)
            done(found)

        self.view.call_async_javascript_function(code, -1, None, None, None, None, finished)

    def picture(self, clip: dict[str, float] | None) -> str:
        """What is seen of the page, as a PNG in base 64."""
        window = self.view.get_window()
        box = clip or {"x": 0, "y": 0, "width": window.get_width(), "height": window.get_height()}
        place = [round(box[name]) for name in ("x", "y", "width", "height")]
        _, data = Gdk.pixbuf_get_from_window(window, *place).save_to_bufferv("png", [], [])
        return base64.b64encode(data).decode()

    def close(self) -> None:
        """Leave the page as somebody who closes its tab."""
        self.view.try_close()

    # What it reports

    def _listen(self) -> None:
        self._scripts.register_script_message_handler("bidi")
        self._scripts.connect("script-message-received::bidi", self._said)
        self.view.connect("load-changed", self._loading)
        self.view.connect("load-failed", self._failed)
        self.view.connect("notify::uri", self._moved)
        self.view.connect("resource-load-started", self._network.watch)
        self.view.connect("permission-request", self._asks)
        self.view.connect("script-dialog", self._talks)
        self.view.connect("close", self._closed)

    def _said(self, scripts: Any, result: Any) -> None:
        said = json.loads(result.get_js_value().to_string())
        if "channel" in said:
            source = {"context": self.id, "realm": self.realm}
            data = {"type": "string", "value": said["text"]}
            self._tell(
                "script.message", {"channel": said["channel"], "data": data, "source": source}
            )
        else:
            self.navigated("browsingContext.domContentLoaded")

    def navigated(self, method: str) -> None:
        """Report a step of the navigation that goes on."""
        self.emit(method, navigation=self._navigation, url=self.view.get_uri() or "about:blank")

    def _loading(self, view: Any, event: Any) -> None:
        if event == WebKit2.LoadEvent.STARTED:
            self._navigation = self._asked or f"navigation-{next(ids)}"
            self._asked = None
            self._network.navigation = self._navigation
            self.navigated("browsingContext.navigationStarted")
        elif event == WebKit2.LoadEvent.COMMITTED:
            self._document = view.get_uri().partition("#")[0]
            self.end_realm()
            self.navigated("browsingContext.navigationCommitted")
            self.begin_realm()
        elif event == WebKit2.LoadEvent.FINISHED:
            self.navigated("browsingContext.load")

    def _failed(self, view: Any, event: Any, url: str, error: Any) -> bool:
        self.navigated("browsingContext.navigationFailed")
        return False

    def _moved(self, view: Any, _: Any) -> None:
        url = view.get_uri()
        same = url.partition("#")[0] == self._document
        if same or not (self._asked or view.is_loading()):
            navigation, self._asked = self._asked, None
            self.emit("browsingContext.fragmentNavigated", navigation=navigation, url=url)

    def begin_realm(self) -> None:
        """Report that code can run in the document."""
        self.realm = f"realm-{next(ids)}"
        self.emit("script.realmCreated", realm=self.realm, type="window", origin="null")

    def end_realm(self) -> None:
        """Report that no code can run in the document any more."""
        for world in ("", "u"):
            self._tell("script.realmDestroyed", {"realm": self.realm + world})

    def _asks(self, view: Any, request: Any) -> bool:
        if self.context.granted:
            request.allow()
        else:
            request.deny()
        return True

    def _talks(self, view: Any, dialog: Any) -> bool:
        kind = dialog.get_dialog_type().value_nick.replace("-confirm", "")
        self._dialog = dialog
        self.emit("browsingContext.userPromptOpened", type=kind, message=dialog.get_message())
        return True

    def _closed(self, view: Any) -> None:
        self.context.pages.remove(self)
        self._window.destroy()
        self.emit("browsingContext.contextDestroyed", parent=None, url="", children=[])


def within(given: Any) -> Iterator[str]:
    """Code that Playwright's own code makes of text, somewhere in its arguments."""
    if isinstance(given, dict):
        yield from within(given.get("value"))
    elif isinstance(given, list):
        match given:
            case [[_, {"value": "functionText" | "callbackText"}], [_, {"value": text}]]:
                yield from (text, f"({text})")
            case _:
                for each in given:
                    yield from within(each)


def returning(expression: str) -> str:
    """A function that gives what an expression gives."""
    return f"() => ({expression.strip().rstrip(';')}\n)"


def settings(agent: str | None) -> Any:
    """How pages are shown, and what the browser calls itself."""
    found = WebKit2.Settings()
    if agent:
        found.set_user_agent(agent)
    found.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
    found.set_enable_write_console_messages_to_stdout(True)
    found.set_javascript_can_access_clipboard(True)
    return found
