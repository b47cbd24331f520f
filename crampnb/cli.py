"""The commands: `risk`, `inputs`, `dashboard`, `lessons`, `site`, `serve-site` and `links`.

Exit code 0, or 2 with one line on stderr when something given cannot be used.
"""

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import crampnb
import crampnb.serve.jupyterlab as lab
import crampnb.site.course_page as links
import crampnb.site.remote as remote
from crampnb.errors import CommandError, InputError
from crampnb.model.bounded_json import read_json
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation, explain
from crampnb.model.export import as_dict, as_text, columns
from crampnb.model.fragment import read_value
from crampnb.model.inputs import NO, YES, Input, NumberInput, SetInput, SwitchInput
from crampnb.model.profile import Profile
from crampnb.serve.options import VISITORS, Options
from crampnb.serve.sockets import HOST

LARGEST = 1_000_000  # bytes of a settings file; every input at once needs fewer than 2,000
LONGEST = 800  # characters of a complaint; the list of all inputs needs 400
_BASE = re.compile(r"(https?://[\w.-]+(:\d+)?)?(/[\w.~-]+)*/?", re.ASCII)


class Settings(NamedTuple):
    """What a settings file holds, unchecked."""

    inputs: Mapping[str, object]
    hypothesis: Any = "evidence"
    red_flags: Any = ()


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Raise `CommandError` instead of printing the usage too."""
        raise CommandError(f"{message} (see {self.prog} --help)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0, or 2 for bad input."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # signs that a narrow terminal lacks become "?"
        sys.stdout.reconfigure(errors="replace")
    try:
        arguments = _parser().parse_args(argv)
        arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (CommandError, InputError) as error:
        return _refuse(str(error))
    except RecursionError:  # of a file's parser, or of the message about what it holds
        return _refuse("the file is nested too deeply")
    return 0


def _refuse(message: str) -> int:
    """Say why in one line on stderr; exit code 2."""
    print(f"crampnb: {_one_line(message)}", file=sys.stderr)
    return 2


def _parser() -> Parser:
    parser = Parser(
        prog="crampnb",
        description="What might move the risk of a buttock cramp: illustration, not prediction.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"crampnb {crampnb.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    risk = commands.add_parser(
        "risk", help="the risk, why, and what would help", allow_abbrev=False
    )
    risk.add_argument(
        "file", nargs="?", metavar="FILE.json", help="inputs, or a download of the page"
    )
    risk.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="one input")
    risk.add_argument("--hypothesis", metavar="KEY", help="the story to tell")
    risk.add_argument(
        "--red-flag", action="append", default=[], metavar="KEY", help="a warning sign"
    )
    risk.add_argument("--json", action="store_true", help="every field, to the last digit")
    risk.set_defaults(run=_risk)

    inputs = commands.add_parser("inputs", help="what can be set", allow_abbrev=False)
    inputs.set_defaults(run=_inputs)

    served = (
        ("dashboard", "the explainer in a browser", _dashboard),
        ("lessons", "the lessons in JupyterLab, on copies of your own", _lessons),
    )
    for name, about, run in served:
        command = commands.add_parser(name, help=about, allow_abbrev=False)
        command.add_argument("--port", type=_port, metavar="N", help="0 takes any that is free")
        command.add_argument("--no-browser", action="store_true", help="only print the address")
        command.set_defaults(run=run)
    _add_public_options(commands.choices["dashboard"])
    commands.choices["lessons"].add_argument(
        "--teacher",
        action="store_true",
        help="with a folder for teachers beside the lessons: answers, a class's answers, gallery",
    )

    site = commands.add_parser(
        "site", help="explainer and lessons as files that need no server", allow_abbrev=False
    )
    site.add_argument("--output", required=True, metavar="DIR", help="new, or a former site")
    site.set_defaults(run=_site)

    room = commands.add_parser(
        "serve-site", help="such a site for a class, from one laptop", allow_abbrev=False
    )
    room.add_argument("folder", metavar="DIR", help="what crampnb site has written")
    room.add_argument("--port", type=_port, metavar="N", help="0 takes any that is free")
    room.add_argument(
        "--host",
        type=_host,
        default=HOST,
        metavar="ADDRESS",
        help="IP address to listen on; 0.0.0.0 lets in everyone who can reach this machine: they "
        "get the files of the site, and nothing of theirs runs here (default: %(default)s)",
    )
    room.set_defaults(run=_serve_site)

    linked = commands.add_parser(
        "links", help="links for a course page, in Markdown", allow_abbrev=False
    )
    linked.add_argument(
        "--repo", metavar="OWNER/NAME", help="on GitHub; unless given, that of the remote origin"
    )
    linked.add_argument(
        "--ref",
        default=links.NEWEST,
        metavar="REF",
        help="a tag, branch or commit (%(default)s, the newest, unless given)",
    )
    linked.add_argument("--site", metavar="URL", help="where the site without a server is")
    linked.add_argument(
        "--write", metavar="FILE.md", help="name the repository in the links of this file instead"
    )
    linked.set_defaults(run=_links)
    return parser


def _add_public_options(dashboard: argparse.ArgumentParser) -> None:
    """Add what a class-room's or a public server is told."""
    dashboard.add_argument(
        "--host",
        type=_host,
        default=HOST,
        metavar="ADDRESS",
        help="IP address to listen on; 0.0.0.0 lets in everyone who can reach this machine, "
        "under any name, and asks for no password (default: %(default)s)",
    )
    dashboard.add_argument(
        "--base-url",
        type=_base_url,
        default="/",
        metavar="URL",
        help="where a proxy in front shows the page: /cramps/, or with the name that it passes on "
        "as Host, https://example.org/cramps/. It passes on websockets too",
    )
    dashboard.add_argument(
        "--visitors",
        type=_visitors,
        default=VISITORS,
        metavar="N",
        help="at a time, with about 50 MB each; others read the page without sliders "
        "(default: %(default)s)",
    )
    dashboard.add_argument(
        "--site",
        type=_url,
        metavar="URL",
        help="a site made by crampnb site, for those who find no place",
    )


def _whole(text: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    if not (text.isdecimal() and len(text) <= 9 and low <= int(text) <= high):
        raise argparse.ArgumentTypeError(f"{text!r}: allowed is {low} to {high}")
    return int(text)


def _port(text: str) -> int:
    """A TCP port."""
    return _whole(text, 0, 65535)


def _visitors(text: str) -> int:
    """How many may be here at a time."""
    return _whole(text, 1, 1000)


def _host(text: str) -> str:
    """An IP address."""
    try:
        if "%" in text:  # no browser can be sent to an address with a zone
            raise ValueError
        return str(ip_address(text))
    except ValueError:
        allowed = f"allowed is an IP address, such as {HOST} or 0.0.0.0, without a zone (%)"
        raise argparse.ArgumentTypeError(f"{text!r}: {allowed}") from None


def _base_url(text: str) -> str:
    """A path, or an address with one; it ends with a slash."""
    if len(text) > LONGEST or not _BASE.fullmatch(text):
        allowed = "allowed is a path such as /cramps/, or an address such as"
        raise argparse.ArgumentTypeError(f"{text!r}: {allowed} https://example.org/cramps/")
    return text if text.endswith("/") else f"{text}/"


def _url(text: str) -> str:
    """Address of a page on the web, without a fragment: the visitor's settings go there."""
    if len(text) > LONGEST or not links.SITE.fullmatch(text):
        allowed = "allowed is an address such as https://example.org/crampnb/"
        raise argparse.ArgumentTypeError(f"{text!r}: {allowed}")
    return text


def _risk(arguments: argparse.Namespace) -> None:
    answer = _answer(arguments)
    if arguments.json:
        print(json.dumps(as_dict(answer), indent=2))
    else:
        print(as_text(answer))


def _answer(arguments: argparse.Namespace) -> Explanation:
    """The answer to a command; what it sets wins over its file."""
    held = _read(arguments.file) if arguments.file is not None else Settings({})
    inputs = {**held.inputs, **dict(map(_setting, arguments.set))}
    hypothesis = held.hypothesis if arguments.hypothesis is None else arguments.hypothesis
    return explain(inputs, hypothesis, [*held.red_flags, *arguments.red_flag])


def _setting(text: str) -> tuple[str, Any]:
    """Name and value of NAME=VALUE."""
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"--set {text!r}: must be NAME=VALUE (see crampnb inputs)")
    return name, read_value(name, value)


def _read(path: str) -> Settings:
    """The settings of a file: a mapping of inputs, or the explainer's own download."""
    held = _json(path)
    if not isinstance(held, dict):
        raise CommandError(f"{path}: must hold a JSON object of inputs")
    if "inputs" not in held:
        return Settings(held)
    settings = Settings(**{key: held[key] for key in Settings._fields if key in held})
    if not isinstance(settings.inputs, dict):
        raise CommandError(f"{path}: 'inputs' must be a JSON object")
    if not isinstance(settings.red_flags, list | tuple):
        raise CommandError(f"{path}: 'red_flags' must be a JSON array")
    return settings


def _json(path: str) -> Any:
    """The content of a JSON file of bounded size."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # a name that no file can have is a ValueError
        why = error.strerror if isinstance(error, OSError) else error
        raise CommandError(f"{path}: {why}") from None
    return read_json(path, content, LARGEST)


def _inputs(_: argparse.Namespace) -> None:
    """Print everything that `crampnb risk` can be given."""
    reference = Profile()
    head = ("input", "what it is", "allowed", "reference")
    rows = [
        (entry.name, entry.label, _allowed(entry), _reference(entry, reference))
        for entry in evidence().inputs.values()
    ]
    print("\n".join([*columns([head, *rows]), "", *columns([*_keys()])]))


def _allowed(entry: Input) -> str:
    """What can be set, in the words of a terminal; what is long stands below the table."""
    if isinstance(entry, SwitchInput):
        return f"{YES} or {NO}"
    if isinstance(entry, SetInput):
        return "any of those below"
    return ", ".join(entry.options) or entry.allowed


def _reference(entry: Input, reference: Profile) -> str:
    """The reference value as it would be set; those that follow from other inputs say so."""
    value = getattr(reference, entry.name)
    follows = isinstance(entry, NumberInput) and entry.reference != value
    return (entry.write(value) or "none") + (", follows from others" if follows else "")


def _keys() -> Iterator[tuple[str, str, str]]:
    """Kind, key and meaning of everything that is given by its key."""
    for entry in evidence().inputs.values():
        if isinstance(entry, SetInput):
            yield from (
                (entry.name, *pair) for pair in zip(entry.options, entry.option_labels, strict=True)
            )
    for story in evidence().hypotheses.values():
        yield "--hypothesis", story.key, story.name
    for flag in evidence().red_flags.values():
        yield "--red-flag", flag.key, flag.sign


def _dashboard(arguments: argparse.Namespace) -> None:
    """Serve the explainer until it is interrupted."""
    try:
        from crampnb.serve.server import serve
    except ModuleNotFoundError as error:
        raise _missing("dashboard", error.name) from None
    options = Options(
        host=arguments.host,
        port=arguments.port,
        base_url=arguments.base_url,
        visitors=arguments.visitors,
        site=arguments.site,
        browser=not arguments.no_browser,
    )
    serve(options)


def _lessons(arguments: argparse.Namespace) -> None:
    """Serve the lessons until they are interrupted."""
    for needed in ("jupyterlab", "anywidget"):
        if find_spec(needed) is None:
            raise _missing("lessons", needed)
    lab.serve(port=arguments.port, browser=not arguments.no_browser, teacher=arguments.teacher)


def _site(arguments: argparse.Namespace) -> None:
    """Build the site and say how to look at it."""
    try:
        from crampnb.site.build import build
    except ModuleNotFoundError as error:
        raise _missing("site", error.name) from None
    output = Path(arguments.output)
    build(output)
    print(f"The site is in {output}. To look at it: crampnb serve-site {output}")


def _serve_site(arguments: argparse.Namespace) -> None:
    """Send a built site to a room until it is interrupted."""
    try:
        from crampnb.site.room import serve
    except ModuleNotFoundError as error:
        raise _missing("site", error.name) from None
    serve(Path(arguments.folder), arguments.host, arguments.port)


def _links(arguments: argparse.Namespace) -> None:
    """Print what a course page needs, or name the repository in the links of a file."""
    repo = remote.repository(remote.ROOT) if arguments.repo is None else arguments.repo
    if arguments.write is None:
        print(links.course_page(repo, arguments.ref, arguments.site))
    else:
        count = remote.name_repository(Path(arguments.write), repo)
        print(f"{arguments.write}: {count} links to Binder open {repo}")


def _missing(extra: str, module: str | None) -> CommandError:
    """What to say where an extra is not installed."""
    return CommandError(f'the {extra} needs {module}: pip install "crampnb[{extra}]"')


def _one_line(text: str) -> str:
    """The text in one line of bounded length, without control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} ... {line[-LONGEST // 2 :]}"


if __name__ == "__main__":
    sys.exit(main())
