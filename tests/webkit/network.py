"""What a page fetches, as WebDriver BiDi reports it."""

from collections.abc import Callable
from itertools import count
from typing import Any

import gi

gi.require_version("WebKit2", "4.1")
from gi.repository import WebKit2  # noqa: E402

numbers = count(1)


class Network:
    """The requests of one page."""

    def __init__(self, page: str, emit: Callable[..., None]) -> None:
        self.navigation: str | None = None  #: id of the page's navigation
        self._emit = emit

    def watch(self, view: Any, resource: Any, request: Any) -> None:
        """Report a request and what becomes of it."""
        asked = {
            "request": f"request-{next(numbers)}",
            "url": request.get_uri(),
            "method": request.get_http_method() or "GET",
            "headers": headers(request.get_http_headers()),
            "destination": "document" if resource == view.get_main_resource() else "",
            "initiatorType": "fetch",
            "timings": {"requestTime": 0, "responseEnd": 0},
            "cookies": [],
            "bodySize": 0,
            "headersSize": 0,
        }
        main = asked["destination"] == "document"
        common = {"request": asked, "redirectCount": 0, "isBlocked": False}
        common["navigation"] = self.navigation if main else None
        self._emit("network.beforeRequestSent", **common)
        resource.connect("notify::response", lambda *_: self._answer(resource, common))
        resource.connect("finished", lambda *_: self._end(resource, common))
        resource.connect("failed", lambda _, error: self._fail(error, common))

    def _answer(self, resource: Any, common: dict[str, Any]) -> None:
        self._emit("network.responseStarted", **common, response=response(resource))

    def _end(self, resource: Any, common: dict[str, Any]) -> None:
        if resource.get_response():
            self._emit("network.responseCompleted", **common, response=response(resource))

    def _fail(self, error: Any, common: dict[str, Any]) -> None:
        if error.matches(WebKit2.NetworkError.quark(), WebKit2.NetworkError.CANCELLED):
            return  # it goes on in another process
        self._emit("network.fetchError", **common, errorText=error.message)


def response(resource: Any) -> dict[str, Any]:
    """What the host answered."""
    found = resource.get_response()
    return {
        "url": found.get_uri(),
        "status": found.get_status_code(),
        "statusText": "",
        "protocol": "http/1.1",
        "headers": headers(found.get_http_headers()),
        "headersSize": 0,
        "bodySize": 0,
    }


def headers(found: Any) -> list[dict[str, Any]]:
    """Names and values."""
    pairs: list[dict[str, Any]] = []
    if found:
        found.foreach(
            lambda name, value: pairs.append(
                {"name": name, "value": {"type": "string", "value": value}}
            )
        )
    return pairs
