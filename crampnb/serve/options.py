"""What the dashboard's server is told, by the command line or by a test."""

from dataclasses import dataclass
from pathlib import Path

from crampnb.places import DASHBOARD
from crampnb.serve.sockets import HOST

#: visitors of the dashboard at a time; each has a kernel of about 50 MB
VISITORS = 40


@dataclass(frozen=True)
class Options:
    """How the dashboard is served."""

    #: IP address of this machine
    host: str = HOST
    #: None for the usual one or, if that is taken, any free one
    port: int | None = None
    #: where a proxy shows the page: a path that begins and ends with a slash, with or without
    #: scheme and host before it
    base_url: str = "/"
    #: how many may be here at a time
    visitors: int = VISITORS
    #: address of a site that needs no server, for those who find no place
    site: str | None = None
    #: whether the page opens in this machine's own browser
    browser: bool = True
    notebook: Path = DASHBOARD
