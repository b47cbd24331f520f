"""What cannot be done is told in one clear error: an input of the model, or a whole command."""


class InputError(ValueError):
    """Bad input: the message names the input, the value given and what is allowed."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(f"{_short(name)} = {_shown(value)}: {allowed}")
        self.name, self.value, self.allowed = name, value, allowed


class CommandError(Exception):
    """A command that cannot be carried out: the message is one line for the terminal."""


def _shown(value: object) -> str:
    try:
        return _short(repr(value))
    except ValueError:  # an integer of more digits than Python prints
        return "a number of too many digits"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
