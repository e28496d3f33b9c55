"""Help, glossary and accessibility statement."""

from flask import Blueprint

bp = Blueprint("help", __name__, template_folder="templates")
