"""What is left out in a browser is a test that there is, with a reason."""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.engines import NAMES
from tests.browser.engines.limits import LIMITS

ROOT = Path(__file__).parents[1]


def collected() -> set[str]:
    """Every test in a browser, with and without what tells it from its siblings."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0", "tests/browser"]
    engine = {**os.environ, "CRAMPNB_ENGINE": "chromium"}
    told = subprocess.run(
        command, cwd=ROOT, env=engine, capture_output=True, text=True, check=True
    ).stdout
    found = {line.removeprefix("tests/browser/") for line in told.splitlines() if "::" in line}
    return found | {name.partition("[")[0] for name in found}


def test_every_test_that_is_left_out_exists_and_is_told_why() -> None:
    assert set(LIMITS) == set(NAMES)
    assert LIMITS["chromium"] == {}
    there = collected()
    for limits in LIMITS.values():
        listed = [test for tests in limits.values() for test in tests]
        assert set(listed) <= there
        assert len(listed) == len(set(listed))
        assert all(len(why.split()) >= 4 and tests for why, tests in limits.items())
