"""Signing in and out."""

from web.sign_in.views import bp

__all__ = ["bp"]
