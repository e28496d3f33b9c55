"""A contact comes in: the child is found first, then the case starts."""

from flask import Blueprint

bp = Blueprint("intake", __name__, template_folder="templates")
