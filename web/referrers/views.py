"""What a referrer sees: an open page to tell of a worry, and what became of it."""

from flask import Blueprint

bp = Blueprint("referrers", __name__, template_folder="templates")
