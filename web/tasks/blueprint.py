"""The blueprint that the pages of user tasks belong to."""

from flask import Blueprint

bp = Blueprint("tasks", __name__, template_folder="templates")
