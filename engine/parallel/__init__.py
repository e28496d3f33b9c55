"""What procedures do: one referral through several at once, and many of them."""

from engine.parallel.acts import Act, Question
from engine.parallel.many import Brief, many
from engine.parallel.partings import Parting, Side
from engine.parallel.questions import FactGroup, fact_groups
from engine.parallel.referral import (
    changed,
    child_name,
    choices,
    referral,
    value_of,
    without_names,
)
from engine.parallel.runs import Limit, Run
from engine.parallel.sampling import MOST as MOST_CONTACTS
from engine.parallel.sampling import Year, contact, sampled, sources
from engine.parallel.tally import Figure, Tally
from engine.parallel.together import Change, Together, WhatIf, run, sensitivity, what_if

__all__ = [
    "MOST_CONTACTS",
    "Act",
    "Brief",
    "Change",
    "FactGroup",
    "Figure",
    "Limit",
    "Parting",
    "Question",
    "Run",
    "Side",
    "Tally",
    "Together",
    "WhatIf",
    "Year",
    "changed",
    "child_name",
    "choices",
    "contact",
    "fact_groups",
    "many",
    "referral",
    "run",
    "sampled",
    "sensitivity",
    "sources",
    "value_of",
    "what_if",
    "without_names",
]
