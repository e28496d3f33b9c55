"""Procedures side by side: what they say."""

from flask import Blueprint

bp = Blueprint("compare", __name__, template_folder="templates")
