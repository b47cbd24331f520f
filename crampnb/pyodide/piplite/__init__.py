"""A stand-in for piplite, which JupyterLite's kernel asks for: this site has no packages to add."""

from collections.abc import Awaitable


def install(*requirements: object, **options: object) -> Awaitable[None]:
    """Refuse, and say why."""
    raise RuntimeError("Packages cannot be added here: everything works without a network.")
