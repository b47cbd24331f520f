"""What Hypothesis draws from: every profile that the inputs allow, generated from the data."""

import os
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

import crampnb
from crampnb.model.inputs import Input

# The same examples on every machine, and never a complaint about a slow one.
settings.register_profile(
    "crampnb", derandomize=True, deadline=None, database=None, max_examples=60
)
# New examples in every run; what fails is kept in .hypothesis and comes first in the next.
settings.register_profile("nightly", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "crampnb"))

INPUTS = {entry.name: entry for entry in crampnb.inputs()}
NUMBERS = [entry.name for entry in crampnb.inputs() if entry.kind == "number"]
SWITCHES = [entry.name for entry in crampnb.inputs() if entry.kind == "switch"]
STORIES = [story.key for story in crampnb.hypotheses()]


def values(entry: Input) -> st.SearchStrategy[Any]:
    """Every value that one input allows."""
    low, high = entry.range
    if entry.kind == "number":
        somewhere = st.floats(low, high).map(lambda value: round(value, 6))
        return st.one_of(somewhere, st.sampled_from([low, high]))
    if entry.kind == "switch":
        return st.booleans()
    options = st.sampled_from(entry.options)
    return options if entry.kind == "choice" else st.frozensets(options)


#: any subset of the inputs; the others stay at their reference
profiles = st.fixed_dictionaries(
    {}, optional={entry.name: values(entry) for entry in crampnb.inputs()}
)
#: every input at once: the busiest profiles
full_profiles = st.fixed_dictionaries({entry.name: values(entry) for entry in crampnb.inputs()})
stories = st.sampled_from(STORIES)
