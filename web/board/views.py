"""The deadlines board for managers."""

from flask import Blueprint

bp = Blueprint("board", __name__, template_folder="templates")
