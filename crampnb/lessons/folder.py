"""The answers of a class: every file of a folder, as course systems hand them out."""

import errno
import os
import zlib
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from crampnb.errors import InputError
from crampnb.lessons.entries import LARGEST, Answers, from_json

MOST_FILES = 2000  # a class of 35 hands in 210 in six lessons; a year group of eight, 1,680
MOST_BYTES = 32_000_000  # of all files together; a pupil's of one lesson needs some 4,000
MOST_SEEN = 5000  # files of a folder and those in it, whatever they are
MOST_NAMED = 5  # files that a line names
LARGEST_ZIP = 50_000_000  # bytes; pupils hand in other things too

#: a damaged zip, one with a password, one packed in a way that Python does not know
_ZIP_ERRORS = (BadZipFile, RuntimeError, zlib.error, EOFError)


def read_folder(path: Path | str) -> tuple[list[Answers], list[str]]:
    """Answers of every JSON file of a folder, by name, and one line for whatever is not read.

    As course systems hand them out: also `.json.txt`, one folder a pupil, or all in one zip. Links
    are skipped; at most 2,000 files are read, and 32 MB. Of a pupil's files of one lesson, handed
    in twice, the one with most answers counts.
    """
    found: list[tuple[str, Answers]] = []
    problems: list[str] = []
    try:
        files, others = _candidates(Path(path))
    except (OSError, ValueError) as error:
        return [], [f"The folder cannot be read: {_why(error)}."]
    read = taken = 0  # files, bytes
    while read < min(len(files), MOST_FILES) and taken <= MOST_BYTES:
        file = files[read]
        read += 1
        try:
            content = file.read()
            taken += len(content)
            found.append((file.name, from_json(content)))
        except (OSError, InputError) as error:
            problems.append(f"{_shown(file.name)}: {_why(error)}")
        except _ZIP_ERRORS:
            problems.append(f"{_shown(file.name)}: cannot be unpacked")
    if read < len(files):
        problems.append(f"Only the first {read:,} of {len(files):,} files were read.")
    latest = _latest(found)
    for name, answers in found:
        if latest[_pupil(name, answers)][1] is not answers:
            twin = _shown(latest[_pupil(name, answers)][0])
            problems.append(f"{_shown(name)}: of the same pupil as {twin}, with no more answers")
    return [answers for _, answers in latest.values()], problems + _not_read(others)


def _latest(found: Sequence[tuple[str, Answers]]) -> dict[Hashable, tuple[str, Answers]]:
    """{pupil and lesson: the file with most answers, and what it holds}."""
    latest: dict[Hashable, tuple[str, Answers]] = {}
    for name, answers in found:
        known = latest.setdefault(_pupil(name, answers), (name, answers))
        if _done(answers) > _done(known[1]):
            latest[_pupil(name, answers)] = name, answers
    return latest


def _pupil(name: str, answers: Answers) -> Hashable:
    """Whose answers to what; a file without a learner's number is somebody of its own."""
    return answers.lesson, answers.learner or name


def _done(answers: Answers) -> tuple[int, int]:
    """How many answers there are, and how often they were tried."""
    return len(answers.entries), sum(entry.tries for entry in answers.entries.values())


class _File(NamedTuple):
    """A file that may hold answers, in a folder or in a zip."""

    #: its path, from the folder that was asked for
    name: str
    #: gives no more bytes than it takes to see that there are too many
    read: Callable[[], bytes]


def _candidates(folder: Path) -> tuple[list[_File], list[str]]:
    """Files that may hold answers, by name, and names of all others."""
    files: list[_File] = []
    others: list[str] = []
    for path in _inside(folder):
        name = path.relative_to(folder).as_posix()
        plain = path.is_file() and not path.is_symlink()
        if plain and path.suffix.lower() == ".zip":
            try:
                files += _zipped(name, path)
            except (OSError, *_ZIP_ERRORS):
                others.append(name)
        elif plain and _is_json(name):
            files.append(_File(name, partial(_head, path)))
        else:
            others.append(name)
    return sorted(files), sorted(others)


def _inside(folder: Path) -> list[Path]:
    """Everything in a folder and those in it but folders; `OSError` for one that is none.

    What begins with a dot is left out, as are the twins that a Mac puts into a zip.
    """
    os.scandir(folder).close()
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] not in "._")
        found += [Path(place, name) for name in sorted(names) if name[0] != "."]
        if len(found) > MOST_SEEN:
            raise OSError(errno.E2BIG, f"there are more than {MOST_SEEN:,} files in it")
    return found


def _zipped(name: str, path: Path) -> list[_File]:
    """The files of a zip that may hold answers."""
    if path.stat().st_size > LARGEST_ZIP:
        raise BadZipFile
    with ZipFile(path) as packed:
        inside = [one for one in packed.namelist() if _is_json(one)]
    return [_File(f"{name}/{one}", partial(_unpacked, path, one)) for one in inside]


def _is_json(name: str) -> bool:
    """Whether the last part of a path is named as JSON, whatever a program wrote behind it."""
    last = name.rpartition("/")[2].lower()
    return ".json" in last and not last.startswith(".") and "__MACOSX" not in name


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _unpacked(path: Path, name: str) -> bytes:
    with ZipFile(path) as packed, packed.open(name) as file:
        return file.read(LARGEST + 1)


def _not_read(names: Sequence[str]) -> list[str]:
    """One line on the files that nobody took for answers, if there are any."""
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    named = ", ".join([*map(_shown, names[:MOST_NAMED]), *more])
    return [f"Not read, as these are no JSON files of answers: {named}."] if names else []


def _why(error: Exception) -> str:
    """The reason in one line, without the path, which may name a person's home."""
    return (error.strerror or "unknown") if isinstance(error, OSError) else str(error)


def _shown(name: str) -> str:
    """A file's name in one line, whatever it is made of."""
    return repr(name if len(name) <= 60 else f"...{name[-57:]}")
