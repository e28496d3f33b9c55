"""Mutants: procedures with one fault put in, to see whether checks, examples and scenarios see it.

python -m tools.mutants [AUTHORITY ...] [--diagrams] [--sample N] [--seed N]
"""
