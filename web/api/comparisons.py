"""Comparing authorities, which Frontdoor cannot do yet and says so."""

from flask.typing import ResponseReturnValue

from web.api.endpoint import Endpoint
from web.api.schemas import problems, query
from web.errors import answer


def compare_authorities() -> ResponseReturnValue:
    """Say that procedures cannot be compared yet."""
    return answer(501, "Procedures of several authorities cannot be compared yet.")


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/comparisons",
        view=compare_authorities,
        operation={
            "operationId": "compareAuthorities",
            "summary": "Compare authorities' procedures: not there yet, answers 501",
            "parameters": [query("authorities", "Ids of authorities, comma separated")],
            "responses": problems(401, 501),
        },
    ),
)
