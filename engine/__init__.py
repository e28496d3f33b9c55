"""Frontdoor's engine: procedures in, steps, deadlines and decisions out."""
