"""Form-js forms as GOV.UK components: values to boxes, boxes to answers, fields to questions."""

from web.forms.boxes import Boxes, fill
from web.forms.questions import Question, error_summary, questions
from web.forms.reading import change_entries
from web.forms.submission import Submission, submit

__all__ = [
    "Boxes",
    "Question",
    "Submission",
    "change_entries",
    "error_summary",
    "fill",
    "questions",
    "submit",
]
