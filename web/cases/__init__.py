"""Cases: finding one, all that became of it, and what is done with it as a whole."""

from web.cases import acting, case, correcting, files, printing, turning, views
from web.cases.blueprint import bp

__all__ = ["acting", "bp", "case", "correcting", "files", "printing", "turning", "views"]
