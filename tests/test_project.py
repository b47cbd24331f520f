"""The project's own papers: pinned versions agree, nothing is missing, rooms import downwards."""

import ast
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import crampnb
from crampnb.course import lessons

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "crampnb"
PIN = re.compile(r"([\w.-]+)==([\w.!+]+)")

CORE = ["reader", "arithmetic", "evidence", "profile", "exposures"]
CORE += ["model", "steps", "explain", "link", "scenarios", "report", "groups", "verdicts"]
CORE += ["quiz", "sensitivity", "study", "classroom", "answers", "course", "links"]
VIEWS = ["__init__", "figures", "pictures", "views"]
WIDGETS = ["state", "widgets", "page", "dashboard", "card", "lesson"]
SERVER = ["places", "ports", "template", "door", "channels", "server", "lab"]
SERVER += ["modelcard", "site", "cli"]
#: rooms of the house from the top; each imports only rooms above it
ROOMS = [*CORE, *VIEWS, *WIDGETS, *SERVER]


def project() -> dict[str, Any]:
    """Table [project] of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def pins(text: str) -> dict[str, str]:
    """Package → version of every `package==version` in `text`."""
    return dict(PIN.findall(text))


def extra(name: str) -> dict[str, str]:
    """Package → version of the extra `name`, with those of the extras that it names."""
    rows = "\n".join(project()["optional-dependencies"][name])
    found = pins(rows)
    for other in re.findall(r"crampnb\[(\w+)\]", rows):
        found |= extra(other)
    return found


LOCK = (ROOT / "requirements.lock").read_text()


@pytest.mark.parametrize("name", project()["optional-dependencies"])
def test_every_direct_dependency_is_pinned_as_in_the_lock(name: str) -> None:
    rows = project()["optional-dependencies"][name]
    assert all(PIN.fullmatch(row) or row.startswith("crampnb[") for row in rows)
    assert extra(name).items() <= pins(LOCK).items()


def test_the_core_needs_nothing() -> None:
    assert project()["dependencies"] == []


def test_conda_installs_the_versions_of_the_lessons() -> None:
    environment = (ROOT / "environment.yml").read_text()
    assert pins(environment) == extra("lessons")
    assert "--constraint requirements.lock" in environment
    assert "--editable .[lessons]" in environment


def test_the_lock_holds_versions_and_no_addresses() -> None:
    row = re.compile(r"[\w.-]+==[\w.!+]+( ; [^/@]+)?")
    assert [line for line in LOCK.splitlines() if not row.fullmatch(line)] == []


def test_vendored_files_are_those_of_the_record() -> None:
    vendor = PACKAGE / "vendor"
    recorded = {
        file: sha256
        for _, _, file, sha256 in map(str.split, (vendor / "VERSIONS").read_text().splitlines())
    }
    present = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.iterdir()
        if path.name != "VERSIONS"
    }
    assert present == recorded


@pytest.mark.parametrize("script", sorted((PACKAGE / "vendor").glob("*.js")), ids=lambda p: p.name)
def test_vendored_scripts_ask_for_no_source_map(script: Path) -> None:
    assert "sourceMappingURL" not in script.read_text()


def test_one_version_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text()
    version = project()["version"]
    assert crampnb.__version__ == version
    assert f"\nversion: {version}\n" in citation
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text()


def test_one_licence_everywhere() -> None:
    assert project()["license"] == "BSD-3-Clause"
    assert (ROOT / "LICENSE").read_text().startswith("BSD 3-Clause License")
    assert "\nlicense: BSD-3-Clause\n" in (ROOT / "CITATION.cff").read_text()


@pytest.mark.parametrize("name", ["README.md", "MODEL.md", "crampnb/py.typed"])
def test_the_project_has(name: str) -> None:
    assert (ROOT / name).is_file()


def room(path: Path) -> str:
    """Room that the module at `path` belongs to: its own name, or that of its folder."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Full names of everything that the module at `path` imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_room(name: str) -> str | None:
    """Room that the import `name` opens; None where it is not ours."""
    package, *rest = name.split(".")
    if package != "crampnb":
        return None
    return rest[0] if rest and rest[0] in ROOMS else "__init__"


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_room_imports_only_rooms_above_it(path: Path) -> None:
    place = ROOMS.index(room(path))
    opened = {opens for name in imports(path) if (opens := imported_room(name))}
    assert opened - {room(path)} <= set(ROOMS[:place])


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room(path) in CORE + VIEWS],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_core_and_views_need_the_standard_library_alone(path: Path) -> None:
    outside = {name.partition(".")[0] for name in imports(path)} - {"crampnb"}
    assert outside <= sys.stdlib_module_names


LESSONS = sorted((ROOT / "notebooks").rglob("*.ipynb"))


def code_cells(path: Path) -> list[dict[str, Any]]:
    """The code cells of a notebook."""
    cells = json.loads(path.read_text())["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_notebooks_hold_short_cells_and_only_the_outputs_that_are_checked(path: Path) -> None:
    for cell in code_cells(path):
        checked = "nbval-check-output" in cell["metadata"].get("tags", [])
        assert len(cell["source"]) <= 5
        assert bool(cell["outputs"]) == checked
        assert (cell["execution_count"] is not None) == checked


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_lessons_need_nothing_but_the_package(path: Path) -> None:
    nodes = ast.walk(ast.parse("\n".join("".join(cell["source"]) for cell in code_cells(path))))
    found = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in found} <= {"crampnb", "pathlib"}


def test_every_lesson_has_its_answers_and_its_page() -> None:
    names = [plan.notebook.removesuffix(".ipynb") for plan in lessons().values()]
    places = ("notebooks/lessons/{}.ipynb", "notebooks/lessons/answers/{}.ipynb")
    for name in names:
        for place in (*places, "docs/teachers/{}.md"):
            assert (ROOT / place.format(name)).exists()


@pytest.mark.parametrize("page", sorted((ROOT / "docs/teachers").glob("*.md")), ids=str)
def test_links_between_the_pages_for_teachers_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target
