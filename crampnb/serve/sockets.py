"""Where the commands listen: this machine alone unless asked otherwise, on a port that is free."""

import errno
from socket import AF_INET, AF_INET6, create_server, has_dualstack_ipv6, socket

from crampnb.errors import CommandError

HOST = "127.0.0.1"
#: what starts a kernel without a port, by its name: to name it does not take all of Jupyter
SOCKET_KERNEL = "crampnb.serve.kernels.SocketKernel"


def listen(port: int | None, usual: int, host: str = HOST) -> socket:
    """Open a socket on `port`; for None on the usual one or, if that is taken, any free one.

    `host` is an IP address of this machine; "0.0.0.0" is all of them, "::" those of IPv6 too.
    `CommandError` where `host` or `port` cannot be had.
    """
    try:
        opened = _open(host, usual if port is None else port)
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", errno.EADDRINUSE) not in (errno.EADDRINUSE, errno.EACCES):
            raise CommandError(f"host = {host!r}: must be an address of this machine") from error
        if port is not None:
            raise CommandError(
                f"port = {port}: must be a port that is free on this machine"
            ) from error
        opened = _open(host, 0)
    opened.setblocking(False)
    return opened


def _open(host: str, port: int) -> socket:
    if ":" not in host:
        return create_server((host, port), family=AF_INET)
    both = host == "::" and has_dualstack_ipv6()
    return create_server((host, port), family=AF_INET6, dualstack_ipv6=both)
