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
from ipaddress import ip_address
from socket import socket
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httpclient import AsyncHTTPClient
from tornado.ioloop import IOLoop
from tornado.routing import Rule
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler

from crampnb.serve import template
from crampnb.serve.http_server import (
    BoundedHTTPServer,
    Health,
    Mended,
    NotFound,
    Oversized,
    SafeHeaders,
    TooMuch,
)
from crampnb.serve.kernels import FORGOTTEN, WARM, Kernels, LeanKernel
from crampnb.serve.options import Options
from crampnb.serve.pages import (
    ModelCardHandler,
    PageHandler,
    ShutdownHandler,
    StaticHandler,
    compress_file,
)
from crampnb.serve.sockets import SOCKET_KERNEL, listen
from crampnb.serve.websocket import LARGEST, Channels

PORT = 8866

#: where Jupyter and its kernels look for what a user has set, and keep what they write
FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")


class AnonymousIdentity(IdentityProvider):
    """Every visitor is the same nobody: no name is made up, and no cookie kept for it."""

    def get_user(self, handler: Any) -> User:
        """The visitor."""
        return User("visitor")


class Dashboard(Voila):
    """Voilà for the one notebook."""

    def __init__(self, options: Options, listening: socket, **traits: Any) -> None:
        super().__init__(**traits)
        self._options = options
        self._listening = listening

    def init_settings(self) -> dict[str, Any]:
        """Tornado's settings."""
        settings: dict[str, Any] = super().init_settings()
        shown_as = urlsplit(self._options.base_url).hostname
        return settings | {
            # To others on this machine only its own names are known, so that no page from
            # elsewhere can speak to it under another; who listens to the world has no such names.
            "allow_remote_access": not ip_address(self.ip).is_loopback,
            "local_hostnames": ["localhost", *filter(None, [shown_as])],
            "compress_response": True,
            "default_handler_class": NotFound,
            "websocket_max_message_size": LARGEST,
            "log_function": lambda handler: None,  # who came when is nobody's business
            "options": self._options,
        }

    def init_handlers(self) -> list[Any]:
        """The routes: what a visit needs and no more."""
        page = next(
            handler for handler in super().init_handlers() if handler[1] is TornadoVoilaHandler
        )
        kernel = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
        base = re.escape(self.base_url)
        return [
            Rule(Oversized(), TooMuch),
            (base, PageHandler, page[2]),
            (rf"{base}model\.html", ModelCardHandler),
            (rf"(?:{base}|/)health", Health),
            (rf"{base}(?:%23|%3[Ff])(.*)", Mended, {"base_url": self.base_url}),
            (rf"{base}voila/templates/{template.NAME}/static/([\w.-]+)", StaticHandler),
            (rf"{base}api/kernels/{kernel}/channels", Channels),
            (rf"{base}voila/api/shutdown/{kernel}", ShutdownHandler),
        ]

    def listen(self) -> None:
        """Serve until it is interrupted."""
        self.app.transforms.append(SafeHeaders)
        BoundedHTTPServer(self.app).add_socket(self._listening)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.announce)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()

    async def announce(self) -> None:
        """Try a page as a visitor would get it, and then say where it is."""
        for name in template.STATIC:
            self.ioloop.run_in_executor(None, compress_file, name)
        url = address(self.ip, self.port, self.base_url)
        await AsyncHTTPClient().fetch(url, method="HEAD", request_timeout=120)
        if not await self._sliders_start():
            print("crampnb: the page answers, but its sliders do not start", file=sys.stderr)
        print(f"The explainer is at {url} (Ctrl-C ends it)", flush=True)
        if self.app.settings["allow_remote_access"]:
            print(f"Anyone who can reach port {self.port} of this machine may use it", flush=True)
        if self.open_browser:
            self.ioloop.run_in_executor(None, webbrowser.open, url)

    async def _sliders_start(self) -> bool:
        """Whether a warm kernel's page comes to have its sliders; the kernel ends.

        Taken for granted where visitors have taken all warm kernels already.
        """
        kernels = self.kernel_manager
        notebook = kernels.notebook_path
        if not kernels.get_pool_size(notebook):
            return True
        running, _, kernel_id = await kernels.get_rendered_notebook(notebook)
        try:
            shown, others = await running
            page = [*shown, *[html async for html, _ in others]]
        except Exception:
            self.log.exception("The notebook could not be run")
            return False
        finally:
            await kernels.end(kernel_id)
        return any(template.SLIDERS in html for html in page)


def address(host: str, port: int, path: str = "/") -> str:
    """Where this machine's own browser finds a server that listens on `host`."""
    ip = ip_address(host)
    if ip.is_unspecified:
        ip = ip_address("127.0.0.1" if ip.version == 4 else "::1")
    return f"http://{ip if ip.version == 4 else f'[{ip}]'}:{port}{path}"


def serve(options: Options) -> None:
    """Serve the dashboard until it is interrupted.

    `CommandError` where host or port cannot be had. The notebook is copied to a folder of its own,
    which is all that the server can see and write.
    """
    listening = listen(options.port, PORT, options.host)
    logging.getLogger("tornado").setLevel(logging.ERROR)
    paths = [str(template.JUPYTER_PATH), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, paths))
    with TemporaryDirectory(prefix="crampnb-") as folder:
        os.environ |= dict.fromkeys(FOLDERS, folder)
        config = _config(options, listening.getsockname()[1], folder)
        app = Dashboard.instance(options, listening, config=config)
        app.initialize([])
        app.start()


def _config(options: Options, port: int, folder: str) -> Config:
    return Config(
        Dashboard={
            "ip": options.host,
            "port": port,
            "base_url": urlsplit(options.base_url).path,
            "open_browser": options.browser,
            "notebook_path": str(shutil.copy(options.notebook, folder)),
            "identity_provider_class": AnonymousIdentity,
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
            "default_pool_size": min(WARM, options.visitors),
            "multi_kernel_manager_class": Kernels,
            "kernel_spec_manager_class": LeanKernel,
            "resources": {"head_is_sent": True},
            "show_tracebacks": False,
        },
        # A new kernel starts when the visitor's page is there, not while it loads.
        VoilaKernelManager={"fill_delay": 2},
        MappingKernelManager={
            "kernel_manager_class": SOCKET_KERNEL,
            # A page asks anew for all when its line is back; nothing is kept for one that is gone.
            "buffer_offline_messages": False,
            "cull_idle_timeout": FORGOTTEN,
        },
        # A kernel that died has lost its page: it is reported at once, not started anew and empty.
        KernelRestarter={"restart_limit": 0, "time_to_dead": 1.0},
    )
