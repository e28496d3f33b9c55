"""One user task: claimed, filled in, checked, completed; what is typed is kept meanwhile."""

from web.tasks import checks, drafting, views
from web.tasks.blueprint import bp

__all__ = ["bp", "checks", "drafting", "views"]
