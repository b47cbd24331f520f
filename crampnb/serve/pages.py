"""What a visitor's browser is answered: the page, the few files that it needs, and its goodbye."""

from asyncio import timeout
from functools import cache
from gzip import compress
from mimetypes import guess_type
from typing import Any

from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler

from crampnb.places import EXPLAINER, on_site
from crampnb.serve import template
from crampnb.serve.documents import model_card
from crampnb.serve.http_server import Plain, has_left
from crampnb.serve.kernels import Kernels, OneVisit
from crampnb.serve.options import Options

#: seconds in which a browser reads the page, on a slow line too
READ_WITHIN = 60


class PageHandler(Plain, TornadoVoilaHandler):
    """The page: what needs no kernel at once, the rest when there is one."""

    left = False

    def initialize(self, **voila: Any) -> None:
        """Begin a visit."""
        super().initialize(**voila)
        self._kernels: Kernels = self.settings["kernel_manager"]
        self._options: Options = self.settings["options"]
        self._visit = OneVisit(self._kernels)

    @property
    def kernel_manager(self) -> OneVisit:
        """Where Voilà gets the page's kernel."""
        return self._visit

    def on_connection_close(self) -> None:
        """Note that the visitor has gone before the page was there."""
        self.left = True
        super().on_connection_close()

    def head(self, path: str | None = None) -> None:
        """Send the status and headers that the page would have; no kernel is taken."""
        self._begin()

    async def get(self, path: str | None = None) -> None:
        """Send the page, or, when all places are taken, the page without sliders and status 503."""
        if self._is_full():
            await self._kernels.make_room()
        if not self._begin():
            site = self._options.site and on_site(self._options.site, EXPLAINER)
            self.write(self._part("busy.html.j2", site=site))
            return
        with self._kernels.arriving():
            await self._send(self._part("head.html.j2"))
            if not (self.left or has_left(self.request)):
                await self._send_rest()

    def _begin(self) -> bool:
        """Set status and headers; whether there is a place."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Accel-Buffering", "no")  # nginx sends each part on as it comes
        if full := self._is_full():
            self.set_status(503)
            self.set_header("Retry-After", "30")
        return not full

    def _is_full(self) -> bool:
        return self._kernels.taken() >= self._options.visitors

    async def _send_rest(self) -> None:
        """Send what needs a kernel, and hand that out; end it where nobody will connect to it.

        Goes on where the visitor has left: a kernel can be ended when its notebook has run.
        """
        self._forget_query()
        complete = False
        try:
            async for html in self.get_generator():
                await self._send(html)
            complete = True
        except Exception:
            self.log.exception("The page could not be finished")
            await self._send(self._part("failed.html.j2"))
        if kernel_id := self._visit.kernel_id:
            if complete and not self.left:
                self._kernels.hand_out(kernel_id)
            else:
                await self._kernels.end(kernel_id)

    def _forget_query(self) -> None:
        """Drop the query, which the page has no use for: the next kernel would get it."""
        self.request.uri, self.request.query, self.request.arguments = self.base_url, "", {}

    async def _send(self, html: str) -> None:
        """Send a part of the page; set `left` if nobody takes it in."""
        self.write(html)
        try:
            async with timeout(READ_WITHIN):
                await self.flush()
        except (StreamClosedError, TimeoutError):
            self.left = True

    def _part(self, name: str, **what: Any) -> str:
        page = template.page(self.base_url) | {"model_card": True}
        return str(self.get_template(name).render(page=page, **what))


@cache
def compress_file(name: str) -> bytes:
    """A static file, compressed once for all visitors."""
    return compress(template.STATIC[name].read_bytes())


class StaticHandler(RequestHandler):
    """The files of `template.STATIC` and no others."""

    def get(self, name: str) -> None:
        """Send the file; browsers keep it and ask each time whether it is still the same."""
        if name not in template.STATIC:
            raise HTTPError(404)
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Type", f"{guess_type(name)[0]}; charset=utf-8")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(compress_file(name))
        else:
            self.finish(template.STATIC[name].read_bytes())

    head = get


class ModelCardHandler(Plain):
    """The model card; no kernel is asked for it."""

    async def get(self) -> None:
        """Send the card; browsers keep it and ask each time whether it is still the same."""
        environment = self.settings["voila_jinja2_env"]
        html = await IOLoop.current().run_in_executor(None, model_card, environment)
        self.set_header("Cache-Control", "no-cache")
        self.finish(html)

    head = get


class ShutdownHandler(Plain, VoilaShutdownKernelHandler):
    """The end of a visit."""
