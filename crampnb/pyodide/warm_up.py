"""JupyterLite's kernel, started in the browser before there is a notebook.

Everything that a lesson needs is imported here, while the learner's files are not there yet:
afterwards each import looks among them first, and each look is a question to the page.
"""

from typing import Any

from IPython.core.interactiveshell import InteractiveShell
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


Interpreter.should_run_async = _should_run_async
Interpreter.run_cell_async = _run_cell_async
