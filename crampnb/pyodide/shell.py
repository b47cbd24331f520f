"""The smallest shell in which our notebook runs in a browser, and all that differs there.

IPython and a Jupyter kernel take longer to start than everything else together, and the page needs
of them only what is here: run a notebook's cells, and carry widgets' messages to the page and back.
Messages are JSON in Jupyter's form; binary parts are not carried, as no widget of ours has any.
"""

import ast
import json
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import comm
from comm.base_comm import BaseComm, CommManager

Message = dict[str, Any]


class Line:
    """The line to the page; `post` sends one message as JSON and is set once there is a page."""

    post: Callable[[str], object] | None = None
    #: id of the message that is being answered
    parent: str | None = None

    def send(self, kind: str, content: Message, metadata: Message | None = None) -> None:
        """Say something to the page; while none listens it is left unsaid: a page asks for all."""
        if self.post is None:
            return
        parent = {} if self.parent is None else {"msg_id": self.parent}
        message = {
            "header": {"msg_type": kind},
            "parent_header": parent,
            "metadata": metadata or {},
            "content": content,
        }
        self.post(json.dumps(message))


line = Line()
comms = CommManager()
#: ids of the widgets that a page shows
shown: list[str] = []


class PageComm(BaseComm):
    """A widget's channel to the page."""

    def publish_msg(
        self,
        msg_type: str,
        data: Message | None = None,
        metadata: Message | None = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        """Send a message to the page."""
        line.send(msg_type, {"data": data or {}, "comm_id": self.comm_id, **keys}, metadata)


def prepare() -> None:
    """Let widgets find their channels here, and no IPython where they look for one."""
    comm.create_comm = PageComm
    comm.get_comm_manager = lambda: comms
    for name in ("IPython", "IPython.core", "IPython.core.interactiveshell", "IPython.display"):
        sys.modules[name] = ModuleType(name)
    sys.modules["IPython"].get_ipython = lambda: None  # type: ignore[attr-defined]
    sys.modules["IPython.core.interactiveshell"].InteractiveShell = object  # type: ignore[attr-defined]
    sys.modules["IPython.display"].display = lambda *shown: None  # type: ignore[attr-defined]
    sys.modules["IPython.display"].clear_output = lambda: None  # type: ignore[attr-defined]

    # Afterwards there are no files: what ipywidgets imports only when it logs is there now.
    import ipywidgets
    import traitlets.log  # noqa: F401

    ipywidgets.register_comm_target()


def show(notebook: str) -> None:
    """Run the cells of a notebook (its JSON), and note in `shown` what they show."""
    names: dict[str, Any] = {}
    cells = json.loads(notebook)["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    values = [_run_cell(source, names) for source in sources]
    shown.extend(value.model_id for value in values if hasattr(value, "model_id"))


def _run_cell(source: str, names: dict[str, Any]) -> Any:
    """Value of the cell's last line; None where that is a statement."""
    body = ast.parse(source).body
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr):
        return exec(source, names)
    exec(compile(ast.Module(body[:-1], []), "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def receive(text: str) -> None:
    """Carry out one message of the page."""
    message = json.loads(text)
    kind = message["header"]["msg_type"]
    line.parent = message["header"]["msg_id"]
    try:
        if kind == "comm_info_request":
            found = {key: {"target_name": each.target_name} for key, each in comms.comms.items()}
            line.send("comm_info_reply", {"comms": found, "status": "ok"})
        elif kind in ("comm_open", "comm_msg", "comm_close"):
            getattr(comms, kind)(None, None, message | {"buffers": []})
    except Exception as error:  # one message that fails leaves the page alive
        print(f"crampnb: {kind}: {error!r}", file=sys.stderr)
    finally:
        line.send("status", {"execution_state": "idle"})
        line.parent = None
