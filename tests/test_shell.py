"""The site's own shell under an ordinary Python: it runs the notebook and carries its messages."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import crampnb
from crampnb.places import DASHBOARD

# In a process of its own, as widgets find their channels there from then on. Each line of input is
# a message of the page, each line of output one to the page; the first tells what is shown.
PROGRAM = """
import json, sys
from crampnb.pyodide import shell
shell.prepare()
shell.show(sys.argv[1])
print(json.dumps(shell.shown), flush=True)
shell.line.post = lambda text: print(text, flush=True)
for text in sys.stdin:
    shell.receive(text)
"""
Message = dict[str, Any]


class Shell:
    """A running shell: what it shows, and what it answers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process, self._count = process, 0
        self.shown: list[str] = self._hear()

    def _hear(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def ask(self, kind: str, **content: Any) -> list[Message]:
        """Contents of all that is answered to a message before the shell is idle again."""
        assert self._process.stdin
        self._count += 1
        header = {"msg_type": kind, "msg_id": str(self._count)}
        message = {"header": header, "content": content, "metadata": {"version": "1.0.0"}}
        print(json.dumps(message), file=self._process.stdin, flush=True)
        heard: list[Message] = []
        while not heard or "execution_state" not in heard[-1]:
            answer = self._hear()
            assert answer["parent_header"] == {"msg_id": str(self._count)}
            heard.append(answer["content"])
        assert heard.pop() == {"execution_state": "idle"}
        return heard

    def states(self) -> dict[str, Any]:
        """{id: state} of all widgets, asked for as a page does."""
        target = "jupyter.widget.control"
        self.ask("comm_open", comm_id="control", target_name=target, data={})
        (answer,) = self.ask("comm_msg", comm_id="control", data={"method": "request_states"})
        return {key: each["state"] for key, each in answer["data"]["states"].items()}


@contextmanager
def shell(notebook: str) -> Iterator[Shell]:
    """A shell in which a notebook (its JSON) has run; it must end without a complaint."""
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([sys.executable, "-c", PROGRAM, notebook], text=True, **pipes) as process:
        yield Shell(process)
        _, complaints = process.communicate(timeout=60)
    assert "Traceback" not in complaints


def cells(*sources: str) -> str:
    """A notebook of these code cells."""
    return json.dumps({"cells": [{"cell_type": "code", "source": [each]} for each in sources]})


def test_a_moved_slider_is_answered_with_the_models_sentence() -> None:
    with shell(DASHBOARD.read_text("utf-8")) as running:
        (page,) = running.shown
        states = running.states()
        slider = states[page]["slots"]["sitting"].removeprefix("IPY_MODEL_")
        assert states[slider]["value"] == 4
        moved = {"method": "update", "state": {"value": 9}}
        answers = running.ask("comm_msg", comm_id=slider, data=moved)
        sent = [each["data"]["state"] for each in answers]
        (told,) = [state["settings"] for state in sent if "settings" in state]
        (drawn,) = [state["drawn"] for state in sent if "drawn" in state]
        assert told["given"] == drawn["of"]["given"] == {"sitting": 9}
        risk = crampnb.explain({"sitting": 9}).risk
        assert f"p = {risk:.4f}" in re.sub("<[^>]*>", "", drawn["parts"]["maths"])


def test_only_a_cells_last_value_is_shown() -> None:
    widget = "import ipywidgets\nw = ipywidgets.Checkbox()"
    with shell(cells(widget, "", "w.value", "None")) as running:
        assert running.shown == []
    with shell(cells(widget, "w", "w")) as running:
        assert len(running.shown) == 2


def test_the_page_may_ask_which_channels_there_are() -> None:
    with shell(cells("import ipywidgets\nipywidgets.Checkbox()")) as running:
        (answer,) = running.ask("comm_info_request")
        assert answer["comms"][running.shown[0]] == {"target_name": "jupyter.widget"}


def test_messages_that_make_no_sense_break_nothing() -> None:
    with shell(cells("import ipywidgets\nipywidgets.Checkbox()")) as running:
        assert running.ask("comm_msg", comm_id="nobody", data={}) == []
        assert running.ask("comm_open") == []
        assert running.ask("execute_request", code="raise SystemExit") == []
        assert running.ask("comm_info_request")[0]["status"] == "ok"
