"""An authority's files: read safely, checked by rules, put together as one definition."""

from engine.definitions.authority import fingerprint, from_stored
from engine.definitions.check import (
    check_paths,
    from_sources,
    load_all,
    load_authority,
    read_authority,
)
from engine.definitions.clauses import Coverage, clause_coverage
from engine.definitions.folders import authority_ids
from engine.definitions.forms import parse_form
from engine.definitions.model import AuthorityDefinition, Form, Problem, ProcessDefinition
from engine.definitions.parse import parse_process
from engine.definitions.places import Place, Spot, met_through, places, spot_of
from engine.definitions.problems import Unusable
from engine.definitions.validate import check_sources

__all__ = [
    "AuthorityDefinition",
    "Coverage",
    "Form",
    "Place",
    "Problem",
    "ProcessDefinition",
    "Spot",
    "Unusable",
    "authority_ids",
    "check_paths",
    "check_sources",
    "clause_coverage",
    "fingerprint",
    "from_sources",
    "from_stored",
    "load_all",
    "load_authority",
    "met_through",
    "parse_form",
    "parse_process",
    "places",
    "read_authority",
    "spot_of",
]
