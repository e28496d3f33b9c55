"""The blueprint of the worklist's pages, with the words that they alone use."""

from flask import Blueprint

from web.worklist.words import short

bp = Blueprint("worklist", __name__, template_folder="templates")
bp.add_app_template_filter(short, "short_time")
