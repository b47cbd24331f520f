"""The site's pages and folders, without building it; `tests/browser/site` visits the built one."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from crampnb.cli import main
from crampnb.lessons.plans import lessons
from crampnb.modelcard import card
from crampnb.places import TEACHERS, notebook_path
from crampnb.site import build, pages, service_worker

TEACHERS_PAGES = pages.for_teachers(TEACHERS)
CARD = pages.model_card()


def refused(output: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `crampnb site` says when it does not take a folder."""
    assert main(["site", "--output", str(output)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_a_folder_with_other_things_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work")
    assert "--output" in (said := refused(tmp_path, capsys))
    assert "new, empty or a former site" in said
    assert thesis.read_text() == "years of work"


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "site"
    file.write_text("")
    assert "a folder" in refused(file, capsys)


def test_a_site_that_fails_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = tmp_path / "site"
    former.mkdir()
    (former / build.MARK).write_text("former")

    def fail(_: Path) -> Path:
        raise RuntimeError("no network")

    monkeypatch.setattr("crampnb.site.packages.fetch_pyodide", fail)
    with pytest.raises(RuntimeError, match="no network"):
        build.build(former)
    assert [path.name for path in tmp_path.rglob("*")] == ["site", build.MARK]
    assert (former / build.MARK).read_text() == "former"


def test_what_is_kept_are_all_files_by_their_content(tmp_path: Path) -> None:
    for name in ("index.html", "a/@b.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    service_worker.write(tmp_path, "store", service_worker.below(tmp_path))
    # What it wrote is not kept itself.
    service_worker.write(tmp_path, "store", service_worker.below(tmp_path))
    script = (tmp_path / service_worker.NAME).read_text()
    assert json.loads(script.partition("const KEPT = ")[2].split(";\n")[0]) == {
        "store": "store",
        "files": {
            name: hashlib.sha256(name.encode()).hexdigest() for name in ("a/@b.js", "index.html")
        },
    }


def test_the_start_leads_to_everything() -> None:
    html = pages.start()
    for plan in lessons().values():
        assert plan.title in html
    assert {"explainer/", "teachers/"} <= set(re.findall(r'href="([^"]+)"', html))


@pytest.mark.parametrize(
    "page", [pages.start(), pages.explainer(5), pages.missing(), CARD, *TEACHERS_PAGES.values()]
)
def test_every_page_says_what_it_may_load(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "https:" not in policy[1]
    assert "&#39;unsafe-eval&#39;" not in policy[1]


def test_the_explainer_knows_what_python_weighs() -> None:
    assert '{"bytes": 12345}' in pages.explainer(12345)


def test_teachers_pages_link_among_themselves_and_to_the_notebooks() -> None:
    for name, html in TEACHERS_PAGES.items():
        for link in re.findall(r'href="([^"#]+)', html):
            local = link in TEACHERS_PAGES
            assert local or link.startswith(("../", "https://", "data:")), (name, link)
            assert not link.endswith(".md")
    index = TEACHERS_PAGES["index.html"]
    assert f'href="../{notebook_path("1_predict.ipynb")}"' in index
    assert f'href="../{notebook_path("teachers/answers/1_predict.ipynb")}"' in index


def test_the_model_card_is_beside_the_explainer() -> None:
    assert 'href="model.html"' in pages.explainer(5)
    assert "--model-card: block" in pages.explainer(5)
    assert 'href="explainer/model.html"' in pages.start()
    assert any('href="../explainer/model.html' in html for html in TEACHERS_PAGES.values())
    assert 'href="../explainer/"' in CARD


def test_links_within_the_model_card_lead_to_their_places() -> None:
    places = set(re.findall(r'id="([^"]+)"', CARD))
    links = set(re.findall(r'href="#([^"]+)"', CARD))
    assert links
    assert links <= places
    assert len(links) == len(set(re.findall(r"\]\(#([^)]+)\)", card())))
