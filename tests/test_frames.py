"""The browser's frames of Jupyter's protocol, against those of Jupyter's own server."""

import base64
import json
from typing import Any

from crampnb.places import BROWSER
from tests.nodejs import answers
from tests.serving import pack

PARTS = ("header", "parent_header", "metadata", "content")
MESSAGES: list[tuple[str, dict[str, Any], list[bytes]]] = [
    ("shell", {}, []),
    ("iopub", {"header": {"msg_type": "status"}, "content": {"execution_state": "idle"}}, []),
    ("shell", {"content": {"text": '1 Coca‑Cola, 2 µg, 𝄞, "\\\n'}}, [b"\x00\xff"]),
    ("iopub", {"parent_header": {"msg_id": "7"}}, [b"", b"odd", bytes(range(256)) * 300]),
]


def text(value: object) -> bytes:
    """JSON as browsers write it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def test_frames_are_those_of_jupyters_server() -> None:
    frames = [
        base64.b64encode(pack([*(text(parts.get(name, {})) for name in PARTS), *buffers], channel))
        for channel, parts, buffers in MESSAGES
    ]
    told = answers("frames.mjs", BROWSER / "frames.js", questions=[one.decode() for one in frames])
    for frame, (channel, parts, buffers), said in zip(frames, MESSAGES, told, strict=True):
        whole = {name: parts.get(name, {}) for name in PARTS}
        assert said == whole | {
            "channel": channel,
            "buffers": [base64.b64encode(each).decode() for each in buffers],
            "frames": 2 * [frame.decode()],
        }
