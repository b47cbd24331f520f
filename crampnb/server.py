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
from asyncio import timeout
from contextlib import suppress
from functools import cache
from gzip import compress
from ipaddress import ip_address
from mimetypes import guess_type
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.httpclient import AsyncHTTPClient
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.routing import Rule
from tornado.web import HTTPError, RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler

from crampnb import template
from crampnb.channels import LARGEST, Channels
from crampnb.door import (
    Door,
    Health,
    NotFound,
    Oversized,
    Plain,
    SafeHeaders,
    TooMuch,
    has_left,
)
from crampnb.links import EXPLAINER, on_site
from crampnb.places import DASHBOARD
from crampnb.ports import HOST, VISITORS, listening

PORT = 8866
#: kernels kept warm for the next visitors
WARM = 3
#: seconds in which the browser that got the page connects, on a slow line too
CONNECT_WITHIN = 60
#: seconds of them after which the place may go to somebody else, when all are taken
HURRY_AFTER = 10
#: seconds in which a browser reads the page, on a slow line too
READ_WITHIN = 60
#: seconds in which a browser that lost the line may come back; longer than served.js tries
RETURN_WITHIN = 10
#: seconds without a word or a browser after which any kernel outside the pool ends
FORGOTTEN = 3600

#: where Jupyter and its kernels look for what a user has set, and keep what they write
FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")


class Kernels(AsyncMappingKernelManager):
    """Kernels that end soon after their visitor has gone, with or without a goodbye."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self._handed_out: dict[str, float] = {}

    @property
    def visitors(self) -> int:
        """How many have a kernel; those kept warm for the next are nobody's."""
        self._handed_out = {key: at for key, at in self._handed_out.items() if key in self}
        return len(self._handed_out)

    def lines(self, kernel_id: str) -> int:
        """How many browsers are connected to a kernel."""
        return int(self._kernel_connections.get(kernel_id, 0))

    def hand_out(self, kernel_id: str) -> None:
        """Nothing; the kernel is a visitor's now, and ends unless a browser connects in time."""
        self._handed_out[kernel_id] = monotonic()
        IOLoop.current().call_later(CONNECT_WITHIN, self._end_if_alone, kernel_id)

    async def make_room(self) -> None:
        """Nothing; ends the kernel that has waited longest for a browser, if it has for a while.

        Whatever reads pages without running their scripts (a search engine, say) never connects.
        """
        for kernel_id, since in self._handed_out.items():
            if monotonic() - since > HURRY_AFTER and not self.lines(kernel_id):
                del self._handed_out[kernel_id]
                await self._end_if_alone(kernel_id)
                return

    def notify_disconnect(self, kernel_id: str) -> None:
        """Nothing; the kernel ends unless the browser comes back in time."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        IOLoop.current().call_later(RETURN_WITHIN, self._end_if_alone, kernel_id)

    async def _end_if_alone(self, kernel_id: str) -> None:
        if kernel_id in self and not self.lines(kernel_id):
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]

    async def shutdown_all(self, now: bool = False) -> None:  # type: ignore[override]
        """Nothing; all have ended, those too that another end reached meanwhile."""
        while self.list_kernel_ids():
            with suppress(HTTPError):
                await super().shutdown_all(now)


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


class PageHandler(Plain, TornadoVoilaHandler):
    """The page: what needs no kernel at once, the rest when there is one."""

    arriving = 0
    left = False

    def on_connection_close(self) -> None:
        """Nothing; the visitor has gone before the page was there."""
        self.left = True
        super().on_connection_close()

    async def get(self, path: str | None = None) -> None:
        """The page, or the page without sliders and status 503 when all places are taken."""
        self.set_header("Cache-Control", "no-store")
        if self._is_full():
            await self.kernel_manager.make_room()
        if self._is_full():
            self.set_status(503)
            self.set_header("Retry-After", "30")
            site = self.settings["site"] and on_site(self.settings["site"], EXPLAINER)
            self.write(self._part("busy.html.j2", site=site))
            return
        PageHandler.arriving += 1
        try:
            await self._send(self._part("head.html.j2"))
            if not (self.left or has_left(self.request)):
                await self._send_rest()
        finally:
            PageHandler.arriving -= 1

    def _is_full(self) -> bool:
        taken: int = self.kernel_manager.visitors + PageHandler.arriving
        return taken >= int(self.settings["visitors"])

    async def _send_rest(self) -> None:
        """Nothing; goes on if the visitor has left, so that it is known which kernel to end."""
        self._forget_query()
        kernel_id = None
        try:
            async for html in self.get_generator():
                if kernel_id := kernel_id or kernel_in(html):
                    self.kernel_manager.hand_out(kernel_id)
                await self._send(html)
        except Exception:
            self.log.exception("The page could not be finished")
            await self._send(self._part("failed.html.j2"))
        if self.left and kernel_id in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(kernel_id)

    def _forget_query(self) -> None:
        """Nothing; the page has no use for a query, and Voilà would hand it to the next kernel."""
        self.request.uri, self.request.query, self.request.arguments = "/", "", {}

    async def _send(self, html: str) -> None:
        """Nothing; `left` is set if nobody takes it in."""
        self.write(html)
        try:
            async with timeout(READ_WITHIN):
                await self.flush()
        except (StreamClosedError, TimeoutError):
            self.left = True

    def _part(self, name: str, **what: Any) -> str:
        page = template.page(self.base_url)
        return str(self.get_template(name).render(page=page, **what))


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


class ShutdownHandler(Plain, VoilaShutdownKernelHandler):
    """The end of a visit."""


class Dashboard(Voila):
    """Voilà for the one notebook."""

    #: what the server listens on
    door: socket
    #: how many may be here at a time
    visitors = VISITORS
    #: address of a site that needs no server, for those who find no place
    site: str | None = None

    def init_settings(self) -> dict[str, Any]:
        """Tornado's settings."""
        settings: dict[str, Any] = super().init_settings()
        return settings | {
            # To others on this machine only its own names are known, so that no page from
            # elsewhere can speak to it under another; who listens to the world has no such names.
            "allow_remote_access": not ip_address(self.ip).is_loopback,
            "local_hostnames": ["localhost"],
            "compress_response": True,
            "default_handler_class": NotFound,
            "websocket_max_message_size": LARGEST,
            "log_function": lambda handler: None,  # who came when is nobody's business
            "visitors": self.visitors,
            "site": self.site,
        }

    def init_handlers(self) -> list[Any]:
        """The routes: what a visit needs and no more."""
        page = next(
            handler for handler in super().init_handlers() if handler[1] is TornadoVoilaHandler
        )
        kernel = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
        return [
            Rule(Oversized(), TooMuch),
            (r"/", PageHandler, page[2]),
            (r"/health", Health),
            (rf"/voila/templates/{template.NAME}/static/([\w.-]+)", StaticHandler),
            (rf"/api/kernels/{kernel}/channels", Channels),
            (rf"/voila/api/shutdown/{kernel}", ShutdownHandler),
        ]

    def listen(self) -> None:
        """Nothing; serves until it is interrupted."""
        self.app.transforms.append(SafeHeaders)
        Door(self.app).add_socket(self.door)
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
        url = address(self.ip, self.port)
        answer = await AsyncHTTPClient().fetch(url, request_timeout=120)
        if kernel_id := kernel_in(answer.body.decode()):
            await self.kernel_manager.shutdown_kernel(kernel_id)
        else:
            print("crampnb: the page answers, but its sliders do not start", file=sys.stderr)
        print(f"The explainer is at {url} (Ctrl-C ends it)", flush=True)
        if self.app.settings["allow_remote_access"]:
            print(f"Anyone who can reach port {self.port} of this machine may use it", flush=True)
        if self.open_browser:
            self.ioloop.run_in_executor(None, webbrowser.open, url)


def address(host: str, port: int) -> str:
    """Where this machine's own browser finds a server that listens on `host`."""
    ip = ip_address(host)
    if ip.is_unspecified:
        ip = ip_address("127.0.0.1" if ip.version == 4 else "::1")
    return f"http://{ip}:{port}/" if ip.version == 4 else f"http://[{ip}]:{port}/"


def serve(
    port: int | None = None,
    browser: bool = True,
    notebook: Path | None = None,
    host: str = HOST,
    visitors: int = VISITORS,
    site: str | None = None,
) -> None:
    """Nothing; the dashboard until it is interrupted.

    `host` is an IP address of this machine, `site` the address of one that needs no server.
    `InputError` where `host` or `port` cannot be had. The notebook is copied to a folder of its
    own, which is all that the server can see and write.
    """
    door = listening(port, PORT, host)
    logging.getLogger("tornado").setLevel(logging.ERROR)
    paths = [str(template.JUPYTER_PATH), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, paths))
    with TemporaryDirectory(prefix="crampnb-") as folder:
        os.environ |= dict.fromkeys(FOLDERS, folder)
        config = _config(shutil.copy(notebook or DASHBOARD, folder), folder, visitors)
        app = Dashboard.instance(config=config)
        app.door, app.ip, app.port = door, host, door.getsockname()[1]
        app.open_browser, app.visitors, app.site = browser, visitors, site
        app.initialize([])
        app.start()


def _config(notebook: str, folder: str, visitors: int) -> Config:
    return Config(
        Dashboard={
            "notebook_path": notebook,
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
            "default_pool_size": min(WARM, visitors),
            "multi_kernel_manager_class": Kernels,
            "kernel_spec_manager_class": LeanKernel,
            "resources": {"head_is_sent": True},
            "show_tracebacks": False,
        },
        # A new kernel starts when the visitor's page is there, not while it loads.
        VoilaKernelManager={"fill_delay": 2},
        MappingKernelManager={
            # A page asks anew for all when its line is back; nothing is kept for one that is gone.
            "buffer_offline_messages": False,
            "cull_idle_timeout": FORGOTTEN,
        },
        # A kernel that died has lost its page: it is reported at once, not started anew and empty.
        KernelRestarter={"restart_limit": 0, "time_to_dead": 1.0},
    )
