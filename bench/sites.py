"""The pages that are measured: ours on warmed and on cold kernels, and two bare peers."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.browser import Parts
from bench.servers import ROOT, Server, environment, free_port, serving
from bench.sessions import DashSession, Open, VoilaSession

HERE = Path(__file__).parent
PINS = HERE / "peers-requirements.txt"
PEERS = ROOT / ".venv-peers"
PYTHON = PEERS / Path(sys.executable).parent.name / "python"


@dataclass(frozen=True)
class Site:
    """One page, and how it is served."""

    name: str
    command: Callable[[int], Sequence[str | Path]]  #: that serves it on a port
    path: str
    parts: Parts
    open_session: Open

    @contextmanager
    def served(self) -> Iterator[tuple[Server, str]]:
        """The running server and the address of the page."""
        port = free_port()
        with serving(list(map(str, self.command(port))), port) as server:
            yield server, server.address + self.path


OURS = Parts(
    slider='[role="slider"][aria-label^="Hydration"]',
    sentence='#crampnb-page [role="status"]',
    chart=':is([data-chart="curve"], [data-chart="curve"] *).js-plotly-plot',
    ready='#crampnb-page[data-crampnb="ready"]',
)

WARM = Site(
    name="crampnb dashboard",
    command=lambda port: [
        *(sys.executable, "-m", "crampnb.cli", "dashboard"),
        *("--port", f"{port}", "--no-browser"),
    ],
    path="/",
    parts=OURS,
    open_session=VoilaSession.open,
)

# As Binder and JupyterHub serve it: no kernel is there before the visitor.
COLD = Site(
    name="crampnb under jupyter-server",
    command=lambda port: [
        *(sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"),
        *(f"--port={port}", f"--ServerApp.root_dir={ROOT / 'notebooks'}"),
        "--IdentityProvider.token=",
    ],
    path="/voila/render/dashboard.ipynb",
    parts=OURS,
    open_session=VoilaSession.open,
)

DASH = Site(
    name="bare Dash",
    command=lambda port: [PYTHON, HERE / "peers" / "dash_app.py", f"{port}"],
    path="/",
    parts=Parts(
        slider='#fluid_intake [role="slider"]',
        sentence="#sentence",
        chart="#bars .js-plotly-plot",
        ready='#fluid_intake [role="slider"]',
    ),
    open_session=DashSession.open,
)

VOILA = Site(
    name="bare Voilà",
    command=lambda port: [
        *(PYTHON, "-m", "voila", HERE / "peers" / "bare.ipynb"),
        *("--no-browser", f"--port={port}"),
    ],
    path="/",
    parts=Parts(
        slider=".noUi-handle",
        sentence=".widget-html-content",
        chart=".js-plotly-plot",
        ready=".noUi-handle",
    ),
    open_session=VoilaSession.open,
)


def provide_peers() -> None:
    """Nothing; makes the peers' own environment with the exact versions of its list."""
    stamp = PEERS / "stamp"
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", PEERS], check=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--requirement", str(PINS)], check=True, env=environment())
    stamp.write_text(wanted)
