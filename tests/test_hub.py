"""A school's JupyterHub: what the configuration starts for a learner, without a hub around it."""

import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from traitlets.config.loader import Config, PyFileConfigLoader

from tests.browser.jupyter import BASE, BINDER, SERVER, SETTINGS, TOKEN, environment, serving

ROOT = Path(__file__).parents[1]
LESSON = Path("notebooks", "lessons", "1_predict.ipynb")


@pytest.fixture(scope="module")
def hub() -> Config:
    """What the hub reads."""
    loader = PyFileConfigLoader("jupyterhub_config.py", path=str(ROOT / "deploy"))
    read: Config = loader.load_config()
    return read


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a learner who has been here before."""
    home = tmp_path_factory.mktemp("learner")
    (home / LESSON).parent.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / "lessons" / "2_odds.ipynb", home / LESSON)
    return home


@pytest.fixture(scope="module")
def address(hub: Config, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the learner's server.

    `jupyterhub-singleuser` is a Jupyter server that asks the hub who comes; here one with a key.
    """
    folder = tmp_path_factory.mktemp("hub")
    stand_in = folder / "jupyterhub-singleuser"
    stand_in.write_text(f'#!/bin/sh\nexec {shlex.join([*SERVER, *BINDER])} "$@"\n')
    stand_in.chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    variables = {**environment(folder), **hub.Spawner.environment, "PATH": path}
    arrive = f"--ServerApp.default_url={hub.Spawner.default_url}"
    with serving([*hub.Spawner.cmd, *hub.Spawner.args, arrive], home, variables) as found:
        yield found + BASE


def test_a_learner_arrives_at_the_lesson_and_the_explainer_answers(address: str) -> None:
    learner = build_opener(HTTPCookieProcessor())
    with learner.open(f"{address}?token={TOKEN}", timeout=60) as answer:
        assert answer.url.partition("?")[0] == f"{address}lab/tree/{LESSON.as_posix()}"
    with learner.open(f"{address}voila/render/notebooks/dashboard.ipynb", timeout=60) as answer:
        assert b'"kernelId"' in answer.read()


def test_a_learner_gets_copies_and_keeps_what_was_changed(address: str, home: Path) -> None:
    assert address
    kept = home / LESSON
    for file in (ROOT / "notebooks").rglob("*.ipynb"):
        copy = home / file.relative_to(ROOT)
        assert (copy.read_bytes() == file.read_bytes()) == (copy != kept), copy
    assert kept.read_bytes() == kept.with_name("2_odds.ipynb").read_bytes()


def test_the_hub_is_bounded_and_takes_the_settings_of_the_image(hub: Config) -> None:
    assert hub.Spawner.environment == {"JUPYTER_CONFIG_PATH": str(SETTINGS)}
    assert 0 < hub.JupyterHub.active_server_limit <= 100
    assert hub.Spawner.mem_limit == "768M"
