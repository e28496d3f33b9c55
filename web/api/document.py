"""The API described in OpenAPI 3.1, made from the endpoints themselves."""

from collections.abc import Iterable
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from web.api.endpoint import Endpoint
from web.api.schemas import SCHEMAS, problems
from web.auth import Access

SERVER = "/api/v1"


def describing(endpoints: Iterable[Endpoint]) -> Endpoint:
    """The endpoint that gives the description of the others and of itself."""

    def openapi() -> ResponseReturnValue:
        return jsonify(openapi_document((*endpoints, own)))

    own = Endpoint(
        method="GET",
        path="/openapi.json",
        view=openapi,
        access=Access.PUBLIC,
        operation={
            "operationId": "openapi",
            "summary": "This description",
            "security": [],
            "responses": {
                "200": {
                    "description": "OpenAPI 3.1",
                    "content": {"application/json": {"schema": {"type": "object"}}},
                },
                **problems(),
            },
        },
    )
    return own


def openapi_document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = dict(endpoint.operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Frontdoor",
            "version": "1",
            "description": "Contacts and referrals, run by each authority's written procedure.",
        },
        "servers": [{"url": SERVER}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": dict(SCHEMAS),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }
