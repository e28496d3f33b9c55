"""Cases as people look at them: the list, the page of one case, its history."""

from engine.cases.as_json import as_json
from engine.cases.before import Before, before
from engine.cases.chronology import ChronologyLine, chronology
from engine.cases.history import authorised, latest
from engine.cases.known import FactLine, KnownFacts, known
from engine.cases.listing import CaseLine, CaseList, listing
from engine.cases.mast import Child, Mast, mast
from engine.cases.overview import Overview, overview
from engine.cases.page import CasePage, page
from engine.cases.paging import Part
from engine.cases.places import Places, places
from engine.cases.searching import keep_search, kept_search, record_export
from engine.cases.sections import decisions, heard, limits, records, told
from engine.cases.wanted import CaseFilter, problems_of

__all__ = [
    "Before",
    "CaseFilter",
    "CaseLine",
    "CaseList",
    "CasePage",
    "Child",
    "ChronologyLine",
    "FactLine",
    "KnownFacts",
    "Mast",
    "Overview",
    "Part",
    "Places",
    "as_json",
    "authorised",
    "before",
    "chronology",
    "decisions",
    "heard",
    "keep_search",
    "kept_search",
    "known",
    "latest",
    "limits",
    "listing",
    "mast",
    "overview",
    "page",
    "places",
    "problems_of",
    "record_export",
    "records",
    "told",
]
