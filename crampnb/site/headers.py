"""What a host may send with the site, so that browsers hold it to its word.

Written as `_headers`, which several static hosts read; for others it is the list to copy from.
"""

from crampnb.door import HEADERS

CONTENT = "Content-Security-Policy"

#: scripts, workers and styles are the site's own; `blob:` is how widgets load theirs
POLICY = (
    "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'"
)
#: JupyterLab makes code of texts and has scripts in its page; nobody else is asked either
LAB_POLICY = (
    "default-src 'none'; script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'; "
    "worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' blob: data:; base-uri 'none'; form-action 'none'"
)
#: no other page may show one of ours in itself; only a host can say so
FRAMES = "; frame-ancestors 'self'"

#: as the dashboard's server sends them; and files are kept, but asked for whether they are the same
EVERYWHERE = {
    **{name: value for name, value in HEADERS.items() if name != CONTENT},
    "Cache-Control": "no-cache",
}
#: {path: headers}; where several paths fit, a browser gets the headers of all
RULES = {
    "/*": EVERYWHERE,
    **{
        path: {CONTENT: POLICY + FRAMES}
        for path in ("/", "/explainer/*", "/teachers/*", "/static/*")
    },
    "/lessons/*": {CONTENT: LAB_POLICY + FRAMES},
}


def text() -> str:
    """`RULES` in the form of such a file."""
    return "\n".join(
        "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items())]) + "\n"
        for path, headers in RULES.items()
    )
