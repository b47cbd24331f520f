"""A course page: links that open, by hand, and one line for a place that cannot be."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from crampnb.lessons.plans import lessons
from crampnb.places import EXPLAINER, START
from crampnb.site.course_page import binder_links, course_page, launch, site_links
from crampnb.site.remote import parse_remote
from tests.test_cli import Capture, refused, said

ROOT = Path(__file__).parents[1]
REPO = "a-school/crampnb"
SITE = "https://example.org/cramps"


def test_a_course_page_by_hand(capsys: Capture) -> None:
    lines = said(capsys, "links", "--repo", REPO, "--ref", "v1.0", "--site", SITE).splitlines()
    place = "https://mybinder.org/v2/gh/a-school/crampnb/v1.0?urlpath="
    assert lines[0] == (
        "[![Open in Binder](https://mybinder.org/badge_logo.svg)]"
        f"({place}voila/render/notebooks/dashboard.ipynb)"
    )
    assert lines[2] == f"- [Explainer]({place}voila/render/notebooks/dashboard.ipynb)"
    assert lines[3] == (
        "- [Lesson 1: Predict, observe, explain (25 minutes)]"
        f"({place}lab/tree/notebooks/lessons/1_predict.ipynb)"
    )
    assert f"- [JupyterLab]({place}lab)" in lines
    assert lines[-8] == f"- [Start page]({SITE}/)"
    assert lines[-7] == f"- [Explainer]({SITE}/explainer/)"
    assert lines[-1].endswith(f"({SITE}/lessons/lab/index.html?path=6_class.ipynb)")


def test_without_a_ref_it_is_the_newest_and_without_a_site_there_is_none() -> None:
    page = course_page(REPO)
    hosts = {urlsplit(url).netloc for url in re.findall(r"https?://[^)\s]+", page)}
    assert hosts == {"mybinder.org"}
    assert page.count("/v2/gh/a-school/crampnb/HEAD?") == len(binder_links(REPO)) + 1


def test_every_link_to_binder_opens_what_the_repository_has() -> None:
    paths = [parse_qs(urlsplit(url).query)["urlpath"][0] for _, url in binder_links(REPO)]
    files = [re.sub(r"^(voila/render|lab/tree)/", "", path) for path in paths if path != "lab"]
    assert len(files) == len(lessons()) + 2
    for file in files:
        assert json.loads((ROOT / file).read_text())["nbformat"] == 4


def test_the_readme_names_its_owner_in_one_block_of_links_that_open() -> None:
    text = (ROOT / "README.md").read_text()
    block = text[text.index("<!-- The one place for the owner") :]
    found = re.findall(r"^\[\w+\]: (\S+)$", block, re.MULTILINE)
    (repo,) = set(re.findall(r"mybinder\.org/v2/gh/([^/]+/[^/]+)/", text))
    assert found == [link.url for link in binder_links(repo)[:2]]
    assert text.count("/v2/gh/") == len(found)


@pytest.mark.parametrize("site", [SITE, f"{SITE}/", f"{SITE}//"])
def test_the_sites_pages_lie_below_its_address(site: str) -> None:
    start, explainer, *others = (url for _, url in site_links(site))
    assert (start, explainer) == (f"{SITE}/{START}", f"{SITE}/{EXPLAINER}")
    assert [parse_qs(urlsplit(url).query)["path"][0] for url in others] == [
        plan.notebook for plan in lessons().values()
    ]


@pytest.mark.parametrize(
    ("ref", "written"),
    [
        ("main", "main"),
        ("v0.1.0", "v0.1.0"),
        ("course/2027", "course%2F2027"),
        ("50%(a)#b", "50%25%28a%29%23b"),
        ("a" * 40, "a" * 40),
    ],
)
def test_a_ref_is_quoted(ref: str, written: str) -> None:
    url = launch(REPO, ref)
    assert url == f"https://mybinder.org/v2/gh/{REPO}/{written}"
    assert unquote(urlsplit(url).path.rpartition("/")[2]) == ref


@pytest.mark.parametrize("repo", ["a/b", "A-1/b.c_d-e", "x_y/.github", "a/" + "n" * 100])
def test_a_repository_of_any_name_is_taken(repo: str) -> None:
    assert launch(repo).endswith(f"/{repo}/HEAD")


@pytest.mark.parametrize(
    "repo",
    [
        *("", "crampnb", "a/", "/b", "a/b/c", "a b/c", "-a/b", "a/..", "a/b.git", "a/b\n", "é/b"),
        *("https://github.com/a/b", "a/b?c", "a/b)", "a/" + "n" * 101, "o" * 40 + "/b", "a/b#c"),
    ],
)
def test_a_repository_that_cannot_be_is_refused(capsys: Capture, repo: str) -> None:
    line = refused(capsys, "links", f"--repo={repo}")
    assert "--repo = " in line
    assert "must be OWNER/NAME of a repository on GitHub" in line


@pytest.mark.parametrize(
    "ref",
    [
        *("", " ", "a b", "-a", "/a", "a/", "a//b", "a..b", ".a", "a.", "a/.b", "a.lock", "a@{1}"),
        *("a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b", "a\n", "ä", "a" * 201),
    ],
)
def test_a_ref_that_cannot_be_is_refused(capsys: Capture, ref: str) -> None:
    line = refused(capsys, "links", "--repo", REPO, f"--ref={ref}")
    assert "--ref = " in line
    assert "must be a tag, a branch or a commit" in line


@pytest.mark.parametrize(
    "site",
    [
        *("", "example.org", "ftp://example.org", "https://", "https://example.org/?a=b"),
        *("https://example.org/#a", "https://a b", "https://a/)", "javascript:alert(1)"),
        *("https://me:secret@example.org", "https://example.org/\n", "https://example.org:port/"),
    ],
)
def test_a_site_that_cannot_be_is_refused(capsys: Capture, site: str) -> None:
    line = refused(capsys, "links", "--repo", REPO, f"--site={site}")
    assert "--site = " in line
    assert "must be like https://example.org/cramps" in line


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/a-school/crampnb.git",
        "https://github.com/a-school/crampnb",
        "https://github.com/a-school/crampnb/",
        "https://teacher:secret@github.com/a-school/crampnb.git",
        "git@github.com:a-school/crampnb.git",
        "ssh://git@github.com/a-school/crampnb.git",
        "https://GitHub.com/a-school/crampnb",
    ],
)
def test_the_remote_names_the_repository(address: str) -> None:
    assert parse_remote(address) == REPO


@pytest.mark.parametrize(
    "address",
    [
        *("", "/home/me/crampnb", "../crampnb", "https://example.org/a/b", "git@gitlab.com:a/b"),
        *("https://github.com/a", "https://github.com/a/b/c", "https://github.com.example.org/a/b"),
        *("https://example.org/@github.com/a/b", "https://github.com/a/..", "git@github.com:a/b\n"),
        *("https://github.com/$(id)/b", "https://github.com/-a/b", "file://github.com/a/b"),
        *("https://github.com/a/" + "n" * 101, "https://" + "x" * 10**6 + "@github.com/a/b"),
    ],
)
def test_a_remote_that_is_none_of_githubs_names_none(address: str) -> None:
    assert parse_remote(address) is None


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


def test_the_links_are_those_of_the_remote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("crampnb.site.remote.ROOT", tmp_path)
    assert "--repo OWNER/NAME is needed" in refused(capsys, "links")
    git(tmp_path, "init")
    assert "--repo OWNER/NAME is needed" in refused(capsys, "links")
    git(tmp_path, "remote", "add", "origin", f"git@github.com:{REPO}.git")
    assert said(capsys, "links").strip() == course_page(REPO)
    assert said(capsys, "links", "--repo", "a/b").strip() == course_page("a/b")
    git(tmp_path, "remote", "set-url", "origin", "https://example.org/a/b")
    assert "--repo OWNER/NAME is needed" in refused(capsys, "links")


def test_the_owner_is_written_into_the_readme(tmp_path: Path, capsys: Capture) -> None:
    readme = tmp_path / "README.md"
    text = (ROOT / "README.md").read_text()
    readme.write_text(text)
    for repo in (REPO, "b/c", "b/c"):
        assert "2 links" in said(capsys, "links", "--repo", repo, "--write", str(readme))
        explainer, lesson, *_ = binder_links(repo)
        assert readme.read_text().endswith(
            f"[explainer]: {explainer.url}\n[lessons]: {lesson.url}\n"
        )
    assert readme.read_text().count("b/c") == 2
    assert len(readme.read_text().splitlines()) == len(text.splitlines())


def test_a_file_without_such_links_is_left_alone(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "page.md"
    file.write_text("A page.")
    assert "has no link" in refused(capsys, "links", "--repo", REPO, "--write", str(file))
    assert file.read_text() == "A page."
    assert "No such file" in refused(capsys, "links", "--repo", REPO, "--write", f"{file}.no")
    assert "--repo = " in refused(capsys, "links", "--repo=a b", f"--write={file}")
