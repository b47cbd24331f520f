"""Where the commands listen: this machine alone, on a port that is free."""

from socket import create_server, socket

from crampnb.profile import InputError

HOST = "127.0.0.1"


def listening(port: int | None, usual: int) -> socket:
    """A socket on `port`; for None on the usual one or, if that is taken, any free one.

    `InputError` where `port` cannot be had.
    """
    try:
        found = create_server((HOST, usual if port is None else port))
    except (OSError, OverflowError) as error:
        if port is not None:
            raise InputError("port", port, "a port that is free on this machine") from error
        found = create_server((HOST, 0))
    found.setblocking(False)
    return found
