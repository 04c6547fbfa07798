"""Who enters the régie, and the amphi he may run there."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gradin.live.temps import maintenant_ms
from gradin.operations.permissions import Interdit, check_can_run_amphi, check_is_agent
from gradin.queries.regie.pupitre import find_row
from gradin.queries.visiteurs import Visiteur, visiteur_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """`row` is what permissions judged; pages read queries. `maintenant`: ms UTC, read once."""

    visiteur: Visiteur
    row: Any
    maintenant: int

    @property
    def fuseau(self) -> str:
        return self.row.subdivision.fuseau


def enter(request: HttpRequest, pk: int) -> Entree:
    """Outside his scope the amphi does not exist for an agent; for anybody else it is forbidden."""
    visiteur, row = visiteur_of(request.user), find_row(pk)
    try:
        check_is_agent(visiteur)
        if row is None:
            raise Http404
        check_can_run_amphi(visiteur, row)
    except Interdit as interdit:
        if interdit.absent:
            raise Http404 from None
        raise PermissionDenied(interdit.message) from None
    return Entree(visiteur=visiteur, row=row, maintenant=maintenant_ms())


def enter_regie(request: HttpRequest) -> Visiteur:
    visiteur = visiteur_of(request.user)
    try:
        check_is_agent(visiteur)
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    return visiteur


def to_console(pk: int) -> HttpResponse:
    return redirect("regie-amphi", pk=pk)
