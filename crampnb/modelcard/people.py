"""Published groups beside the model, as tables and notes."""

from collections.abc import Mapping, Sequence

from crampnb.model.evidence import evidence
from crampnb.modelcard.groups import Group, groups
from crampnb.modelcard.markdown import cite, table
from crampnb.modelcard.verdicts import Comparison, comparisons


def overview() -> str:
    """Every finding: what was seen, what the model gives, the verdict."""
    head = ("group", "compared", "outcome there", "seen there", "the model", "verdict")
    rows = (
        (
            found.group.name,
            found.finding.what,
            found.finding.outcome,
            f"{found.seen_text}, {found.finding.basis}",
            found.computed_text,
            found.verdict,
        )
        for found in comparisons()
    )
    return table(head, rows)


def summary() -> str:
    """How many rows agree, and how many of the papers the model leans on anyway."""
    found = comparisons()
    verdicts = [one.verdict for one in found]
    counts = {verdict: verdicts.count(verdict) for verdict in ("agrees", "overlaps", "disagrees")}
    leans = sum(one.leans for one in found)
    how_many = "all" if leans == len(found) else leans
    return (
        f"Of {len(found)} rows, {counts['agrees']} agree, {counts['overlaps']} overlap and"
        f" {counts['disagrees']} disagree. In {how_many} of them the paper is also one that the"
        " model's judgements lean on."
    )


def notes() -> str:
    """Who each group is, how it was entered, why the two figures may differ."""
    found = comparisons()
    return "\n".join(
        _note(group, [one for one in found if one.group is group]) for group in groups().values()
    )


def _note(group: Group, found: Sequence[Comparison]) -> str:
    """One group, with an item for each of its findings."""
    items = (
        f"  - {one.finding.what}{_entered(one)}. {one.sentence} ({cite(one.finding.sources)})"
        for one in found
    )
    return (
        f"- **{group.name}.** {group.people} *Reported:* {group.reported}"
        f" *Assumed:* {group.assumed} *Why the two may differ:* {group.differs}"
        f" Entered as {_code(group.profile)}.\n" + "\n".join(items)
    )


def _entered(found: Comparison) -> str:
    """How the two people of a finding differ, as they were entered."""
    finding = found.finding
    if finding.kind == "risk":
        return ""
    changes = (
        _code(side) if side else "the profile" for side in (finding.exposed, finding.unexposed)
    )
    return f" ({' against '.join(changes)})"


def _code(inputs: Mapping[str, object]) -> str:
    """Inputs as they are written in Python."""
    return ", ".join(f"`{name}={value!r}`" for name, value in inputs.items())


def by_story() -> str:
    """Every finding under each of the four stories."""
    stories = evidence().hypotheses
    columns = [comparisons(key) for key in stories]
    rows = (
        (same[0].group.name, same[0].finding.what, same[0].seen_text, *map(_verdict, same))
        for same in zip(*columns, strict=True)
    )
    head = ("group", "compared", "seen there", *(story.short for story in stories.values()))
    return table(head, rows)


def _verdict(found: Comparison) -> str:
    """The value that a story gives, with the verdict."""
    return f"{found.computed_value}: {found.verdict}"
