"""JupyterLite's kernel, started in the browser before there is a notebook.

Everything that a lesson needs is imported here, while the learner's files are not there yet:
afterwards each import looks among them first, and each look is a question to the page.
"""

from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from pyodide.ffi import jsnull
from pyodide_kernel.comm import Comm
from pyodide_kernel.interpreter import Interpreter

import crampnb.lessons.lesson

LESSONS = crampnb.lessons.lesson


def _should_run_async(shell: Any, cell: str, **known: Any) -> bool:
    """Whether the cell awaits something; IPython since 9.16 wants the cell transformed."""
    known.setdefault("transformed_cell", shell.transform_cell(cell))
    return InteractiveShell.should_run_async(shell, cell, **known)


async def _run_cell_async(shell: Any, cell: str, **known: Any) -> Any:
    """What came of a cell that awaits something."""
    known.setdefault("transformed_cell", shell.transform_cell(cell))
    return await InteractiveShell.run_cell_async(shell, cell, **known)


_publish_msg = Comm.publish_msg


def _publish_with_null(comm: Comm, kind: str, data: Any = None, *rest: Any, **known: Any) -> None:
    """Send a message to the page. The kernel would leave out what is None: the old would stay."""
    _publish_msg(comm, kind, _with_null(data), *rest, **known)


def _with_null(data: Any) -> Any:
    """The same data with JavaScript's `null` in place of None."""
    if isinstance(data, dict):
        return {name: _with_null(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_with_null(value) for value in data]
    return jsnull if data is None else data


Comm.publish_msg = _publish_with_null
Interpreter.should_run_async = _should_run_async
Interpreter.run_cell_async = _run_cell_async
