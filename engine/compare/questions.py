"""What a question of the matrix is: its section, its words, how it is answered and measured."""

from dataclasses import dataclass
from enum import Enum

from engine.compare.finding import Find


class Measure(Enum):
    """By what two answers to a question are put in order."""

    VALUE = "only alike or not"
    LIMIT = "a shorter time, an earlier start and a firmer word are stricter"
    DUTY = "must is stricter than should, should than may"
    PRESENCE = "it is there or it is not"
    ITEM = "as a duty, and the words do not matter: it is asked or it is not"
    AUTHORISER = "somebody who authorises is stricter than nobody named"
    SECRECY = "must not disclose is stricter than should not"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the matrix."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A row of the matrix; `always` shows it where all are silent too."""

    section: str
    text: str
    find: Find
    measure: Measure = Measure.VALUE
    always: bool = False


SECTIONS = (
    Section(id="entry", title="Entry points and names"),
    Section(id="roles", title="Roles"),
    Section(id="channels", title="Contacts and how they arrive"),
    Section(id="records_check", title="Records check and open cases"),
    Section(id="progression", title="From contact to referral"),
    Section(id="information", title="Information collected"),
    Section(id="screening", title="Screening"),
    Section(id="deadlines", title="Deadlines"),
    Section(id="disposal", title="Disposal options and who authorises"),
    Section(id="section_47", title="Section 47 and strategy discussions"),
    Section(id="police", title="Police"),
    Section(id="consent", title="What parents are asked and told"),
    Section(id="confidentiality", title="The referrer’s identity and confidentiality"),
    Section(id="feedback", title="Feedback"),
    Section(id="writing", title="Written confirmation"),
    Section(id="consultation", title="Professional consultation and advice"),
    Section(id="pathways", title="Special pathways"),
    Section(id="out_of_hours", title="Out of hours"),
    Section(id="recording", title="Records and sign-off"),
    Section(id="early_help", title="Early help"),
    Section(id="other", title="Other duties"),
    Section(id="facts", title="Where each fact is asked"),
)
