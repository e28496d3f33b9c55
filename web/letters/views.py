"""Letters and e-mails of cases: read, printed, tried again."""

from flask import Blueprint

bp = Blueprint("letters", __name__, template_folder="templates")
