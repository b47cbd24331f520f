"""What a host may send with the site, so that browsers hold it to its word.

Written as `_headers`, which several static hosts read; for others it is the list to copy from.
"""

from base64 import b64encode
from hashlib import sha256

from crampnb.places import BROWSER
from crampnb.serve import http_server
from crampnb.serve.http_server import HEADERS, UNFRAMED, policy_text

CONTENT = "Content-Security-Policy"
#: the one script that stands in a page itself: a host shows that page under any address
MENDED = (BROWSER / "mended.js").read_text("utf-8")
_ALLOWED = b64encode(sha256(MENDED.encode()).digest()).decode()

#: the server's, but Python runs in the browser too
_SITE = http_server.POLICY | {
    "script-src": f"'self' blob: 'wasm-unsafe-eval' 'sha256-{_ALLOWED}'",
    "worker-src": "'self'",
    "connect-src": "'self' blob:",
}
#: JupyterLab makes code of texts and has scripts in its page; nobody else is asked either
_LAB = _SITE | {
    "script-src": "'self' blob: 'unsafe-inline' 'unsafe-eval'",
    "worker-src": "'self' blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' blob: data:",
}
#: what a page can say of itself
POLICY, LAB_POLICY = policy_text(_SITE), policy_text(_LAB)

#: as the dashboard's server sends them; and files are kept, but asked for whether they are the same
EVERYWHERE = {
    **{name: value for name, value in HEADERS.items() if name != CONTENT},
    "Cache-Control": "no-cache",
}
#: {path: headers}; where several paths fit, a browser gets the headers of all
RULES = {
    "/*": EVERYWHERE,
    **{
        path: {CONTENT: policy_text(_SITE | UNFRAMED)}
        for path in ("/", "/explainer/*", "/teachers/*", "/static/*")
    },
    "/lessons/*": {CONTENT: policy_text(_LAB | UNFRAMED)},
}


def text() -> str:
    """`RULES` in the form of such a file."""
    return "\n".join(
        "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items())]) + "\n"
        for path, headers in RULES.items()
    )
