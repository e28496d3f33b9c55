"""Which cases hold a search term: queries that walk the index, for whoever lists or finds."""

from collections.abc import Collection, Iterable
from functools import reduce
from typing import Any

from sqlalchemy import Select, intersect, select, union

from engine import search_terms
from engine.store.tables import SearchTerm

Found = Select[int, int | None]
"""Rows of the ids of cases, each with the place of the child whom the term is about."""


def having(kind: str, terms: Collection[str], authorities: Collection[str]) -> Found:
    """Cases that hold one of the terms."""
    return _of(kind, authorities).where(SearchTerm.term.in_(sorted(terms)))


def beginning(kind: str, prefix: str, authorities: Collection[str]) -> Found:
    """Cases with a term that begins so."""
    end = search_terms.after(prefix)
    query = _of(kind, authorities).where(SearchTerm.term >= prefix)
    return query if end is None else query.where(SearchTerm.term < end)


def newest(kind: str, terms: Collection[str], authorities: Collection[str], *, most: int) -> Any:
    """The newest cases that hold one of the terms, so many of each: read off the index's end."""
    each = (
        having(kind, [term], authorities).order_by(SearchTerm.case_id.desc()).limit(most)
        for term in sorted(terms)
    )
    return any_of([select(query.subquery()) for query in each] or [having(kind, (), authorities)])


def any_of(queries: Iterable[Found]) -> Any:
    """What one of the queries finds."""
    return _combined(union, list(queries))


def all_of(queries: Iterable[Found]) -> Any:
    """What all of the queries find, of one and the same child."""
    return _combined(intersect, list(queries))


def cases_of_all(queries: Iterable[Any]) -> Any:
    """The cases that all of the queries find, whichever child they are about, as a subquery."""
    cases = [select(query.subquery().c.case_id) for query in queries]
    return _combined(intersect, cases).subquery()


def named(name: str, authorities: Collection[str], *, sounding: bool = False) -> list[Any]:
    """Queries that together find a child by the beginnings of all words, in whatever order.

    With `sounding`, a word is also found by another that sounds alike.
    """
    queries = []
    for word in search_terms.name_words(name):
        ways = [beginning(search_terms.NAME, word, authorities)]
        heard = search_terms.sounds(word) if sounding else ()
        if heard:
            ways.append(having(search_terms.SOUND, heard, authorities))
        queries.append(any_of(ways))
    return queries


def _of(kind: str, authorities: Collection[str]) -> Found:
    found = select(SearchTerm.case_id, SearchTerm.child)
    return found.where(SearchTerm.kind == kind, SearchTerm.authority.in_(sorted(authorities)))


def _combined(how: Any, queries: list[Any]) -> Any:
    """The queries as one; each pair is a query of its own, for databases differ on brackets."""
    return reduce(lambda one, other: select(how(one, other).subquery()), queries)
