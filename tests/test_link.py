"""Links: settings survive the way there and back, and a stranger's link does no harm."""

import re
import string
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampnb.errors import InputError
from crampnb.model.fragment import LONGEST, MOST_PARTS, Link, from_fragment, read_value, to_fragment
from crampnb.model.profile import Profile
from tests.strategies import INPUTS, full_profiles, profiles, stories

NOTHING = Link(Profile(), "evidence")


@given(profiles, stories)
def test_settings_come_back_from_a_link(inputs: dict[str, Any], story: str) -> None:
    profile = Profile(**inputs)
    assert from_fragment(to_fragment(profile, story)) == Link(profile, story)
    assert from_fragment("#" + to_fragment(profile, story)) == Link(profile, story)


@given(full_profiles, stories)
def test_every_input_at_once_fits_in_half_a_link(inputs: dict[str, Any], story: str) -> None:
    assert len(to_fragment(Profile(**inputs), story)) <= LONGEST / 2
    assert len(INPUTS) + 2 <= MOST_PARTS


def test_the_form_of_a_link() -> None:
    profile = Profile(
        fluid_intake=1.2, sitting=10, slumped=True, conditions=["diabetes", "arthritis"]
    )
    assert to_fragment(profile, "fatigue") == (
        "v=1&fluid_intake=1.2&sitting=10&slumped=yes&conditions=arthritis,diabetes&story=fatigue"
    )
    assert to_fragment(Profile()) == "v=1"


def test_what_is_at_its_reference_by_choice_stays_chosen() -> None:
    pinned = Profile(fluid_intake=1.8, conditions=[])
    assert from_fragment(to_fragment(pinned)).profile == pinned


@pytest.mark.parametrize(
    ("fragment", "inputs"),
    [
        ("", {}),
        ("#", {}),
        ("&&&", {}),
        ("sitting=9", {"sitting": 9}),
        ("sitting=9&sitting=5", {"sitting": 5}),
        ("sitting=%39&se%78=male", {"sitting": 9, "sex": "male"}),
        ("sitting=+9+", {"sitting": 9}),
        (
            "sitting=9e0&slumped=TRUE&hot_weather=0",
            {"sitting": 9, "slumped": True, "hot_weather": False},
        ),
        ("conditions=", {"conditions": []}),
        ("conditions=diabetes,,diabetes,", {"conditions": ["diabetes"]}),
        ("conditions=diabetes%2Carthritis", {"conditions": ["diabetes", "arthritis"]}),
    ],
)
def test_what_can_be_read_is_read(fragment: str, inputs: dict[str, Any]) -> None:
    assert from_fragment(fragment) == Link(Profile(**inputs), "evidence")


BAD_PARTS = [
    *(
        "sitting=",
        "sitting",
        "sitting=ten",
        "sitting=17",
        "sitting=-1",
        "sitting=nan",
        "sitting=inf",
    ),
    *("sitting=-Infinity", "sitting=1e999", "sitting=0x10", "sitting=9%00", "sitting=9;10"),
    *(
        "sitting=1,5",
        "sitting=\u221e",
        "sitting=[9]",
        "sitting=%FF",
        "sitting=%zz",
        "Sitting=9",
        "siting=9",
    ),
    *("slumped=2", "slumped=", "slumped=perhaps", "sex=Male", "sex=", "sex=male,female"),
    *("conditions=gout", "conditions=diabetes,gout", "conditions=Diabetes"),
    *("story=", "story=truth", "story=evidence,article", "v=2", "v=", "v=1.0"),
    "sex=<script>alert(1)</script>",
    *(
        "sex=%F0%9F%92%A9",
        "sex=\ud800",
        "sitting=" + "9" * 500,
        "sitting=" + "9" * 1500,
    ),
]


@pytest.mark.parametrize("part", BAD_PARTS, ids=lambda part: ascii(part)[1:40])
@pytest.mark.parametrize("form", ["{}&effort=7", "effort=7&{}"])
def test_a_part_that_does_not_fit_is_named_and_the_rest_applies(part: str, form: str) -> None:
    found = from_fragment(form.format(part))
    assert (found.profile, found.hypothesis) == (Profile(effort=7), "evidence")
    (notice,) = found.notices
    assert notice.endswith("It was left out.")


@pytest.mark.parametrize("part", [p for p in BAD_PARTS if p.startswith("sitting=")], ids=ascii)
def test_the_notice_names_the_input_and_its_range(part: str) -> None:
    (notice,) = from_fragment(part).notices
    assert "sitting = " in notice
    assert "0 to 16 h/day" in notice


def test_all_bad_parts_share_one_short_notice() -> None:
    (notice,) = from_fragment("sitting=x&effort=y&story=z&slumped=yes").notices
    for told in ("sitting = 'x'", "effort = 'y'", "story = 'z'"):
        assert told in notice
    assert notice.endswith("They were left out.")
    (many,) = from_fragment("&".join(part for part in BAD_PARTS if len(part) < 100)).notices
    assert re.search(r"; and \d+ more\. They were left out\.$", many)
    assert max(map(len, (notice, many))) < 280


FOREIGN = [
    *("utm_source=mail", "utm_campaign=a+b", "fbclid=IwAR0", "gclid=x", "msclkid=1", "mc_cid=1"),
    *("nonsense=1", "=9", "given=9", "self=9", "__class__=9", "<script>alert(1)</script>=9"),
    *("\U0001f4a9=9", "\x00=\x00", "x" * 1900 + "=1", "token=abc", "why"),
]


@pytest.mark.parametrize("part", FOREIGN, ids=lambda part: ascii(part)[1:40])
@pytest.mark.parametrize("form", ["{}&effort=7", "effort=7&{}", "effort=7?{}"])
def test_what_is_none_of_our_business_is_left_alone(part: str, form: str) -> None:
    assert from_fragment(form.format(part)) == Link(Profile(effort=7), "evidence")


SENT = "v=1&fluid_intake=1.2&slumped=yes&conditions=arthritis,diabetes&story=fatigue"


def _everything_encoded(text: str) -> str:
    return "".join(f"%{ord(sign):02x}" for sign in text)


@pytest.mark.parametrize(
    "come",
    [
        *(SENT.replace("&", one) for one in ("&amp;", "&amp;amp;", "&#38;", "&#x26;", "%26")),
        *(SENT.replace("=", one) for one in ("%3D", "%3d", "=3D", "%253D")),
        quote(SENT, safe=""),
        quote(quote(SENT, safe=""), safe=""),
        quote(SENT.replace("&", "&amp;"), safe=""),
        _everything_encoded(SENT),
        *(f"{before}{SENT}" for before in ("#", "%23", "/%23", "?", "#?", "/#", "utm_id=1&")),
        *(SENT + end for end in (").", ".", ",", ">", "&gt;", '"', "%22", "%29.", "!", "\u201d.")),
        *(SENT + end for end in ("\u200b", " ", "%20", "&", "&utm_source=mail).", "?fbclid=1")),
        *(SENT + end for end in ("&at=why", "#why", "%23why")),
    ],
)
def test_a_mangled_link_is_understood(come: str) -> None:
    assert from_fragment(come) == from_fragment(SENT)
    assert from_fragment(come).notices == ()


@pytest.mark.parametrize(
    "fragment",
    [
        "x" * (LONGEST + 1),
        "sitting=9&" * LONGEST,
        "sitting=9&" * (MOST_PARTS + 1),
        "sitting=" + "9" * 1_000_000,
        quote("\U0001f4a9" * LONGEST),
    ],
    ids=["long", "many and long", "many", "a million digits", "percent"],
)
def test_a_huge_link_is_left_alone_altogether(fragment: str) -> None:
    found = from_fragment(fragment)
    assert (found.profile, found.hypothesis) == (NOTHING.profile, NOTHING.hypothesis)
    (notice,) = found.notices
    assert notice.endswith("nothing was changed.")
    assert len(notice) < 100


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert from_fragment(text).hypothesis in ("evidence", "article", "fatigue", "fluid_salt")


names = st.sampled_from([*INPUTS, "story", "v", "x"])
texts = st.one_of(
    st.text(string.printable, max_size=10), st.sampled_from(["9", "yes", "male", "1"])
)


@given(st.lists(st.tuples(names, texts), max_size=8))
def test_each_part_is_applied_or_noticed(pairs: list[tuple[str, str]]) -> None:
    found = from_fragment(urlencode(pairs))
    applied = [name for name, _ in pairs if name in found.profile.given]
    silent = [name for name, _ in pairs if name in ("story", "v", "x")]
    assert found.notices or len(pairs) == len(applied) + len(silent)
    assert set(found.profile.given) <= {name for name, _ in pairs}


def test_a_notice_is_short_however_long_the_name() -> None:
    (notice,) = from_fragment("sitting=" + "x" * 1900).notices
    assert len(notice) < 120


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("sitting", "9.5", 9.5),
        ("slumped", "Yes", True),
        ("slumped", "false", False),
        ("sex", "female", "female"),
        ("medicines", "statin,loop", frozenset({"statin", "loop"})),
    ],
)
def test_values_as_people_write_them(name: str, text: str, value: object) -> None:
    assert read_value(name, text) == value


@pytest.mark.parametrize("text", ["", "ten", "nan", "17", "0x1", "1" * 5000])
def test_a_value_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"sitting = .*: .*allowed is 0 to 16 h/day"):
        read_value("sitting", text)
