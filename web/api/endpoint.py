"""What an endpoint is: a method, a path, a view, and its description in OpenAPI's words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web.auth import Access, requires


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One operation of the API; `path` is written as in OpenAPI, with `{id}` for a number."""

    method: str
    path: str
    view: Callable[..., ResponseReturnValue]
    operation: Mapping[str, Any]
    access: Access = Access.API

    @property
    def rule(self) -> str:
        """The path as Flask writes it."""
        return re.sub(r"\{(\w+)\}", r"<int:\1>", self.path)


def register(bp: Blueprint, endpoints: Iterable[Endpoint]) -> None:
    """Answer at every endpoint."""
    for endpoint in endpoints:
        view = requires(endpoint.access)(endpoint.view)
        name = str(endpoint.operation["operationId"])
        bp.add_url_rule(endpoint.rule, name, view, methods=[endpoint.method])
