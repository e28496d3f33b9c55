"""Form-js forms as GOV.UK components: values to boxes, boxes to answers, fields to questions."""

from web.forms.boxes import Boxes, asked, fill
from web.forms.question import Answered, Beside, Question
from web.forms.questions import error_summary, questions
from web.forms.reading import change_entries
from web.forms.submission import Submission, submit
from web.forms.summary import Row, said, summary, typed_rows

__all__ = [
    "Answered",
    "Beside",
    "Boxes",
    "Question",
    "Row",
    "Submission",
    "asked",
    "change_entries",
    "error_summary",
    "fill",
    "questions",
    "said",
    "submit",
    "summary",
    "typed_rows",
]
