"""The rows of an agent's scope, whatever the table that has a subdivision and a groupe."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from gradin.queries.visiteurs import Visiteur


def scope_of(agent: Visiteur) -> Q:
    """As `permissions` judges one row; nothing without a scope."""
    parts: Iterable[Q] = (
        Q(subdivision=subdivision) if groupe is None else Q(subdivision=subdivision, groupe=groupe)
        for subdivision, groupe in agent.portees
    )
    return reduce(or_, parts, Q(pk__in=()))
