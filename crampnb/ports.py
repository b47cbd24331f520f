"""Where the commands listen: this machine alone unless asked otherwise, on a port that is free."""

import errno
from socket import AF_INET, AF_INET6, create_server, has_dualstack_ipv6, socket

from crampnb.profile import InputError

HOST = "127.0.0.1"
#: visitors of the dashboard at a time; each has a kernel of about 50 MB
VISITORS = 40


def listening(port: int | None, usual: int, host: str = HOST) -> socket:
    """A socket on `port`; for None on the usual one or, if that is taken, any free one.

    `host` is an IP address of this machine; "0.0.0.0" is all of them, "::" those of IPv6 too.
    `InputError` where `host` or `port` cannot be had.
    """
    try:
        found = _open(host, usual if port is None else port)
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            raise InputError("host", host, "an address of this machine") from error
        if port is not None:
            raise InputError("port", port, "a port that is free on this machine") from error
        found = _open(host, 0)
    found.setblocking(False)
    return found


def _open(host: str, port: int) -> socket:
    if ":" not in host:
        return create_server((host, port), family=AF_INET)
    both = host == "::" and has_dualstack_ipv6()
    return create_server((host, port), family=AF_INET6, dualstack_ipv6=both)
