"""The container file: no fault that a linter knows, and what an engine would need is there.

No engine runs in these tests; the command that the image runs is started by the other tests.
"""

import json
import re
import shlex
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from crampnb.cli import main

ROOT = Path(__file__).parents[1]
FILE = ROOT / "Containerfile"
#: [instruction, its text] of each line, continued lines joined
STEPS = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n\s*", "", FILE.read_text()).splitlines()
    if line and not line.startswith("#")
]
LAST_STAGE = max(number for number, step in enumerate(STEPS) if step[0] == "FROM")


def steps(name: str, stage: int = LAST_STAGE) -> list[str]:
    """The texts of an instruction, those of the image itself unless another stage is named."""
    return [text for instruction, text in STEPS[stage:] if instruction == name]


def test_the_linter_finds_no_fault() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    found = subprocess.run([linter, FILE], capture_output=True, text=True, timeout=60)
    assert (found.returncode, found.stdout) == (0, "")


def test_it_starts_from_a_slim_python_of_a_version_that_we_support() -> None:
    bases = {text.split()[0] for text in steps("FROM", 0)}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.1[1-9]-slim-[a-z]+", bases.pop())


def test_it_installs_the_dashboard_with_the_versions_of_the_lock() -> None:
    (install,) = [text for text in steps("RUN", 0) if "pip install" in text]
    assert '--constraint requirements.lock ".[dashboard]"' in install
    assert "--no-compile" not in install
    assert not any("PYTHONDONTWRITEBYTECODE" in text for text in steps("ENV", 0))


def test_it_runs_as_nobody_in_the_one_folder_that_can_be_written() -> None:
    assert steps("USER") == ["10001:10001"]
    assert steps("WORKDIR") == ["/tmp"]
    assert "HOME=/tmp" in steps("ENV")[0].split()


def test_its_command_is_one_that_crampnb_knows(capsys: pytest.CaptureFixture[str]) -> None:
    program, *given = json.loads(steps("ENTRYPOINT")[0]) + json.loads(steps("CMD")[0])
    assert program == "crampnb"
    assert given[:3] == ["dashboard", "--host", "0.0.0.0"]
    assert {"--no-browser", "--visitors"} < set(given)
    assert main([*given, "--port", "none"]) == 2
    assert "--port" in capsys.readouterr().err


def test_its_health_is_asked_at_its_own_port() -> None:
    (port,) = steps("EXPOSE")
    entry = json.loads(steps("ENTRYPOINT")[0])
    assert entry[entry.index("--port") + 1] == port
    command = json.loads(steps("HEALTHCHECK")[0].split("CMD", 1)[1])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "health", "exec")
    assert f"http://127.0.0.1:{port}/health" in command[2]
    assert shlex.split(steps("HEALTHCHECK")[0])[0].startswith("--interval=")


def test_everything_that_is_copied_is_let_in_and_little_else() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text().split("\n") if line]
    rules = [rule for rule in rules if not rule.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule[1:] for rule in rules if rule.startswith("!")}
    copied = {name for text in steps("COPY", 0) for name in text.split()[:-1]}
    assert allowed == {name for name in copied if not name.startswith(("--", "/"))}
    assert all((ROOT / name).exists() for name in allowed)
    assert any(fnmatch("crampnb/__pycache__", rule) for rule in rules)
