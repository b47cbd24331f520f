"""Binder: what its tool, repo2docker, makes of this repository, without Docker or a network."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
from collections.abc import Iterator
from importlib.metadata import requires
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from repo2docker.app import Repo2Docker
from repo2docker.buildpacks import BuildPack, CondaBuildPack

from crampnb.serve import jupyterlab as lab

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / "deploy" / "jupyter"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository without what git ignores, as Binder fetches it."""
    folder = tmp_path_factory.mktemp("binder") / "repository"
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()]
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", *ignored))
    return folder


@pytest.fixture(scope="module")
def dockerfile(repository: Path) -> str:
    """What `jupyter-repo2docker --no-build` would have Docker do."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", str(repository)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_environment_is_made_where_the_whole_repository_is(dockerfile: str) -> None:
    steps = re.findall(r"^COPY .* src/.*|env update.*|^RUN \./.*", dockerfile, re.MULTILINE)
    copied, updated, built = steps
    assert copied.endswith(" src/ ${REPO_DIR}/")
    assert '--file "environment.yml"' in updated
    assert built == "RUN ./postBuild"


class Recorder:
    """Stands where the client of a container engine would; keeps what it is sent."""

    def build(self, *, fileobj: io.BytesIO, **_: Any) -> Iterator[Any]:
        """Note the names of what is sent; there are no steps to report."""
        with tarfile.open(fileobj=fileobj) as context:
            self.names = {name.removeprefix("src/") for name in context.getnames()}
        return iter(())


def test_repo2docker_takes_conda_and_sends_all_that_the_environment_names(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    packs = (pack(base_image="") for pack in Repo2Docker().buildpacks)
    pack: BuildPack = next(pack for pack in packs if pack.detect())
    assert type(pack) is CondaBuildPack
    assert pack.environment_yaml_path == "environment.yml"
    assert pack.python_version == "3.11"
    pack.platform = "linux/amd64"
    client = Recorder()
    list(pack.build(client, "image", 0, {}, [], {}))
    wanted = {"environment.yml", "requirements.lock", "pyproject.toml", "README.md", "postBuild"}
    for folder in ("crampnb", "notebooks", "deploy/jupyter"):
        wanted |= {str(path.relative_to(repository)) for path in (repository / folder).rglob("*.*")}
    assert wanted <= client.names


def test_after_the_build_bytecode_and_settings_are_there(repository: Path, tmp_path: Path) -> None:
    venv.create(tmp_path, with_pip=False, symlinks=True)
    (tmp_path / "etc" / "jupyter" / "labconfig").mkdir(parents=True)
    subprocess.run(
        [repository / "postBuild"],
        cwd=repository,
        env={**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        check=True,
        timeout=60,
    )
    for module in (repository / "crampnb").rglob("*.py"):
        assert Path(cache_from_source(module)).exists(), module
    for file in (path for path in SETTINGS.rglob("*") if path.is_file()):
        placed = tmp_path / "etc" / "jupyter" / file.relative_to(SETTINGS)
        assert placed.read_text() == file.read_text()


def test_the_settings_say_what_crampnb_lessons_says() -> None:
    for file in (SETTINGS / "labconfig").iterdir():
        assert json.loads(file.read_text()) == lab.SETTINGS[f"labconfig/{file.name}"]
    server = json.loads((SETTINGS / "jupyter_server_config.json").read_text())
    assert {f"--LabApp.{name}={value}" for name, value in server["LabApp"].items()} <= {*lab.QUIET}
    culling = server["MappingKernelManager"]
    assert 0 < culling["cull_interval"] < culling["cull_idle_timeout"] <= 3600


def needed(package: str, extra: str = "") -> set[str]:
    """Names of all packages that come with a package."""
    found: set[str] = set()
    waiting = [(package, extra)]
    while waiting:
        name, chosen = waiting.pop()
        for row in map(Requirement, requires(name) or []):
            here = row.marker is None or row.marker.evaluate({"extra": chosen})
            if here and row.name not in found:
                found.add(row.name)
                waiting += [(row.name, one) for one in row.extras or {""}]
    return found


def test_no_package_that_only_the_tests_use_gets_into_the_image() -> None:
    found = needed("crampnb", "lessons")
    assert {"voila", "jupyterlab", "anywidget", "ipykernel"} <= found
    assert not found & {"numpy", "pandas", "matplotlib", "scipy", "pytest", "playwright"}
