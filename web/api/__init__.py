"""The HTTP API for programs: /api/v1."""

from flask import Blueprint

from web.api import cases, comparisons, deadlines, document, messages, tasks
from web.api.endpoint import Endpoint, register

ENDPOINTS: tuple[Endpoint, ...] = (
    *cases.ENDPOINTS,
    *tasks.ENDPOINTS,
    *messages.ENDPOINTS,
    *deadlines.ENDPOINTS,
    *comparisons.ENDPOINTS,
)

bp = Blueprint("api", __name__, url_prefix="/api/v1")
register(bp, (*ENDPOINTS, document.describing(ENDPOINTS)))
