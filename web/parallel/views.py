"""One referral through several procedures: what they do."""

from flask import Blueprint

bp = Blueprint("parallel", __name__, template_folder="templates")
