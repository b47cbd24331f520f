"""Whose repository this is: OWNER/NAME on GitHub, as its remote `origin` says.

What git answers is matched, never evaluated, and nothing but the two names is taken from it.
"""

import re
import subprocess
from pathlib import Path

from crampnb.errors import CommandError
from crampnb.places import PACKAGE

#: the repository, where there is one; an installed package has none
ROOT = PACKAGE.parent
#: characters of an address that is looked at
LONGEST = 300
#: OWNER/NAME of a repository on GitHub
REPO = re.compile(r"(?!.*\.git$)[A-Za-z0-9][\w-]{0,38}/(?!\.{1,2}$)[\w.-]{1,100}", re.ASCII)
#: the forms of its address; a password in one is passed over
_ADDRESS = re.compile(
    r"(?:https://(?:[^@/\s]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<repo>[^/\s]+/[^/\s]+?)(?:\.git)?/?",
    re.ASCII | re.IGNORECASE,
)
#: a link to Binder, up to the names
_BINDER = re.compile(r"(?<=mybinder\.org/v2/gh/)[\w.-]{1,40}/[\w.-]{1,100}(?=/)", re.ASCII)


def repository(folder: Path) -> str:
    """OWNER/NAME of the repository in a folder; `CommandError` where it is not known."""
    address = _origin(folder) if (folder / ".git").exists() else ""
    if repo := parse_remote(address):
        return repo
    raise CommandError("--repo OWNER/NAME is needed: no remote called origin leads to GitHub")


def parse_remote(address: str) -> str | None:
    """OWNER/NAME in the address of a remote; None where it is none of GitHub's."""
    found = _ADDRESS.fullmatch(address) if len(address) <= LONGEST else None
    return found["repo"] if found and REPO.fullmatch(found["repo"]) else None


def _origin(folder: Path) -> str:
    """Address of the remote `origin`; empty where there is none, or no git."""
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace").removesuffix("\n")


def name_repository(file: Path, repo: str) -> int:
    """Write OWNER/NAME into the file's links to Binder; how many there are."""
    if not REPO.fullmatch(repo):
        raise CommandError(f"--repo = {repo!r}: must be OWNER/NAME of a repository on GitHub")
    try:
        text, count = _BINDER.subn(repo, file.read_text("utf-8"))
        if count:
            file.write_text(text, "utf-8")
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file}: is not UTF-8 text") from None
    if not count:
        raise CommandError(f"{file}: has no link to Binder")
    return count
