"""HTML as a type of its own, and the elements that make it.

`p("lead")["5 < 6, ", b["always"]]` is `<p class="lead">5 &lt; 6, <b>always</b></p>`: attributes in
round brackets, the class first, and what is inside in square ones. A `str` is text, and is escaped
here, where it becomes HTML; an `Html` is HTML already. So nothing has to be escaped anywhere else,
and whoever passes a `str` on as HTML hears of it from mypy.
"""

import html
import re
from collections.abc import Iterable
from typing import TypeAlias


class Html(str):
    """Text that is HTML; elements and `escape` make it, and nobody else needs to."""

    __slots__ = ()


#: what an element may hold: HTML, text, or any number of them
Inside: TypeAlias = "str | Iterable[Inside]"


def escape(words: str) -> Html:
    """The text as HTML that reads as it is written; HTML stays what it is."""
    return words if type(words) is Html else Html(html.escape(words))


#: whether a text holds a sign that means something in HTML; most hold none, and asking is quick
_has_sign = re.compile("[&<>\"']").search


def _escaped(words: str) -> str:
    return html.escape(words) if _has_sign(words) else words


def _joined(inside: Iterable[Inside]) -> str:
    return "".join(
        [
            one if type(one) is Html else _escaped(one) if isinstance(one, str) else _joined(one)
            for one in inside
        ]
    )


#: what an attribute may be: text, a number, or whether it is there at all
Value: TypeAlias = str | float | bool
#: {argument: its attribute up to the value}, as far as they have been used
_starts: dict[str, str] = {}


def _attributes(kind: str, given: dict[str, Value]) -> str:
    """Attributes as an opening tag holds them."""
    told = f' class="{html.escape(kind)}"' if kind else ""
    for argument, value in given.items():
        start = _starts.get(argument) or _start(argument)
        if isinstance(value, str):
            told += f'{start}{_escaped(value)}"'
        elif value is True:
            told += start.removesuffix('="')
        elif value is not False:
            told += f'{start}{value}"'
    return told


def _start(argument: str) -> str:
    """The name of an attribute with all that stands before its value."""
    return _starts.setdefault(argument, f' {argument.replace("_", "-")}="')


class Element:
    """An element with its attributes; square brackets fill it."""

    __slots__ = ("_end", "_start")

    def __init__(self, start: str, end: str) -> None:
        self._start, self._end = start, end

    def __getitem__(self, inside: Inside) -> Html:
        if type(inside) is Html:
            return Html(f"{self._start}{inside}{self._end}")
        held = _escaped(inside) if isinstance(inside, str) else _joined(inside)
        return Html(f"{self._start}{held}{self._end}")


class Tag(Element):
    """A name of elements, itself one without attributes."""

    __slots__ = ("_kinds", "_name")

    def __init__(self, name: str) -> None:
        super().__init__(f"<{name}>", f"</{name}>")
        self._name = name
        #: {class: element of that class alone}, as far as they have been used
        self._kinds: dict[str, Element] = {}

    def __call__(self, kind: str = "", /, **attributes: Value) -> Element:
        """Such an element with a class and attributes."""
        if attributes:
            return self._made(kind, attributes)
        return self._kinds.get(kind) or self._kinds.setdefault(kind, self._made(kind, {}))

    def _made(self, kind: str, attributes: dict[str, Value]) -> Element:
        return Element(f"<{self._name}{_attributes(kind, attributes)}>", self._end)


class Shape:
    """A name of elements that hold nothing, as pictures are made of."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, kind: str = "", /, **attributes: Value) -> Html:
        """Such an element with a class and attributes."""
        return Html(f"<{self._name}{_attributes(kind, attributes)}/>")


def joined(between: str, pieces: Iterable[Html]) -> Html:
    """The pieces one after the other, with a text between each two."""
    return Html(escape(between).join(pieces))


NOTHING = Html("")
#: pieces side by side, without an element around them
fragment = Element("", "")

a = Tag("a")
b = Tag("b")
button = Tag("button")
caption = Tag("caption")
code = Tag("code")
dd = Tag("dd")
details = Tag("details")
div = Tag("div")
dl = Tag("dl")
dt = Tag("dt")
fieldset = Tag("fieldset")
figcaption = Tag("figcaption")
figure = Tag("figure")
footer = Tag("footer")
h1 = Tag("h1")
h2 = Tag("h2")
h3 = Tag("h3")
h4 = Tag("h4")
header = Tag("header")
legend = Tag("legend")
li = Tag("li")
nav = Tag("nav")
ol = Tag("ol")
p = Tag("p")
pre = Tag("pre")
script = Tag("script")
section = Tag("section")
span = Tag("span")
sub = Tag("sub")
summary = Tag("summary")
table = Tag("table")
tbody = Tag("tbody")
td = Tag("td")
th = Tag("th")
thead = Tag("thead")
tr = Tag("tr")
ul = Tag("ul")

# controls
form = Tag("form")
input_ = Shape("input")
label = Tag("label")
option = Tag("option")
select = Tag("select")

# pictures
g = Tag("g")
svg = Tag("svg")
text = Tag("text")
tspan = Tag("tspan")
circle = Shape("circle")
line = Shape("line")
path = Shape("path")
rect = Shape("rect")
