"""The pages that are measured: ours on warmed and cold kernels and as a site; three bare peers."""

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

from bench.browser import Parts
from bench.servers import ROOT, Server, environment, free_port, serving
from bench.sessions import SENTENCE, DashSession, Open, VoilaSession
from crampnb.site.build import build

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
    open_session: Open | None = None  #: None where no server answers

    @contextmanager
    def served(self) -> Iterator[tuple[Server, str]]:
        """The running server and the address of the page."""
        port = free_port()
        with serving(list(map(str, self.command(port))), port) as server:
            yield server, server.address + self.path


@cache
def built_site() -> Path:
    """The site: the folder that CRAMPNB_SITE names, as in the tests, or built once a run."""
    if found := os.environ.get("CRAMPNB_SITE"):
        return Path(found)
    folder = _for_this_run() / "site"
    build(folder)
    return folder


@cache
def embedded() -> Path:
    """A folder with Panel's page, made once a run."""
    folder = _for_this_run()
    command = [str(PYTHON), str(HERE / "peers" / "panel_page.py"), str(folder / "index.html")]
    subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL)
    return folder


def _for_this_run() -> Path:
    folder = mkdtemp(prefix="crampnb-bench-")
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


OURS = Parts(
    slider='#crampnb-page input[type="range"][aria-label^="Hydration"]',
    sentence='#crampnb-page [role="status"]',
    chart=':is([data-chart="curve"], [data-chart="curve"] *).js-plotly-plot',
    live='#crampnb-page:is([data-crampnb="live"], [data-crampnb="ready"])',
    ready='#crampnb-page[data-crampnb="ready"]',
    ahead="#crampnb-page[data-ahead]",
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

# As most static hosts serve it; it answers without them.
STATIC = Site(
    name="crampnb site",
    command=lambda port: [*(sys.executable, "-m", "bench.host"), built_site(), f"{port}"],
    path="/explainer/",
    parts=OURS,
)

DASH = Site(
    name="bare Dash",
    command=lambda port: [PYTHON, HERE / "peers" / "dash_app.py", f"{port}"],
    path="/",
    parts=Parts(
        slider='#fluid_intake [role="slider"]',
        sentence="#sentence",
        chart="#bars .js-plotly-plot",
        live='#fluid_intake [role="slider"]',
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
        live=".noUi-handle",
        ready=".noUi-handle",
    ),
    open_session=partial(VoilaSession.open, answered=SENTENCE),
)

# What answers without Python today: all answers of a few steps of each slider, worked out before.
PANEL = Site(
    name="Panel, embedded",
    command=lambda port: [*(sys.executable, "-m", "bench.host"), embedded(), f"{port}"],
    path="/",
    parts=Parts(
        slider=".noUi-handle",
        sentence="p",
        chart="",
        live=".noUi-handle",
        ready=".noUi-handle",
        shadows=True,
    ),
)


def provide_peers() -> None:
    """Make the peers' own environment with the exact versions of its list."""
    stamp = PEERS / "stamp"
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", PEERS], check=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--requirement", str(PINS)], check=True, env=environment())
    stamp.write_text(wanted)
