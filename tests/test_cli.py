"""The commands: the same answers in a terminal, and one line for whatever cannot be used."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import crampnb
from crampnb.cli import LARGEST, main
from crampnb.model.export import as_dict, as_text
from crampnb.serve.options import Options
from tests.strategies import INPUTS

Capture = pytest.CaptureFixture[str]
DESK = {"fluid_intake": 1.2, "sitting": 10, "slumped": True}


def said(capture: Capture, *argv: str) -> str:
    """What a command that works prints."""
    assert main(argv) == 0
    output = capture.readouterr()
    assert output.err == ""
    return output.out


def refused(capture: Capture, *argv: str) -> str:
    """The one line with which a command is refused."""
    assert main(argv) == 2
    output = capture.readouterr()
    assert output.out == ""
    assert output.err.startswith("crampnb: ")
    assert output.err.endswith("\n")
    assert len(output.err.splitlines()) == 1
    assert len(output.err) < 1000
    return output.err


def written(folder: Path, content: bytes | str | object) -> str:
    """Path of a new file with these bytes, this text, or this value as JSON."""
    path = folder / "day.json"
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_risk_prints_the_answer(capsys: Capture) -> None:
    found = said(
        capsys, "risk", "--set", "fluid_intake=1.2", "--set=sitting=10", "--set", "slumped=yes"
    )
    assert found == as_text(crampnb.explain(DESK)) + "\n"


def test_a_pupils_own_modules_are_not_ours(tmp_path: Path) -> None:
    for name in ("json", "random", "calendar", "select", "argparse", "email"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')")
    command = [sys.executable, "-m", "crampnb.cli", "risk"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert printed.stdout == as_text(crampnb.explain({})) + "\n"


def test_risk_of_nothing_is_the_reference(capsys: Capture) -> None:
    assert said(capsys, "risk") == as_text(crampnb.explain({})) + "\n"


def test_json_has_every_field_to_the_last_digit(capsys: Capture) -> None:
    found = said(capsys, "risk", "--set", "sitting=10", "--hypothesis", "article", "--json")
    answer = crampnb.explain({"sitting": 10}, hypothesis="article")
    assert json.loads(found) == json.loads(json.dumps(as_dict(answer)))
    assert found.isascii()


def test_sets_and_choices_are_set_as_in_a_link(capsys: Capture) -> None:
    given = ("--set", "conditions=diabetes,arthritis", "--set", "medicines=", "--set", "sex=female")
    inputs = json.loads(said(capsys, "risk", "--json", *given))["inputs"]
    assert inputs == {"conditions": ["arthritis", "diabetes"], "medicines": [], "sex": "female"}


def test_the_last_of_two_settings_wins(capsys: Capture) -> None:
    found = said(capsys, "risk", "--json", "--set", "sitting=9", "--set", "sitting=5")
    assert json.loads(found)["inputs"] == {"sitting": 5}


def test_a_red_flag_leaves_no_number(capsys: Capture) -> None:
    text = said(capsys, "risk", "--red-flag", "frequent", "--red-flag", "clot")
    assert text == as_text(crampnb.explain({}, red_flags=["frequent", "clot"])) + "\n"
    assert "of 1,000" not in text
    assert json.loads(said(capsys, "risk", "--red-flag", "clot", "--json"))["risk"] is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_is_a_mapping_of_inputs(capsys: Capture, tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, json.dumps(DESK).encode(encoding))
    assert said(capsys, "risk", path) == as_text(crampnb.explain(DESK)) + "\n"


def test_a_download_opens_again(capsys: Capture, tmp_path: Path) -> None:
    given = ("--set", "sitting=10", "--set", "conditions=diabetes", "--hypothesis", "article")
    download = said(capsys, "risk", "--json", *given)
    assert said(capsys, "risk", "--json", written(tmp_path, download)) == download


def test_a_download_under_a_red_flag_stays_without_a_number(
    capsys: Capture, tmp_path: Path
) -> None:
    download = said(capsys, "risk", "--json", "--red-flag", "clot")
    again = written(tmp_path, download)
    assert said(capsys, "risk", "--json", again) == download
    both = json.loads(said(capsys, "risk", "--json", again, "--red-flag", "injury"))
    assert both["red_flags"] == ["clot", "injury"]


def test_other_entries_of_a_download_are_left_alone(capsys: Capture, tmp_path: Path) -> None:
    path = written(tmp_path, {"inputs": DESK, "risk": 3, "note": None, "steps": "none"})
    assert said(capsys, "risk", path) == as_text(crampnb.explain(DESK)) + "\n"


def test_what_is_set_wins_over_the_file(capsys: Capture, tmp_path: Path) -> None:
    path = written(tmp_path, {"inputs": DESK, "hypothesis": "fatigue"})
    found = json.loads(
        said(capsys, "risk", path, "--json", "--set", "sitting=5", "--hypothesis", "article")
    )
    assert found["inputs"] == {**DESK, "sitting": 5}
    assert found["hypothesis"] == "article"


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("sitting=17", "sitting = 17.0: allowed is 0 to 16 h/day"),
        ("sitting=ten", "sitting = 'ten': must be a number; allowed is 0 to 16 h/day"),
        ("sitting=nan", "sitting = nan: allowed is 0 to 16 h/day"),
        ("sitting=inf", "sitting = inf: allowed is 0 to 16 h/day"),
        ("sitting=", "sitting = ''"),
        ("sitting", "--set 'sitting': must be NAME=VALUE"),
        ("", "--set ''"),
        ("=5", "unknown input"),
        ("water=5", "water = '5': unknown input"),
        ("self=5", "self = '5': unknown input"),
        ("slumped=perhaps", "slumped = 'perhaps': allowed is yes or no"),
        ("sex=Female", "allowed is one of female, male, unspecified"),
        ("conditions=gout", "conditions = 'gout'"),
        ("a\nb\x1b[31m\u2028c=5", "a b [31m c = '5': unknown input"),
        ("\udcff=5", "unknown input"),
        ("sitting=" + "9" * 100_000, "sitting = "),
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_a_setting_that_cannot_be_used_is_refused(
    capsys: Capture, setting: str, named: str
) -> None:
    assert named in refused(capsys, "risk", "--set", setting)


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        ([], "COMMAND"),
        (["cure"], "cure"),
        (["risk", "--sets", "sitting=5"], "--sets"),
        (["risk", "--set"], "--set"),
        (["risk", "--hypothesis", "truth"], "hypothesis = 'truth': allowed is one of evidence"),
        (["risk", "--hypothesis", ""], "hypothesis = ''"),
        (["risk", "--red-flag", "rash"], "red_flags = 'rash': allowed is any of cauda_equina"),
        (["risk", "a.json", "b.json"], "b.json"),
        (["risk", "a\nb", "c\nd"], "c d"),
        (["dashboard", "--port", "http"], "'http': allowed is 0 to 65535"),
        (["dashboard", "--port", "65536"], "'65536': allowed is 0 to 65535"),
        (["dashboard", "--port", "-1"], "--port"),
        (["dashboard", "--port", "9" * 5000], "allowed is 0 to 65535"),
        (["dashboard", "--host", "localhost"], "'localhost': allowed is an IP address, such as"),
        (["dashboard", "--host", "1.2.3"], "'1.2.3': allowed is an IP address, such as"),
        (["dashboard", "--host", "fe80::1%lo"], "'fe80::1%lo': allowed is an IP address, such as"),
        (["dashboard", "--base-url", "cramps"], "'cramps': allowed is a path such as /cramps/"),
        (["dashboard", "--base-url", "//evil/"], "'//evil/': allowed is a path such as"),
        (["dashboard", "--base-url", "/a b/"], "'/a b/': allowed is a path such as /cramps/"),
        (["dashboard", "--base-url", "/cramps/#x"], "'/cramps/#x': allowed is a path such as"),
        (["dashboard", "--host", ""], "'': allowed is an IP address, such as"),
        (["dashboard", "--visitors", "0"], "'0': allowed is 1 to 1000"),
        (["dashboard", "--visitors", "1001"], "'1001': allowed is 1 to 1000"),
        (["dashboard", "--visitors", "many"], "'many': allowed is 1 to 1000"),
        (["dashboard", "--site", ""], "'': allowed is an address such as https://"),
        (["dashboard", "--site", "example.org"], "'example.org': allowed is an address"),
        (["dashboard", "--site", "javascript:alert(1)"], "'javascript:alert(1)': allowed is"),
        (["dashboard", "--site", "https://"], "'https://': allowed is an address"),
        (["dashboard", "--site", "https://a b"], "'https://a b': allowed is an address"),
        (["dashboard", "--site", "https://a/#v=1"], "'https://a/#v=1': allowed is an address"),
        (["dashboard", "--site", "https://me:secret@a/"], "allowed is an address"),
        (["dashboard", "--site", "https://a/" + "a" * 2000], "allowed is an address"),
        (["inputs", "sitting"], "sitting"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_command_that_makes_no_sense_is_refused(
    capsys: Capture, argv: list[str], named: str
) -> None:
    assert named in refused(capsys, *argv)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("sitting = 9", "is not JSON"),
        ('{"sitting": 9} {}', "is not JSON"),
        ('{"sitting": ' + "9" * 5000 + "}", "has a number of too many digits"),
        (b'{"sitting": "\xff"}', "is not UTF-8"),
        ('{"sitting": 9}'.encode("utf-16"), "is not UTF-8"),
        (b"\x00" * 100, "is not JSON"),
        ('{"sitting": NaN}', "= 'NaN': is not a number"),
        ('{"sitting": Infinity}', "= 'Infinity': is not a number"),
        ('{"note": -Infinity, "inputs": {}}', "= '-Infinity': is not a number"),
        ('{"sitting": 1e999}', "sitting = inf: allowed is 0 to 16 h/day"),
        ('{"sitting": ' + "9" * 400 + "}", "sitting = 9"),
        ("9", "must hold a JSON object"),
        ("null", "must hold a JSON object"),
        ('[["sitting", 9]]', "must hold a JSON object"),
        ({"sitting": None}, "sitting = None: must be a number"),
        ({"sitting": "9"}, "sitting = '9': must be a number"),
        ({"sitting": True}, "sitting = True: must be a number"),
        ({"slumped": 1}, "slumped = 1: allowed is true or false"),
        ({"conditions": "diabetes"}, "conditions = 'diabetes': must be a list"),
        ({"conditions": {"diabetes": False}}, "conditions = {'diabetes': False}"),
        ({"water": 3}, "water = 3: unknown input"),
        ({"self": 3}, "self = 3: unknown input"),
        ({"a\nb": 3}, "a b = 3: unknown input"),
        ({"hypothesis": "fatigue"}, "hypothesis = 'fatigue': unknown input"),
        ({"inputs": None}, "'inputs' must be a JSON object"),
        ({"inputs": [["sitting", 9]]}, "'inputs' must be a JSON object"),
        ({"inputs": {}, "hypothesis": None}, "hypothesis = None"),
        ({"inputs": {}, "hypothesis": ["evidence"]}, "hypothesis = ['evidence']"),
        ({"inputs": {}, "red_flags": "clot"}, "'red_flags' must be a JSON array"),
        ({"inputs": {}, "red_flags": ["rash"]}, "red_flags = 'rash'"),
        ({"inputs": {}, "red_flags": [["clot"]]}, "red_flags = ['clot']"),
        (b" " * LARGEST + b"{}", "1000001: allowed is up to 1,000,000 bytes"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_file_that_cannot_be_used_is_refused(
    capsys: Capture, tmp_path: Path, content: Any, named: str
) -> None:
    assert named in refused(capsys, "risk", written(tmp_path, content))


@pytest.mark.parametrize("depth", [100, 800, *range(900, 1000, 10), 5_000, 400_000])
@pytest.mark.parametrize(
    "form", ["{}", '{{"sitting": {}}}', '{{"inputs": {{}}, "hypothesis": {}}}']
)
def test_a_nest_of_any_depth_is_refused(
    capsys: Capture, tmp_path: Path, depth: int, form: str
) -> None:
    refused(capsys, "risk", written(tmp_path, form.format("[" * depth + "]" * depth)))


def test_the_largest_file_is_still_read(capsys: Capture, tmp_path: Path) -> None:
    content = b'{"sitting": 9}'.ljust(LARGEST)
    assert "of 1,000" in said(capsys, "risk", written(tmp_path, content))


@pytest.mark.parametrize(
    "name", ["missing.json", ".", "a\nb.json", "\udcff.json", "\0", "x" * 5000]
)
def test_a_file_that_is_not_there_is_refused(capsys: Capture, tmp_path: Path, name: str) -> None:
    refused(capsys, "risk", str(tmp_path / name)[-900:])


def test_inputs_lists_all_that_can_be_set(capsys: Capture) -> None:
    lines = said(capsys, "inputs").splitlines()
    for entry in INPUTS.values():
        (line,) = (
            line for line in lines if line.startswith(f"{entry.name} ") and entry.label in line
        )
        if entry.kind == "number":
            assert f"{entry.range[0]:g} to {entry.range[1]:g}" in line
        if entry.kind == "set":
            keys = [line.split()[1] for line in lines if line.startswith(f"{entry.name}  ")]
            assert keys[1:] == list(entry.options)
    assert any(line.startswith("--hypothesis  fatigue ") for line in lines)
    assert any(line.split()[:2] == ["--red-flag", "clot"] for line in lines)


def test_every_reference_listed_may_be_set(capsys: Capture) -> None:
    lines = said(capsys, "inputs").splitlines()[1 : 1 + len(INPUTS)]
    references = {line.split()[0]: line.split("  ")[-1].split(",")[0].strip() for line in lines}
    settings = [f"--set={name}={'' if v == 'none' else v}" for name, v in references.items()]
    assert json.loads(said(capsys, "risk", "--json", *settings))["risk"] == pytest.approx(0.01)


@pytest.mark.parametrize("argv", [["--help"], ["risk", "--help"], ["dashboard", "--help"]])
def test_help_explains(capsys: Capture, argv: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(argv)
    assert end.value.code == 0
    assert "usage: crampnb" in capsys.readouterr().out


def test_version(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"crampnb {crampnb.__version__}\n"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What the server is asked for; nothing is served."""
    asked: list[Options] = []
    server = ModuleType("crampnb.serve.server")
    server.serve = asked.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "crampnb.serve.server", server)
    return asked


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        ([], {}),
        (["--port", "9000", "--no-browser"], {"port": 9000, "browser": False}),
        (["--port", "0"], {"port": 0}),
        (["--host", "0.0.0.0", "--visitors", "7"], {"host": "0.0.0.0", "visitors": 7}),
        (["--host", "::"], {"host": "::"}),
        (["--site", "https://example.org/a/"], {"site": "https://example.org/a/"}),
        (["--base-url", "/a"], {"base_url": "/a/"}),
        (["--base-url", "https://a.example:8/"], {"base_url": "https://a.example:8/"}),
    ],
)
def test_dashboard_serves(
    capsys: Capture, calls: list[Options], argv: list[str], asked: dict[str, Any]
) -> None:
    said(capsys, "dashboard", *argv)
    assert calls == [Options(**asked)]


@pytest.mark.parametrize("missing", ["voila", "jupyter_client", "tornado"])
def test_without_the_extra_the_dashboard_says_what_to_install(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("crampnb.serve.")]:
        monkeypatch.delitem(sys.modules, name)
    parts = [name for name in sys.modules if name.startswith(f"{missing}.")]
    for name in (missing, *parts):  # what an earlier test has imported counts as there
        monkeypatch.setitem(sys.modules, name, None)
    assert 'pip install "crampnb[dashboard]"' in refused(capsys, "dashboard")


def run(*argv: str, **how: Any) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own."""
    return subprocess.run([sys.executable, *argv], capture_output=True, timeout=60, **how)


def test_a_process_ends_with_the_code_and_one_line() -> None:
    found = run("-m", "crampnb.cli", "risk", "--set", "sitting=99")
    assert (found.returncode, found.stdout) == (2, b"")
    assert found.stderr.splitlines() == [b"crampnb: sitting = 99.0: allowed is 0 to 16 h/day"]


def test_a_terminal_without_our_signs_gets_the_answer_all_the_same() -> None:
    found = run("-m", "crampnb.cli", "risk", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (found.returncode, found.stderr) == (0, b"")
    assert b"About 10 of 1,000 people" in found.stdout


def test_a_reader_who_leaves_early_is_no_fault() -> None:
    read, write = os.pipe()
    os.close(read)
    found = subprocess.run(
        [sys.executable, "-m", "crampnb.cli", "risk"],
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(write)
    assert (found.returncode, found.stderr) == (0, b"")


def test_an_answer_loads_the_standard_library_alone() -> None:
    program = (
        "import sys; before = set(sys.modules); from crampnb.cli import main; main(['risk']);"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - sys.stdlib_module_names), file=sys.stderr)"
    )
    assert run("-c", program).stderr == b"['crampnb']\n"
