"""Whether the service says truthfully how it is."""

from engine import worker
from tests.web.site import Site
from web import clock


def test_health_is_bad_without_timers_and_good_with_them(visitor: Site) -> None:
    before = visitor.client.get("/health")
    assert (before.status_code, before.json) == (
        503,
        {"status": "unwell", "database": True, "timers": False},
    )

    worker.tick(visitor.app.extensions["frontdoor.database"], now=clock.now())

    after = visitor.client.get("/health")
    assert (after.status_code, after.json) == (
        200,
        {"status": "ok", "database": True, "timers": True},
    )
