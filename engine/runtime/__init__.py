"""Runs real cases: load, act, save and audit in the caller's transaction."""
