"""The dashboard's server: Voilà with our template, warmed kernels, and nothing else on offer.

Of Voilà's routes only the page, its few static files, the kernel's channels and its end are kept:
there is no address at which sources, notebooks or folders could be asked for.
"""

import logging
import os
import re
import shutil
import sys
import webbrowser
from contextlib import suppress
from functools import cache
from gzip import compress
from mimetypes import guess_type
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, OutputTransform, RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from crampnb import template
from crampnb.places import DASHBOARD
from crampnb.ports import HOST, listening

PORT = 8866
#: visitors at a time; each has a kernel of about 50 MB
VISITORS = 40
#: kernels kept warm for the next visitors
WARM = 3
#: seconds in which the browser that got the page connects, on a slow line too
CONNECT_WITHIN = 60
#: seconds in which a browser that lost the line may come back; longer than served.js tries
RETURN_WITHIN = 10
#: seconds without a word or a browser after which any kernel outside the pool ends
FORGOTTEN = 3600

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # blob: and eval are how widgets load their scripts, which the kernel sends as text.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' blob: 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
}


class Kernels(AsyncMappingKernelManager):
    """Kernels that end soon after their visitor has gone, with or without a goodbye."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self._handed_out: set[str] = set()

    @property
    def visitors(self) -> int:
        """How many have a kernel; those kept warm for the next are nobody's."""
        self._handed_out.intersection_update(self.list_kernel_ids())
        return len(self._handed_out)

    def hand_out(self, kernel_id: str) -> None:
        """Nothing; the kernel is a visitor's now, and ends unless a browser connects in time."""
        self._handed_out.add(kernel_id)
        IOLoop.current().call_later(CONNECT_WITHIN, self._end_if_alone, kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Nothing; the kernel ends unless the browser comes back in time."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        IOLoop.current().call_later(RETURN_WITHIN, self._end_if_alone, kernel_id)

    async def _end_if_alone(self, kernel_id: str) -> None:
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]


class LeanKernel(KernelSpecManager):
    """The one kernel of this very Python, without what a page never needs."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The specification, whatever the name."""
        return KernelSpec(
            argv=[
                *(sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"),
                *("--HistoryManager.enabled=False", "--log-level=CRITICAL"),
            ],
            # No echo of what the page has set itself; and bytecode, or each kernel compiles all.
            env={"JUPYTER_WIDGETS_ECHO": "0", "PYTHONDONTWRITEBYTECODE": ""},
            display_name="Python 3 (ipykernel)",
            language="python",
        )

    def get_all_specs(self) -> dict[str, Any]:
        """The one specification by its name."""
        spec = self.get_kernel_spec("python3").to_dict()
        return {"python3": {"resource_dir": "", "spec": spec}}


class Anyone(IdentityProvider):
    """Every visitor is the same nobody: no name is made up, and no cookie kept for it."""

    def get_user(self, handler: Any) -> User:
        """The visitor."""
        return User("visitor")


class Plain(RequestHandler):
    """Errors as one plain line, without Jupyter's page and its links."""

    def write_error(self, status_code: int, **details: Any) -> None:
        """Nothing; the line is written."""
        RequestHandler.write_error(self, status_code)


class PageHandler(Plain, TornadoVoilaHandler):
    """The page: what needs no kernel at once, the rest when there is one."""

    arriving = 0

    async def get(self, path: str | None = None) -> None:
        """The page, or the page without sliders and status 503 when all places are taken."""
        self.set_header("Cache-Control", "no-store")
        if self.kernel_manager.visitors + PageHandler.arriving >= self.settings["visitors"]:
            self.set_status(503)
            self.set_header("Retry-After", "30")
            self.write(self._part("busy.html.j2"))
            return
        PageHandler.arriving += 1
        try:
            await self._send(self._part("head.html.j2"))
            await self._send_rest()
        finally:
            PageHandler.arriving -= 1

    async def _send_rest(self) -> None:
        try:
            async for html in self.get_generator():
                if kernel_id := kernel_in(html):
                    self.kernel_manager.hand_out(kernel_id)
                await self._send(html)
        except Exception:
            self.log.exception("The page could not be finished")
            await self._send(self._part("failed.html.j2"))

    async def _send(self, html: str) -> None:
        """Nothing; goes on if the visitor has left, so that it is known which kernel to end."""
        self.write(html)
        with suppress(StreamClosedError):
            await self.flush()

    def _part(self, name: str) -> str:
        return str(self.get_template(name).render(page=template.page(self.base_url)))


def kernel_in(html: str) -> str | None:
    """Id of the kernel that a part of the page names."""
    found = re.search(r'"kernelId": "([\w-]+)"', html)
    return found and found[1]


@cache
def packed(name: str) -> bytes:
    """A static file, compressed once for all visitors."""
    return compress(template.STATIC[name].read_bytes())


class StaticHandler(RequestHandler):
    """The files of `template.STATIC` and no others."""

    def get(self, name: str) -> None:
        """The file; browsers keep it and ask each time whether it is still the same."""
        if name not in template.STATIC:
            raise HTTPError(404)
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Type", f"{guess_type(name)[0]}; charset=utf-8")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(packed(name))
        else:
            self.finish(template.STATIC[name].read_bytes())


class ChannelsHandler(Plain, VoilaKernelWebsocketHandler):
    """The line to a visitor's kernel."""

    def log_exception(self, *details: Any) -> None:
        """Nothing; a visitor who leaves while the line is being opened is no fault to report."""
        if self.connection is not None:
            super().log_exception(*details)


class ShutdownHandler(Plain, VoilaShutdownKernelHandler):
    """The end of a visit."""


class NotFound(RequestHandler):
    """The answer for every other address."""

    def prepare(self) -> None:
        """Nothing; the request ends here."""
        raise HTTPError(404)


class SafeHeaders(OutputTransform):
    """`HEADERS` on every answer, errors and files included."""

    def transform_first_chunk(
        self, status_code: int, headers: Any, chunk: bytes, finishing: bool
    ) -> tuple[int, Any, bytes]:
        """The answer with our headers."""
        for name, value in HEADERS.items():
            headers[name] = value
        return status_code, headers, chunk


class Dashboard(Voila):
    """Voilà for the one notebook."""

    #: what the server listens on
    door: socket
    #: how many may be here at a time
    visitors = VISITORS

    def init_settings(self) -> dict[str, Any]:
        """Tornado's settings."""
        settings: dict[str, Any] = super().init_settings()
        return settings | {
            "allow_remote_access": False,
            "local_hostnames": ["localhost"],
            "compress_response": True,
            "default_handler_class": NotFound,
            "visitors": self.visitors,
        }

    def init_handlers(self) -> list[Any]:
        """The routes: what a visit needs and no more."""
        page = next(
            handler for handler in super().init_handlers() if handler[1] is TornadoVoilaHandler
        )
        kernel = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
        return [
            (r"/", PageHandler, page[2]),
            (rf"/voila/templates/{template.NAME}/static/([\w.-]+)", StaticHandler),
            (rf"/api/kernels/{kernel}/channels", ChannelsHandler),
            (rf"/voila/api/shutdown/{kernel}", ShutdownHandler),
        ]

    def listen(self) -> None:
        """Nothing; serves until it is interrupted."""
        self.app.transforms.append(SafeHeaders)
        HTTPServer(self.app).add_socket(self.door)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.announce)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()

    async def announce(self) -> None:
        """Nothing; visits the page as a browser would and then says where it is."""
        for name in template.STATIC:
            self.ioloop.run_in_executor(None, packed, name)
        url = f"http://{HOST}:{self.port}/"
        answer = await AsyncHTTPClient().fetch(url, request_timeout=120)
        if kernel_id := kernel_in(answer.body.decode()):
            await self.kernel_manager.shutdown_kernel(kernel_id)
        else:
            print("crampnb: the page answers, but its sliders do not start", file=sys.stderr)
        print(f"The explainer is at {url} (Ctrl-C ends it)", flush=True)
        if self.open_browser:
            self.ioloop.run_in_executor(None, webbrowser.open, url)


def serve(
    port: int | None = None,
    browser: bool = True,
    notebook: Path | None = None,
    visitors: int = VISITORS,
) -> None:
    """Nothing; the dashboard until it is interrupted. `InputError` where `port` cannot be had.

    The notebook is copied to a folder of its own, which is all that the server can see.
    """
    door = listening(port, PORT)
    logging.getLogger("tornado").setLevel(logging.ERROR)
    paths = [str(template.JUPYTER_PATH), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, paths))
    with TemporaryDirectory(prefix="crampnb-") as folder:
        app = Dashboard.instance(config=_config(shutil.copy(notebook or DASHBOARD, folder), folder))
        app.door, app.port = door, door.getsockname()[1]
        app.open_browser, app.visitors = browser, visitors
        app.initialize([])
        app.start()


def _config(notebook: str, folder: str) -> Config:
    return Config(
        Dashboard={
            "notebook_path": notebook,
            "ip": HOST,
            "identity_provider_class": Anyone,
            "connection_dir_root": folder,
            "config_file_paths": [],
            "log_level": logging.ERROR,
        },
        VoilaConfiguration={
            "template": template.NAME,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": [],
            "preheat_kernel": True,
            "default_pool_size": WARM,
            "multi_kernel_manager_class": Kernels,
            "kernel_spec_manager_class": LeanKernel,
            "resources": {"head_is_sent": True},
            "show_tracebacks": False,
        },
        # A new kernel starts when the visitor's page is there, not while it loads.
        VoilaKernelManager={"fill_delay": 2},
        MappingKernelManager={
            "allow_tracebacks": False,
            "cull_idle_timeout": FORGOTTEN,
        },
        # A kernel that died has lost its page: it is reported at once, not started anew and empty.
        KernelRestarter={"restart_limit": 0, "time_to_dead": 1.0},
    )
