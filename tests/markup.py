"""A strict reader of the page's HTML: what a browser would have to mend is an error here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain

VOID = {"br", "img", "input", "hr", "meta", "link", "wbr"}
#: what ends an open paragraph in a browser
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "details", "figure", "fieldset", "pre"}
BLOCKS |= {"h1", "h2", "h3", "h4", "header", "footer", "nav", "main", "form", "hr"}
INTERACTIVE = {"a", "button", "summary", "input", "select"}


class MarkupError(AssertionError):
    """HTML that a browser would have to mend."""


@dataclass
class Node:
    """An element with its attributes and what it holds."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        """The element and every element within it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    @property
    def text(self) -> str:
        """What a person reads, with single spaces."""
        if self.tag == "script":
            return ""
        pieces = [c if isinstance(c, str) else f"{_gap(c)}{c.text}{_gap(c)}" for c in self.children]
        return " ".join("".join(pieces).split())

    def where(self, holds: Callable[["Node"], bool]) -> list["Node"]:
        """The elements for which something holds."""
        return [node for node in self if holds(node)]

    def tags(self, *names: str) -> list["Node"]:
        """The elements with one of these names."""
        return self.where(lambda node: node.tag in names)

    def classes(self, name: str) -> list["Node"]:
        """The elements of a class."""
        return self.where(lambda node: name in node.attrs.get("class", "").split())

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute, in the order of the page."""
        return [node.attrs[attribute] for node in self if attribute in node.attrs]

    def one(self, attribute: str, value: str) -> "Node":
        """The only element with this value of an attribute."""
        (found,) = self.where(lambda node: node.attrs.get(attribute) == value)
        return found

    def rows(self) -> list[list[str]]:
        """The cells of every row of the tables' bodies, as text."""
        return [
            [cell.text for cell in row.tags("th", "td")]
            for body in self.tags("tbody")
            for row in body.tags("tr")
        ]


def _gap(node: Node) -> str:
    """Elements that stand apart on the page stand apart in its text."""
    apart = BLOCKS | {"li", "td", "th", "tr", "dt", "dd", "caption", "summary", "legend"}
    return " " if node.tag in apart else ""


class _Reader(HTMLParser):
    """Builds the tree; raises `MarkupError` where a browser would mend."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self._expect(len(names) == len(set(names)), f"<{tag}> names an attribute twice")
        above = [node.tag for node in self.open]
        self._expect(not (tag in BLOCKS and "p" in above), f"<{tag}> within a paragraph")
        if tag in INTERACTIVE:
            around = INTERACTIVE.intersection(above)
            self._expect(not around, f"<{tag}> within <{', '.join(around)}>")
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = any(node.tag == "svg" for node in self.open)
        self._expect(inside or tag in VOID, f"<{tag}/> closes itself outside a picture")
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        self._expect(self.open[-1].tag == tag, f"</{tag}> ends <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        bare = self.open[-1].tag != "script" and set("<&") & set(data)
        self._expect(not bare, f"a bare sign in {data!r}")
        self.open[-1].children.append(data)

    def handle_entityref(self, name: str) -> None:
        named = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\xa0"}
        self._expect(name in named, f"&{name}; is unknown")
        self.open[-1].children.append(named[name])

    def handle_charref(self, name: str) -> None:
        code = int(name[1:], 16) if name[0] in "xX" else int(name)
        self.open[-1].children.append(chr(code))

    def _expect(self, holds: bool, message: str) -> None:
        if not holds:
            raise MarkupError(f"{message} (line {self.getpos()[0]}, column {self.getpos()[1]})")


def read(html: str) -> Node:
    """The tree of a piece of HTML; `MarkupError` where it is not well-formed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        raise MarkupError(f"<{reader.open[-1].tag}> is never closed")
    return reader.root


#: a line of dots, ten apart, or a shape in the middle of one place
ROW = re.compile(r"M(\d+) (\d+)h(\d+)")
SHAPE = re.compile(r"M(\d+) (\d+)m[^M]+z")


def dots(path: Node) -> list[tuple[int, int]]:
    """The places (column, row) that a path of the 1,000 people marks."""
    drawn = path.attrs["d"]
    if shapes := SHAPE.findall(drawn):
        assert SHAPE.sub("", drawn) == ""
        return [(int(x) // 10, int(y) // 10) for x, y in shapes]
    rows = [tuple(map(int, found)) for found in ROW.findall(drawn)]
    assert ROW.sub("", drawn) == ""
    # One dot at the start of a line, one every ten further; a line ends just behind its last.
    assert all(length % 10 == 1 for *_, length in rows)
    lines = ([(at // 10, y // 10) for at in range(x, x + n, 10)] for x, y, n in rows)
    return list(chain.from_iterable(lines))
