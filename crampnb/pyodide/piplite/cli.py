"""What becomes of `%pip` in a cell."""


async def get_transformed_code(arguments: list[str]) -> str:
    """Python that says why nothing is added."""
    return "import piplite; piplite.install()"
