"""What Playwright may ask of the browser, and the visitors that it asks it for."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Soup", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, Soup, WebKit2  # noqa: E402

from tests.webkit.page import Done, Page  # noqa: E402
from tests.webkit.screen import console  # noqa: E402

ids = count(1)
#: a line of the console, as WebKit writes it: the level and the text
ERROR = re.compile(r"CONSOLE (?:\w+ )?ERROR (.*)")
#: what a script that runs first in each document may call to be heard
CHANNELS = """({ value: { channel } }) => (text) =>
  window.webkit.messageHandlers.bidi.postMessage(JSON.stringify({ channel, text }))"""

#: a proxy that nobody is: with it no request gets out
NOBODY = "http://127.0.0.1:9"

#: commands that are answered without being done, and why nothing is missed
UNDONE = {
    "session.subscribe": "every event is sent, whether it was asked for or not",
    "network.addDataCollector": "no test reads what a host answered out of the browser",
    "emulation.setScreenOrientationOverride": "no page asks how the screen is held",
    "emulation.setScreenSettingsOverride": "no page asks for the screen, only for its window",
}


class UnknownCommandError(Exception):
    """A command that this program neither does nor knows to be of no matter."""


class Visitor:
    """One visitor: what is kept, wanted and allowed on all pages."""

    def __init__(self) -> None:
        self.id = f"visitor-{next(ids)}"
        self.kept = tempfile.mkdtemp()
        manager = WebKit2.WebsiteDataManager(
            base_data_directory=self.kept, base_cache_directory=self.kept
        )
        self.web = WebKit2.WebContext(website_data_manager=manager)
        self.web.connect("download-started", self._download)
        self.size = (1280, 800)
        self.granted = False
        self.downloads = self.kept  #: folder of files that pages hand over
        self.agent: str | None = None  #: what the browser calls itself; None for its own name
        self.pages: list[Page] = []
        self._scripts: dict[str, tuple[str, list[str]]] = {}

    def cut_off(self, offline: bool) -> None:
        """Let no request out, or all."""
        mode, proxy = WebKit2.NetworkProxyMode.NO_PROXY, None
        if offline:
            mode, proxy = WebKit2.NetworkProxyMode.CUSTOM, WebKit2.NetworkProxySettings.new(NOBODY)
        self.web.get_website_data_manager().set_network_proxy_settings(mode, proxy)

    def _download(self, web: Any, download: Any) -> None:
        """Keep a file that a page hands over, and report it."""
        page = next(page for page in self.pages if page.view == download.get_web_view())
        told = {"navigation": None, "download": f"download-{next(ids)}"}

        def decide(download: Any, suggested: str) -> bool:
            download.set_allow_overwrite(True)
            download.set_destination(Path(self.downloads, suggested).as_uri())
            told["url"] = download.get_request().get_uri()
            page.emit("browsingContext.downloadWillBegin", **told, suggestedFilename=suggested)
            return True

        def finished(download: Any) -> None:
            path = download.get_destination()
            page.emit("browsingContext.downloadEnd", **told, status="complete", filepath=path)

        download.connect("decide-destination", decide)
        download.connect("finished", finished)

    def scripts_for(self, page: str) -> list[str]:
        return [code for code, pages in self._scripts.values() if not pages or page in pages]

    def add_script(self, name: str, code: str, pages: list[str]) -> None:
        self._scripts[name] = (code, pages)
        for page in self.pages:
            page.write_scripts()


class Browser:
    """Visitors, and what Playwright asks for them."""

    def __init__(self) -> None:
        self.line: Any = None
        self.visitors: dict[str, Visitor] = {}

    def page(self, name: str) -> Page:
        return next(page for page in self.all_pages() if page.id == name)

    def all_pages(self) -> list[Page]:
        """The pages of all visitors."""
        return [page for visitor in self.visitors.values() for page in visitor.pages]

    def within(self, target: dict[str, str]) -> Page:
        """The page that is named by its own id or by that of its realm."""
        names = (target.get("context"), target.get("realm"))
        return next(page for page in self.all_pages() if page.id in names or page.realm in names)

    def emit(self, method: str, params: dict[str, Any]) -> None:
        self.send({"type": "event", "method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        if self.line and self.line.get_state() == Soup.WebsocketState.OPEN:
            self.line.send_text(json.dumps(message))

    def hear(self, line: Any, kind: Any, data: Any) -> None:
        message = json.loads(data.get_data())

        def done(result: dict[str, Any]) -> None:
            self.send({"type": "success", "id": message["id"], "result": result})

        try:
            self.command(message["method"])(message["params"], done)
        except Exception as error:
            unknown = isinstance(error, UnknownCommandError)
            kind = "unknown command" if unknown else "unknown error"
            told = {"error": kind, "message": f"{type(error).__name__}: {error}"}
            self.send({"type": "error", "id": message["id"], **told})

    def command(self, method: str) -> Callable[[Any, Done], None]:
        """What does a command of WebDriver BiDi."""
        if method in UNDONE:
            return lambda params, done: done({})
        found: Callable[[Any, Done], None] | None = getattr(self, method.replace(".", "_"), None)
        if found is None or "." not in method:
            raise UnknownCommandError(method)
        return found

    # The commands

    def session_new(self, params: Any, done: Done) -> None:
        version = f"{WebKit2.get_major_version()}.{WebKit2.get_minor_version()}"
        told = {"browserName": "webkit", "browserVersion": version, "userAgent": ""}
        done({"sessionId": "session", "capabilities": told})

    def browser_close(self, params: Any, done: Done) -> None:
        done({})
        GLib.timeout_add(50, Gtk.main_quit)

    def browser_createUserContext(self, params: Any, done: Done) -> None:
        visitor = Visitor()
        self.visitors[visitor.id] = visitor
        done({"userContext": visitor.id})

    def browser_removeUserContext(self, params: Any, done: Done) -> None:
        visitor = self.visitors[params["userContext"]]
        for page in list(visitor.pages):
            page.close()
        done({})

    def browsingContext_create(self, params: Any, done: Done) -> None:
        visitor = self.visitors[params["userContext"]]
        page = Page(visitor, self.emit)
        visitor.pages.append(page)
        page.emit(
            "browsingContext.contextCreated",
            userContext=visitor.id,
            url="about:blank",
            parent=None,
            children=None,
        )
        page.begin_realm()
        done({"context": page.id})

    def browsingContext_setViewport(self, params: Any, done: Done) -> None:
        size = (params["viewport"]["width"], params["viewport"]["height"])
        if "context" in params:
            self.page(params["context"]).resize(*size)
        for name in params.get("userContexts", []):
            self.visitors[name].size = size
        done({})

    def browsingContext_navigate(self, params: Any, done: Done) -> None:
        page = self.page(params["context"])
        done({"navigation": page.go(params["url"]), "url": params["url"]})

    def browsingContext_reload(self, params: Any, done: Done) -> None:
        self.page(params["context"]).view.reload()
        done({})

    def browsingContext_traverseHistory(self, params: Any, done: Done) -> None:
        view = self.page(params["context"]).view
        entry = view.get_back_forward_list().get_nth_item(params["delta"])
        if not entry:
            raise LookupError("no such history entry")
        view.go_to_back_forward_list_item(entry)
        done({})

    def browsingContext_close(self, params: Any, done: Done) -> None:
        self.page(params["context"]).close()
        done({})

    def browsingContext_captureScreenshot(self, params: Any, done: Done) -> None:
        done({"data": self.page(params["context"]).picture(params.get("clip"))})

    def script_addPreloadScript(self, params: Any, done: Done) -> None:
        name = f"script-{next(ids)}"
        given = json.dumps(params.get("arguments", []))
        code = f"({params['functionDeclaration']})(...{given}.map({CHANNELS}))"
        for visitor in self.visitors.values():
            mine = visitor.id in params.get("userContexts", [])
            pages = [p.id for p in visitor.pages if p.id in params.get("contexts", [])]
            if mine or pages:
                visitor.add_script(name, code, [] if mine else pages)
        done({"script": name})

    def script_evaluate(self, params: Any, done: Done) -> None:
        self.within(params["target"]).call(params, done)

    def script_callFunction(self, params: Any, done: Done) -> None:
        self.script_evaluate(params, done)

    def script_disown(self, params: Any, done: Done) -> None:
        self.page(params["target"]["context"]).disown(params["handles"])
        done({})

    def input_performActions(self, params: Any, done: Done) -> None:
        self.page(params["context"]).act(params["actions"], done)

    def browsingContext_handleUserPrompt(self, params: Any, done: Done) -> None:
        page = self.page(params["context"])
        page.answer(params.get("accept", True), params.get("userText", ""))
        done({})

    def emulation_setUserAgentOverride(self, params: Any, done: Done) -> None:
        for name in params["userContexts"]:
            self.visitors[name].agent = params["userAgent"]
        done({})

    def browser_setDownloadBehavior(self, params: Any, done: Done) -> None:
        for name in params["userContexts"]:
            self.visitors[name].downloads = params["downloadBehavior"]["destinationFolder"]
        done({})

    def emulation_setNetworkConditions(self, params: Any, done: Done) -> None:
        for name in params["userContexts"]:
            self.visitors[name].cut_off(bool(params["networkConditions"]))
        done({})

    def network_addIntercept(self, params: Any, done: Done) -> None:
        """No page of ours asks for a password; to answer in a host's place is not for this one."""
        if params["phases"] != ["authRequired"]:
            raise UnknownCommandError(f"network.addIntercept of {params['phases']}")
        done({"intercept": "none"})

    def permissions_setPermission(self, params: Any, done: Done) -> None:
        self.visitors[params["userContext"]].granted = params["state"] == "granted"
        done({})

    # The line to Playwright

    def connected(self, server: Any, message: Any, path: str, line: Any) -> None:
        """Hear Playwright, which has called."""
        line.set_max_incoming_payload_size(0)
        line.connect("message", self.hear)
        line.connect("closed", lambda _: Gtk.main_quit())
        self.line = line

    def wrote(self, line: str) -> None:
        """Report an error that a page has written to its console."""
        said, pages = ERROR.search(line), self.all_pages()
        if said and pages:
            source = {"context": pages[-1].id, "realm": pages[-1].realm}
            text = {"type": "string", "value": said[1]}
            entry = {"type": "console", "level": "error", "method": "error", "text": said[1]}
            entry |= {"args": [text], "source": source, "timestamp": 0}
            self.emit("log.entryAdded", entry)


def serve() -> None:
    """Answer Playwright until it closes the browser."""
    browser = Browser()
    former = console(browser.wrote)
    server = Soup.Server()
    server.add_websocket_handler("/session", None, None, browser.connected)
    server.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY)
    port = server.get_uris()[0].get_port()
    os.write(former, f"WebDriver BiDi listening on ws://127.0.0.1:{port}\n".encode())
    Gtk.main()
    for visitor in browser.visitors.values():
        shutil.rmtree(visitor.kept, ignore_errors=True)
