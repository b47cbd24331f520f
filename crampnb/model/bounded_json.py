"""JSON from a stranger: read with bounds, and refused with one line."""

import json
from typing import Any, NoReturn

from crampnb.errors import InputError


def read_json(name: str, text: str | bytes, most: int) -> Any:
    """What a JSON text of at most `most` bytes holds; `InputError` with `name` for any other."""

    def refuse(constant: str) -> NoReturn:
        raise InputError(name, constant, "is not a number that JSON knows")

    content = text.encode(errors="replace") if isinstance(text, str) else text
    check_size(name, content, most)
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=refuse)
    except InputError:
        raise
    except RecursionError:
        raise InputError(name, "", "is nested too deeply") from None
    except UnicodeDecodeError:
        raise InputError(name, content, "is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(name, error.doc, f"is not JSON ({place})") from None
    except ValueError:  # an integer of more digits than Python reads
        raise InputError(name, content, "has a number of too many digits") from None


def check_size(name: str, content: bytes, most: int) -> None:
    """Raise `InputError` for more bytes than that."""
    if len(content) > most:
        raise InputError(name, len(content), f"allowed is up to {most:,} bytes")
