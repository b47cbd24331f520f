"""The visitors' kernels: who has one, how many places are taken, and when a kernel ends."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from tornado.ioloop import IOLoop
from tornado.web import HTTPError

#: bytes of a socket's path that every system allows; macOS the fewest
LONGEST_PATH = 103
#: kernels kept warm for the next visitors
WARM = 3
#: seconds in which the browser that got the page connects, on a slow line too
CONNECT_WITHIN = 60
#: seconds of them after which the place may go to somebody else, when all are taken
HURRY_AFTER = 10
#: seconds in which a browser that lost the line may come back; longer than served.js tries
RETURN_WITHIN = 10
#: seconds without a word or a browser after which any kernel outside the pool ends
FORGOTTEN = 3600


class SocketKernel(ServerKernelManager):
    """A kernel that is spoken to through files in a folder of ours, where the system can do that.

    A port is chosen before the kernel opens it. If another program has taken it by then, as a
    browser's connection may, the kernel neither starts nor ends, and its visitor waits in vain.
    """

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        # Short, as the system allows little; the five files are told apart by "-1" to "-5".
        place = str(Path(self.connection_file).with_name(secrets.token_hex(4)))
        if os.name == "posix" and len(os.fsencode(f"{place}-5")) <= LONGEST_PATH:
            self.transport, self.ip = "ipc", place


class Kernels(AsyncMappingKernelManager):
    """Kernels that end soon after their visitor has gone, with or without a goodbye."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self._handed_out: dict[str, float] = {}
        self._arriving = 0

    def taken(self) -> int:
        """How many places are taken; kernels kept warm for the next visitors are nobody's."""
        return self._arriving + len(self._visited())

    def _visited(self) -> dict[str, float]:
        """{id: when it was handed out} of the kernels that are visitors' and have not ended."""
        return {key: since for key, since in self._handed_out.items() if key in self}

    def lines(self, kernel_id: str) -> int:
        """How many browsers are connected to a kernel."""
        return int(self._kernel_connections.get(kernel_id, 0))

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Keep a place for a visitor whose kernel is not handed out yet."""
        self._arriving += 1
        try:
            yield
        finally:
            self._arriving -= 1

    def hand_out(self, kernel_id: str) -> None:
        """Give the kernel to a visitor; end it unless a browser connects in time."""
        self._handed_out = self._visited() | {kernel_id: monotonic()}
        IOLoop.current().call_later(CONNECT_WITHIN, self._end_if_alone, kernel_id)

    async def make_room(self) -> None:
        """End the kernel that has waited longest for a browser, if it has for a while.

        Whatever reads pages without running their scripts (a search engine, say) never connects.
        """
        for kernel_id, since in self._visited().items():
            if monotonic() - since > HURRY_AFTER and not self.lines(kernel_id):
                del self._handed_out[kernel_id]
                await self._end_if_alone(kernel_id)
                return

    def notify_disconnect(self, kernel_id: str) -> None:
        """End the kernel unless the browser comes back in time."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        IOLoop.current().call_later(RETURN_WITHIN, self._end_if_alone, kernel_id)

    async def _end_if_alone(self, kernel_id: str) -> None:
        if not self.lines(kernel_id):
            await self.end(kernel_id)

    async def lives(self, kernel_id: str) -> bool:
        """Whether the kernel is there, and its process too."""
        kernel: Any = self.get_kernel(kernel_id) if kernel_id in self else None
        return kernel is not None and bool(await kernel.is_alive())

    async def end(self, kernel_id: str) -> None:
        """End the kernel, unless another end has reached it."""
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]

    async def shutdown_all(self, now: bool = False) -> None:  # type: ignore[override]
        """End all, those too that another end reaches meanwhile."""
        while self.list_kernel_ids():
            with suppress(HTTPError):
                await super().shutdown_all(now)


class OneVisit:
    """The kernels as Voilà asks for one of them on behalf of one page: it is noted which."""

    def __init__(self, kernels: Any) -> None:
        self._kernels = kernels
        #: the page's kernel, once it has one
        self.kernel_id: str | None = None

    def __getattr__(self, name: str) -> Any:
        """Whatever else Voilà wants to know of the kernels."""
        return getattr(self._kernels, name)

    async def get_rendered_notebook(self, **how: Any) -> tuple[Any, list[str], str]:
        """A warm kernel: its notebook as it runs, what it has shown so far, and its id.

        One that died while it waited, for want of memory perhaps, is passed over.
        """
        while True:
            running, shown, self.kernel_id = await self._kernels.get_rendered_notebook(**how)
            if await self._kernels.lives(self.kernel_id):
                return running, shown, self.kernel_id
            await self._kernels.end(self.kernel_id)

    async def start_kernel(self, **how: Any) -> str:
        """Id of a kernel that is started where none is warm."""
        self.kernel_id = str(await self._kernels.start_kernel(**how))
        return self.kernel_id


class LeanKernel(KernelSpecManager):
    """The one kernel of this very Python, without what a page never needs."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The specification, whatever the name."""
        return KernelSpec(
            argv=[
                *(sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
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
