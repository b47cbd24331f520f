"""The project's own papers: pinned versions agree, nothing is missing, the core needs nothing."""

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
from crampnb.lessons.plans import Plan, lessons
from crampnb.serve import template
from crampnb.site.packages import PYODIDE

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "crampnb"
PIN = re.compile(r"([\w.-]+)==([\w.!+]+)")


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
    recorded = dict(map(str.split, (vendor / "VERSIONS").read_text().splitlines()))
    present = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.iterdir()
        if path.name != "VERSIONS"
    }
    assert present == recorded


@pytest.mark.parametrize("script", sorted((PACKAGE / "vendor").glob("*.js")), ids=lambda p: p.name)
def test_vendored_scripts_ask_for_no_source_map(script: Path) -> None:
    assert "sourceMappingURL" not in script.read_text()


def test_the_site_s_python_is_the_one_that_the_browser_s_types_are_of() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert wanted["pyodide"] == PYODIDE


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


def imports(path: Path) -> Iterator[str]:
    """Full names of everything that the module at `path` imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


#: what a machine with Python alone can run
CORE = ["__init__.py", "errors.py", "places.py", "model/*.py", "views/*.py", "modelcard/*.py"]
CORE += ["cli.py"]


@pytest.mark.parametrize(
    "path",
    sorted(path for pattern in CORE for path in PACKAGE.glob(pattern)),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_the_core_needs_the_standard_library_alone(path: Path) -> None:
    outside = {name.partition(".")[0] for name in imports(path)} - {"crampnb"}
    assert outside <= sys.stdlib_module_names


#: commands that end as third persons and participles do
COMMANDS = {"bring", "guess", "pass", "press"}


def documented(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Name and docstring of every function of a module, and whether it is one that acts."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (
            text := ast.get_docstring(node)
        ):
            gives_none = isinstance(node.returns, ast.Constant) and node.returns.value is None
            is_test = node.name.startswith(("test_", "__"))
            yield node.name, text, gives_none and not is_test


@pytest.mark.parametrize("folder", ["bench", "crampnb", "scripts", "tests"])
def test_a_docstring_of_what_acts_says_what_it_does(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        for name, text, acts in documented(path):
            first = re.split(r"\W", text.lower(), maxsplit=1)[0]
            assert first != "nothing", f"{path}: {name}"
            described = first in ("a", "an", "the") or re.search(r"([^s]s|ed|ing)$", first)
            assert not (acts and described) or first in COMMANDS, f"{path}: {name}: {text}"


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
    known = {"crampnb", "pathlib"} | ({"ipywidgets"} if path.parent.name == "teachers" else set())
    assert {name.split(".")[0] for name in found} <= known


@pytest.mark.parametrize("plan", lessons().values(), ids=lambda plan: plan.key)
def test_the_answers_have_every_cell_of_the_lesson_and_only_they_hold_outputs(plan: Plan) -> None:
    lesson, answers = (
        json.loads((ROOT / "notebooks" / place / plan.notebook).read_text())["cells"]
        for place in ("lessons", "teachers/answers")
    )
    assert not any(cell.get("outputs") for cell in lesson)
    title, *cells = ["".join(cell["source"]) for cell in lesson]
    first, *rest = ["".join(cell["source"]) for cell in answers]
    assert set(title.split("\n\n")[1:]) < set(first.split("\n\n"))
    to_mend = {cell for cell in cells if "lesson.verify(" in cell}
    there = iter(rest)
    assert [cell for cell in cells if cell not in to_mend and cell not in there] == []


def test_every_lesson_has_its_answers_and_its_page() -> None:
    names = [plan.notebook.removesuffix(".ipynb") for plan in lessons().values()]
    places = ("notebooks/lessons/{}.ipynb", "notebooks/teachers/answers/{}.ipynb")
    for name in names:
        for place in (*places, "docs/teachers/{}.md"):
            assert (ROOT / place.format(name)).exists()


@pytest.mark.parametrize("page", sorted((ROOT / "docs/teachers").glob("*.md")), ids=str)
def test_links_between_the_pages_for_teachers_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_other_jupyter_servers_find_all_that_the_template_asks_for() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]
    shared = table["build"]["targets"]["wheel"]["shared-data"]
    place = "share/jupyter/voila/templates/crampnb"
    files = {f"{place}/static/{name}": path for name, path in template.STATIC.items()}
    files[place] = template.JUPYTER_PATH / "voila" / "templates" / template.NAME
    assert {there: ROOT / here for here, there in shared.items()} == files
    assert all(path.exists() for path in files.values())
