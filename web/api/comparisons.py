"""Authorities side by side, as their current versions stand."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from engine import deploy
from engine.compare import compare
from engine.errors import Invalid
from web.api.asking import filters
from web.api.endpoint import Endpoint
from web.api.schemas import answers, problems, query
from web.database import reading

LEAST = 2  # authorities that can be compared


def compare_authorities() -> ResponseReturnValue:
    """What each authority's procedure says, and every difference from the first one's."""
    asked = filters("authorities", "flow")
    named = [name.strip() for name in asked.get("authorities", "").split(",")]
    names = tuple(dict.fromkeys(name for name in named if name))
    if len(names) < LEAST:
        raise Invalid("authorities must name two or more, with commas between them.")
    with reading() as store:
        found = {name: deploy.current_definition(store, name) for name in names}
    return jsonify(compare(found, flow=asked.get("flow")).to_json())


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/comparisons",
        view=compare_authorities,
        operation={
            "operationId": "compareAuthorities",
            "summary": "Compare the procedures of authorities with the first one's",
            "parameters": [
                query("authorities", "Ids of two or more authorities, comma separated"),
                query("flow", "Only this flow, such as disposal"),
            ],
            "responses": {
                "200": answers("The comparison", "Comparison"),
                **problems(401, 404, 422),
            },
        },
    ),
)
