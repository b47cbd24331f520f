"""The picture of how a cramp might happen: muscle and nerve of somebody who sits.

The cell of the motor nerve, in the spinal cord, is a balance. The muscle spindle urges it on, the
tendon organ holds it back; water and salt lie around its endings; the hip is bent, as on a chair.
Each factor enters where it is thought to act. What the picture and its text share with the page
(`how` is their root) can be moved without drawing anew, by four rules:

    data-flow="FACTOR"      its class up, down or none: none where |term| < 0.005, which reads
                            "× 1.00", else by the term's sign; in the picture also its width,
                            --w = 1 + min(8 * |term|, 11) user units, to one decimal
    data-balance            --tilt = clamp(12 * sum of all terms, -14, 14) deg, to one decimal;
                            above 0 the pan of what urges on sinks
    data-story="STORY"      on the root; whatever has STORY in its data-lit is lit, by CSS alone
    data-figure="NAME"      odds.FACTOR: the term as `times` writes it, "× 1.41"; odds.all: the sum
                            of all terms; exposure.FACTOR: what the dose is read from, as `shown`

Ids are left out: a notebook's tab may hold several pictures.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from crampnb.model.entries import Mechanism
from crampnb.model.evidence import evidence
from crampnb.model.explain import Explanation
from crampnb.views import elements as el
from crampnb.views.elements import Html

WIDTH, HEIGHT = 336, 508
#: terms below this read "× 1.00" (log odds)
UNSEEN = 0.005


def sign(term: float) -> str:
    """Whether a term raises or lowers the odds: up, down or none."""
    if abs(term) < UNSEEN:
        return "none"
    return "up" if term > 0 else "down"


def width(term: float) -> float:
    """Width of a stroke (user units); a link without an effect today stays a hairline."""
    return 1 + min(8 * abs(term), 11)


def tilt(total: float) -> float:
    """Angle of the balance (degrees) for a sum of terms."""
    return max(-14.0, min(12 * total, 14.0))


class Column(NamedTuple):
    """Names one below the other, and where their strokes arrive.

    Left of the middle names end at `x`, right of it they begin there: always beside the drawing.
    """

    x: int
    #: baselines
    rows: tuple[int, ...]
    #: where the strokes end, on average, and the step from one to the next
    end: tuple[int, int]
    step: tuple[int, int]
    #: the direction from which they come
    bend: tuple[int, int]

    @property
    def inwards(self) -> int:
        """The direction in which the drawing lies: 1 is right."""
        return 1 if self.x < WIDTH / 2 else -1

    @property
    def kind(self) -> str:
        """On which side of the drawing it stands."""
        return "left" if self.inwards > 0 else "right"

    def curve(self, row: int) -> str:
        """The stroke from a name into the drawing, as an SVG path."""
        begin, y = self.x + 17 * self.inwards, self.rows[row] - 4
        nth = row - (len(self.rows) - 1) / 2
        x_end, y_end = (at + round(nth * by) for at, by in zip(self.end, self.step, strict=True))
        (x_bend, y_bend), pull = self.bend, begin + 18 * self.inwards
        return f"M{begin} {y}C{pull} {y} {x_end + x_bend} {y_end + y_bend} {x_end} {y_end}"


class Place(NamedTuple):
    """Where the words of a part stand: its heading above one column, or between two."""

    #: baseline of the heading's first line
    heading: int
    columns: tuple[Column, ...]


PLACES = {
    "neuron": Place(
        13,
        (
            Column(112, (34, 50, 66), (161, 97), (-5, 0), (0, -30)),
            Column(224, (34, 50), (175, 97), (5, 0), (0, -30)),
        ),
    ),
    "spindle": Place(192, (Column(98, (226, 242, 258), (122, 294), (-8, 0), (0, -30)),)),
    "tendon_organ": Place(192, (Column(246, (226, 242, 258), (250, 349), (6, 0), (-8, -60)),)),
    "muscle": Place(334, (Column(78, (366, 382, 398), (124, 366), (5, 7), (-16, 0)),)),
    "fluid": Place(
        500,
        (
            Column(102, (440, 456, 472), (148, 390), (10, 2), (0, 28)),
            Column(234, (440, 456, 472), (192, 390), (-10, 2), (0, 28)),
        ),
    ),
}


def mechanism(answer: Explanation, title: str) -> Html:
    """The picture for an answer."""
    words = [_words(key, part, answer) for key, part in evidence().mechanisms.items()]
    poses = [el.path("pose", data_lit=story, d=d) for story, d in POSES.items()]
    return el.svg("mechanism", role="img", aria_label=title, viewBox=f"0 0 {WIDTH} {HEIGHT}")[
        el.g("body")[_strokes(BODY)],
        _part("muscle"),
        _part("fluid"),
        words,
        _part("spindle"),
        _part("tendon_organ"),
        _balance(sum(answer.terms.values())),
        _part("neuron"),
        poses,
        _LABELS,
    ]


def lit_by(part: str) -> str:
    """Keys of the stories that see the cause of a cramp in a part of the picture."""
    return " ".join(key for key, story in evidence().hypotheses.items() if part in story.lights)


def _strokes(drawn: Mapping[str, str]) -> list[Html]:
    return [el.path(kind, d=d) for kind, d in drawn.items()]


@cache
def _part(key: str) -> Html:
    """A part of the picture, which some stories light."""
    return el.g(f"part {key}", data_lit=lit_by(key))[_strokes(DRAWN[key])]


def _words(key: str, part: Mechanism, answer: Explanation) -> Html:
    """The name of a part, and its factors with their strokes."""
    place, factors = PLACES[key], iter(part.factors)
    names = [
        el.g(column.kind)[
            [_flow(next(factors), answer, column, row) for row in range(len(column.rows))]
        ]
        for column in place.columns
    ]
    return el.fragment[_heading(key, part, place), names]


def _heading(key: str, part: Mechanism, place: Place) -> Html:
    """The name of a part, above its column or in the middle."""
    first, *others = place.columns
    x, kind = (WIDTH // 2, "between") if others else (first.x, first.kind)
    lines = enumerate(part.label.split("/"))
    return el.text(f"heading {kind}", data_lit=lit_by(key))[
        [el.tspan(x=x, y=place.heading + 14 * i)[line] for i, line in lines]
    ]


def _flow(key: str, answer: Explanation, column: Column, row: int) -> Html:
    """The name of a factor and its stroke, as thick as its term; dashed where judged."""
    factor, term = evidence().factors[key], answer.terms[key]
    beside = column.x + 13 * column.inwards
    return el.g(
        f"{sign(term)}{' judged' if factor.link == 'judged' else ''}",
        data_flow=key,
        style=f"--w:{width(term):.1f}",
    )[
        el.path(d=column.curve(row)),
        el.text(x=column.x, y=column.rows[row])[
            factor.short or factor.label, el.tspan(x=beside)["+"], el.tspan(x=beside)["−"]
        ],
    ]


def _balance(total: float) -> Html:
    """The beam with its two pans; the sign of what lies in each."""
    pans = [
        el.g(f"pan {name}")[
            el.path(d=f"M{x} 100l-11 22h22zM{x - 13} 122q13 12 26 0z"),
            el.text("between", x=x, y=120)[mark],
        ]
        for name, x, mark in (("urges", 130, "+"), ("holds", 206, "−"))
    ]
    return el.g("beam", data_balance=True, style=f"--tilt:{tilt(total):.1f}deg")[
        el.path(d="M130 100H206"), pans
    ]


_LABELS = [
    el.text(x=234, y=140)["spinal cord"],
    el.text(x=260, y=304)["hip flexor"],
    el.text("left", x=WIDTH, y=388)["buttock muscle"],
]

#: {class: strokes}: a seat, and somebody on it who faces right, with a look into the spine
BODY = {
    "skin": (
        "M112 218C108 246 92 274 92 322C92 378 128 404 178 404L336 398"
        "M336 290L264 286C250 284 244 280 240 272"
    ),
    "seat": "M76 410H336",
    "bone": (
        # the lumbar spine and the sacrum
        "M112 182q11 3 22 0q-2 5 0 10q-11-3-22 0q2-5 0-10z"
        "M114 196q11 3 22 0q-2 5 0 10q-11-3-22 0q2-5 0-10z"
        "M118 210q11 3 22 0q-2 5 0 10q-11-3-22 0q2-5 0-10z"
        "M124 224L142 224C152 246 152 276 144 300C134 284 126 254 124 224z"
        # the pelvis, the hip flexor, the bent thigh
        "M142 224C156 204 206 204 219 236C223 254 211 270 211 290C215 306 207 330 197 346"
        "C190 357 172 356 168 342C166 330 170 320 164 310C150 300 148 286 148 268"
        "M182 340a6 8 20 1 0 8-16a6 8 20 1 0-8 16z"
        "M216 236C232 250 238 282 232 304C222 288 214 262 216 236z"
        "M340 320L256 313C246 304 238 300 222 296A12 12 0 1 0 220 312"
        "C228 324 238 334 252 334L340 340"
    ),
    "glass": "M121 185L111 136M121 185L146 178M110 124a58 58 0 1 0 116 0a58 58 0 1 0-116 0z",
}

#: {part: {class: strokes}}
DRAWN = {
    "muscle": {
        "belly": (
            "M140 230C94 258 86 394 168 394C210 394 244 372 272 336C248 350 214 364 186 356"
            "C148 344 132 304 148 268C149 254 147 240 140 230z"
        ),
        "fibre": (
            "M141 240C98 272 96 388 169 388C208 388 240 368 266 342"
            "M142 248C106 280 106 382 172 382C206 382 234 366 256 348"
            "M144 256C115 288 116 376 176 376C204 376 228 364 246 353"
            "M146 266C123 296 126 368 181 369C202 370 220 362 234 357"
        ),
    },
    "fluid": {
        "halo": "M136 372C134 344 196 338 214 356C224 372 200 402 172 402C152 402 138 392 136 372z",
        "drop": (
            "M146 372c3 4 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3 4-7z"
            "M164 384c3 4 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3 4-7z"
            "M187 380c3 4 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3 4-7z"
            "M207 362c3 4 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3 4-7z"
        ),
        "salt": "M158 376h0M152 390h0M176 392h0M196 372h0M199 386h0M184 372h0",
    },
    "spindle": {
        "organ": "M122 288C134 302 134 332 124 344C113 332 112 302 122 288z",
        # the ending's coil, its way into the cord, and the fork of what excites
        "nerve": (
            "M115 308q8 5 16 0M114 313q9 5 18 0M114 319q9 5 18 0M115 324q8 5 16 0"
            "M131 316C166 300 136 230 133 196C132 180 130 172 130 158M125 151q5 1 5 7q0-6 5-7"
        ),
        "cell": "M133 196h0",
    },
    "tendon_organ": {
        "organ": "M230 366C236 354 250 344 266 341C262 353 248 364 230 366z",
        # the ending among the tendon's strands, by an inhibiting cell, and the bar of what inhibits
        "nerve": (
            "M239 361l7-10M245 358l7-10M251 354l6-8"
            "M250 348C244 300 206 240 203 196C202 182 194 180 197 169M200 162l4-8M199 152l10 4"
        ),
        "cell": "M203 196h0M198 165h0",
    },
    "neuron": {
        "soma": (
            "M168 91C175 91 178 97 177 102C175 109 170 112 168 124"
            "C166 112 161 109 159 102C158 97 161 91 168 91z"
        ),
        "nerve": (
            "M168 108V182C168 240 178 290 172 336C170 350 160 354 150 360"
            "M172 336C172 352 174 362 175 370M172 336C176 350 188 354 197 358"
            "M163 98C158 94 157 90 150 88M157 92C158 88 155 83 156 78"
            "M173 98C179 95 180 89 189 90M180 92C182 87 180 83 184 79"
            "M161 104C156 105 154 108 147 110M175 104C180 105 181 110 188 112"
        ),
        "end": "M150 360h0M175 371h0M197 358h0",
    },
}

#: {story: strokes that only it has}: the nerve fires; the muscle's ends are drawn together; the
#: spindle fires and the tendon organ is hardly heard; the space around the endings shrinks
POSES = {
    "evidence": "M163 138l5 5 5-5M163 148l5 5 5-5M163 158l5 5 5-5",
    "article": "M154 204l-9 16m0-9v9l8-4M296 324l-16 11m3-8l-3 8 9 1",
    "fatigue": (
        "M109 300l-7-3M107 316h-8M109 332l-7 3M137 300l7-3M137 332l7 3M214 265l9-5M217 272l9-5"
    ),
    "fluid_salt": "M147 329l9 15m-9-3l9 3 1-9M232 338l-15 13m2-8l-2 8 8-1",
}
