"""A number typed for an input: read as it is meant, asked about, or refused."""

import pytest

from crampnb.model.evidence import evidence
from crampnb.model.typed import Refusal, read_typed


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("sitting", "7.500", 7.5),
        ("fluid_intake", "1,200", 1.2),
        ("activity_load", "10", 10),
        ("activity_load", "0", 0),
        ("activity_load", "0.000", 0),
        ("activity_load", "1 500", 1500),
        ("activity_load", "10.0", 10),
        ("longest_sitting", "90,5", 90.5),
    ],
)
def test_a_number_is_read_as_it_is_meant(name: str, text: str, value: float) -> None:
    assert read_typed(evidence().inputs[name], text) == value


@pytest.mark.parametrize(
    ("name", "text", "meant", "choices"),
    [
        ("activity_load", "1.500", "1.5 or 1500", (1.5, 1500)),
        ("activity_load", "10.000", "10 or 10000", (10,)),
        ("activity_load", "12,000", "12 or 12000", (12,)),
        ("electrolyte_intake", "100.000", "100 or 100000", (100,)),
    ],
)
def test_what_may_mean_two_things_is_asked(
    name: str, text: str, meant: str, choices: tuple[float, ...]
) -> None:
    refused = read_typed(evidence().inputs[name], text)
    assert isinstance(refused, Refusal)
    assert f"“{text}” may mean {meant}; allowed is " in refused.sentence
    assert refused.choices == choices
