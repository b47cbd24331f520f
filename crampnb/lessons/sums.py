"""Sums as people type them: + − × ÷, powers, roots and brackets. Nothing is ever evaluated.

Python's own parser reads the sum once each number in it is read (`model.numerals`); of what it
finds only arithmetic on numbers is worked out.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator
from itertools import product

from crampnb.model.numerals import readings

#: numbers of a sum that are read; each may have two readings
MOST_NUMBERS = 8
#: characters of a sum without its numbers; more brackets would go deep
MOST_SIGNS = 40
#: the largest base and exponent of a power; others are no answer, and may be too large to count
LARGEST = 100

_NUMBER = re.compile(r"\d[\d.,]*")
#: what may stand between and around the numbers
_SIGNS = re.compile(r"(?:[-+*/()\s]|\broot(?=\())*")
#: other signs for the same
_PLAIN = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "x": "*", "÷": "/", ":": "/"})
_ROOT = re.compile(r"(?:√|sqrt|root of)\s*(?:(?=\()|(\d[\d.,]*))")
_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def results(text: str) -> Iterator[float]:
    """What a sum may come to, for each way to read its numbers; nothing where it is none."""
    plain = _ROOT.sub(_in_brackets, text.strip().lower().translate(_PLAIN)).replace("^", "**")
    signs, numbers = _NUMBER.split(plain), _NUMBER.findall(plain)
    too_long = len(numbers) > MOST_NUMBERS or sum(map(len, signs)) > MOST_SIGNS
    if too_long or not _SIGNS.fullmatch("".join(signs)):
        return
    for values in product(*([one.value for one in readings(number)] for number in numbers)):
        pairs = zip(signs, (*map(repr, values), ""), strict=True)
        try:
            result = _worked_out(ast.parse("".join(map("".join, pairs)).strip(), mode="eval").body)
        except (SyntaxError, ArithmeticError):
            continue
        if math.isfinite(result):
            yield result


def _in_brackets(root: re.Match[str]) -> str:
    return f"root({root[1]})" if root[1] else "root"


def _worked_out(node: ast.expr) -> float:
    """The value of arithmetic on numbers; `ArithmeticError` where it has none."""
    match node:
        case ast.Constant(value=float(number)):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=inside) if not isinstance(inside, ast.UnaryOp):
            return -_worked_out(inside)
        case ast.Call(func=ast.Name(id="root"), args=[inside]):
            return _power(_worked_out(inside), 0.5)
        case ast.BinOp(left=base, op=ast.Pow(), right=exponent):
            return _power(_worked_out(base), _worked_out(exponent))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_worked_out(left), _worked_out(right))
    raise ArithmeticError("no arithmetic")


def _power(base: float, exponent: float) -> float:
    if not (0 <= base <= LARGEST and abs(exponent) <= LARGEST):
        raise ArithmeticError("too large, or the root of a negative number")
    return float(base**exponent)
