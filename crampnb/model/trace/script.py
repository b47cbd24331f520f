"""Symbols written as JavaScript: single assignments of what is used more than once."""

import re
from collections import Counter
from collections.abc import Iterable

from crampnb.model.trace.symbols import Known, Symbol, needed

#: how tightly forms bind; a name or a call does so most, and what is not listed least
_BINDING = {"{}+{}": 1, "{}-{}": 1, "{}*{}": 2, "{}/{}": 2}
_WHOLE = 3
_NAME = re.compile(r"\w+(\[\d+\])?")


class Script:
    """The writing of some results; a step that only one other uses is written in its place."""

    def __init__(self, results: Iterable[Known]) -> None:
        results = list(results)
        used = (part for step in needed(results) for part in step.parts)
        self._uses = Counter(one for one in (*used, *results) if isinstance(one, Symbol))
        self._names: dict[Symbol, str] = {}

    def assign(self, steps: Iterable[Symbol]) -> str:
        """Assignments of the steps that need a name, each after those that it rests on."""
        lines = []
        for step in sorted(steps, key=lambda step: step.order):
            if step not in self._names and self._uses[step] > 1 and not _NAME.fullmatch(step.form):
                written = self._in_full(step)
                self._names[step] = f"a{len(self._names)}"
                lines.append(f"{self._names[step]}={written}")
        return f"const {','.join(lines)};" if lines else ""

    def write(self, known: Known, binding: int = 0) -> str:
        """A number or a step, in brackets where it binds less tightly than it must."""
        if not isinstance(known, Symbol):
            return number(known)
        if known in self._names:
            return self._names[known]
        written = self._in_full(known)
        return written if _binding(known.form) >= binding else f"({written})"

    def _in_full(self, step: Symbol) -> str:
        """The step with its parts; of equals, the left part comes first without brackets."""
        own = _BINDING.get(step.form)
        least = 0 if step.form.startswith("Math.") else _WHOLE
        parts = (
            self.write(part, least if own is None else own + (place > 0))
            for place, part in enumerate(step.parts)
        )
        return step.form.format(*parts)


def number(value: float) -> str:
    """The shortest digits that are read as the same float."""
    text = repr(float(value)).removesuffix(".0").replace("inf", "Infinity")
    return f"({text})" if text.startswith("-") else text


def _binding(form: str) -> int:
    """How tightly a form binds: 0 to `_WHOLE`."""
    is_whole = form.startswith("Math.") or _NAME.fullmatch(form)
    return _WHOLE if is_whole else _BINDING.get(form, 0)
