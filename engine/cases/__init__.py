"""Cases as people look at them: the list, the page of one case, its history, its audit trail."""

from engine.cases.as_json import as_json
from engine.cases.listing import CaseFilter, CaseLine, listing
from engine.cases.page import CasePage, page
from engine.cases.trail import AuditLine, audit_trail

__all__ = [
    "AuditLine",
    "CaseFilter",
    "CaseLine",
    "CasePage",
    "as_json",
    "audit_trail",
    "listing",
    "page",
]
