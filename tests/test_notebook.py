"""What people who write notebooks use: answers that show themselves, figures, sliders."""

import doctest
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from plotly import graph_objects

import crampnb
import crampnb.notebook
import crampnb.notebook.display
import crampnb.notebook.figure
import crampnb.notebook.figures
import crampnb.notebook.widgets
from crampnb.model.evidence import evidence
from crampnb.model.explain import ILLUSTRATION, Explanation, explain
from crampnb.model.profile import Profile, reference
from crampnb.notebook import causes, curve, heat, sliders, stories
from crampnb.notebook.figure import MIME
from crampnb.views import whatif
from crampnb.views.screen import Screen
from tests.markup import read

DAY = explain({"sitting": 10, "activity_load": 3000})
STOPPED = explain(DAY.profile, red_flags=["cauda_equina"])
DRAWN: dict[str, Callable[[Explanation], Any]] = {
    "curve": lambda answer: curve(answer, "sitting"),
    "heat": lambda answer: heat(answer, "sitting", "fluid_intake"),
    "causes": causes,
    "stories": stories,
}


def shown(value: object) -> dict[str, Any]:
    """What a cell shows of its last line."""
    bundle: dict[str, Any]
    bundle, _ = DisplayFormatter().format(value)  # type: ignore[no-untyped-call]
    return bundle


def python(code: str) -> str:
    """What a new Python prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    "module",
    [
        crampnb.notebook,
        crampnb.notebook.display,
        crampnb.notebook.figure,
        crampnb.notebook.figures,
        crampnb.notebook.widgets,
    ],
    ids=lambda module: module.__name__,
)
def test_the_examples_are_true(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


# -------------------------------------------------------------------- an answer shows itself


def test_an_answer_shows_itself_with_the_package_s_root_alone() -> None:
    code = (
        "import sys, crampnb\n"
        "e = crampnb.explain({'sitting': 10})\n"
        "print(any(name.startswith('crampnb.views') for name in sys.modules))\n"
        "from IPython.core.formatters import DisplayFormatter\n"
        "print(*DisplayFormatter().format(e)[0])"
    )
    assert python(code).splitlines() == ["False", "text/html text/plain"]


def test_an_answer_is_shown_as_sentence_people_and_causes() -> None:
    page = read(shown(DAY)["text/html"].partition("</style>")[2])
    assert page.one("class", "sentence").text == DAY.sentence
    assert ILLUSTRATION in page.text
    (people,) = page.classes("icons")
    assert people.attrs["aria-label"].startswith(f"1,000 people: {DAY.people.risk:,} with a cramp")
    assert all(cause.label in page.text for cause in evidence().causes.values())
    assert page.values("id") == []


def test_a_terminal_reads_the_same_as_text() -> None:
    text = shown(DAY)["text/plain"]
    assert text.startswith(DAY.sentence)
    assert all(cause.label in text for cause in evidence().causes.values())


def test_with_a_warning_sign_there_is_help_and_no_number() -> None:
    bundle = shown(STOPPED)
    page = read(bundle["text/html"].partition("</style>")[2])
    assert STOPPED.sentence in page.text
    assert page.classes("icons") == page.classes("causes") == []
    for text in (page.text, bundle["text/plain"]):
        assert "of 1,000" not in text
    assert STOPPED.stop
    assert STOPPED.stop.act in bundle["text/plain"]


def test_an_answer_for_many_is_told_by_its_settings() -> None:
    many = explain({"sitting": np.array([4.0, 10.0])})
    assert list(shown(many)) == ["text/plain"]
    assert "sitting" in shown(many)["text/plain"]


def test_an_answer_is_short_where_its_text_is_not_asked_for() -> None:
    assert repr(explain({"sitting": 10})) == "Explanation(Profile(sitting=10.0), 'evidence')"
    assert repr(STOPPED).endswith("red_flags=('cauda_equina',))")


# ------------------------------------------------------------------------------- figures


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_a_picture_is_a_figure_of_plotly_that_shows_itself(draw: Any) -> None:
    figure = draw(DAY)
    assert isinstance(figure, graph_objects.Figure)
    bundle = shown(figure)
    assert list(bundle) == [MIME, "text/plain"]
    assert ILLUSTRATION in bundle["text/plain"]
    assert graph_objects.Figure(bundle[MIME]["data"], bundle[MIME]["layout"]) == figure
    assert "var(" not in json.dumps(bundle[MIME])
    assert figure.layout.paper_bgcolor.startswith("#")


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_no_picture_stands_beside_a_warning_sign(draw: Any) -> None:
    figure = draw(STOPPED)
    assert figure.data == ()
    assert " ".join(figure.words.split()) == STOPPED.sentence


def test_a_figure_is_shown_without_plotly_s_renderers_and_address() -> None:
    code = (
        "import sys\n"
        "from crampnb.notebook import curve\n"
        "print('plotly' in sys.modules, 'ipywidgets' in sys.modules)\n"
        "from IPython.core.formatters import DisplayFormatter\n"
        "bundle = DisplayFormatter().format(curve({}, 'sitting'))[0]\n"
        "print('plotly.io._renderers' in sys.modules, 'cdn' in str(bundle))"
    )
    assert python(code).splitlines() == ["False False", "False False"]


def test_the_curve_and_the_map_are_the_page_s_own() -> None:
    screen = Screen(DAY, along="sitting", over=("sitting", "fluid_intake"))
    drawn = (curve(DAY, "sitting"), heat(DAY, "sitting", "fluid_intake"))
    for figure, spec in zip(drawn, (whatif.curve(screen), whatif.heat(screen)), strict=True):
        for trace, page in zip(figure.to_plotly_json()["data"], spec["data"], strict=True):
            numbers = [key for key in ("x", "y", "z") if key in page]
            assert {key: trace[key] for key in numbers} == {key: page[key] for key in numbers}
        assert list(figure.layout.xaxis.range) == spec["layout"]["xaxis"]["range"]


def test_what_a_curve_must_not_be_taken_for_stands_above_it() -> None:
    for name in ("fluid_intake", "sitting"):
        caution = evidence().inputs[name].caution
        assert caution in curve(DAY, name).words
    words = heat(DAY, "sitting", "fluid_intake").words
    assert evidence().inputs["fluid_intake"].caution in words


def test_causes_add_up_to_what_the_sentence_says() -> None:
    for sitting, drinks in ((4, 1.8), (10, 1.8), (16, 0), (0, 6)):
        answer = explain({"sitting": sitting, "fluid_intake": drinks})
        assert sum(causes(answer).data[0].x) == answer.people.added


def test_a_day_will_do_for_an_answer() -> None:
    given = {"sitting": 10}
    assert curve(given, "sitting") == curve(Profile(sitting=10), "sitting")
    assert curve(given, "sitting") == curve(explain(given), "sitting")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: curve({}, "siting"), "along = 'siting': allowed is one of fluid_intake, "),
        (lambda: curve({}, "sex"), "along = 'sex': allowed is one of fluid_intake, "),
        (lambda: curve({}, []), "along = []: allowed is one of fluid_intake, "),  # type: ignore[arg-type]
        (lambda: heat({}, "sitting", "sitting"), "up = 'sitting': must be another input"),
        (lambda: heat({}, "sitting", "sex"), "up = 'sex': allowed is one of"),
        (lambda: stories(3), "profile = 3: must be a mapping"),  # type: ignore[arg-type]
        (lambda: causes({"sitting": np.array([1.0])}), "answer = "),
        (lambda: curve({"sitting": 40}, "sitting"), "sitting = 40: allowed is 0 to 16 h/day"),
        (lambda: sliders("siting"), "input = 'siting': allowed is one of fluid_intake, "),
        (lambda: sliders(siting=3), "input = 'siting': allowed is one of fluid_intake, "),
        (lambda: sliders(["sitting"]), "input = ['sitting']: allowed is one of"),  # type: ignore[arg-type]
        (lambda: sliders(sitting=40), "sitting = 40: allowed is 0 to 16 h/day"),
        (lambda: sliders(sitting=np.array([1.0])), "sitting = array([1.]): must be one value"),
        (lambda: sliders(sex="x"), "sex = 'x': allowed is one of"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(crampnb.InputError) as caught:
        ask()
    assert str(caught.value).startswith(message)


# ------------------------------------------------------------------------------- sliders


def test_every_input_has_a_control_at_its_reference() -> None:
    controls = sliders(*(entry.name for entry in crampnb.inputs()))
    for entry in crampnb.inputs():
        control = controls[entry.name]
        begun = entry.check(control.value)
        assert begun == reference(Profile(), entry.name)
        assert control.description.startswith(entry.label)
        assert control.tooltip.endswith(f"Reference: {entry.speak(begun)}.")
        if entry.kind == "number":
            assert (control.min, control.max) == entry.range
            assert control.step == entry.step
            assert entry.short_unit in control.description


def test_without_a_name_there_are_the_four_of_the_article() -> None:
    assert [evidence().inputs[name].group for name in sliders()] == ["main"] * 4


def test_sliders_drive_what_interact_calls() -> None:
    told: list[str] = []
    controls = sliders("sitting", "slumped", fluid_intake=1.2)
    ipywidgets.interactive(lambda **day: told.append(explain(day).sentence), **controls).update()
    controls["sitting"].value, controls["slumped"].value = 10, True
    assert told[-1] == explain({"sitting": 10, "slumped": True, "fluid_intake": 1.2}).sentence


def test_a_box_of_one_s_own_holds_them() -> None:
    box = ipywidgets.VBox(list(sliders("sitting", "sex", "conditions").values()))
    kinds = [type(child).__name__ for child in box.children]
    assert kinds == ["FloatSlider", "Dropdown", "SelectMultiple"]


GALLERY = Path(__file__).parents[1] / "notebooks" / "teachers" / "gallery.ipynb"


def test_the_gallery_shows_every_call() -> None:
    cells = json.loads(GALLERY.read_text("utf-8"))["cells"]
    code = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")
    for name in crampnb.notebook.__all__:
        assert f"{name}(" in code
    for name in ("guess", "guesses", "ask", "write", "explore"):
        assert f"lesson.{name}(" in code
