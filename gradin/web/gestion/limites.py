"""« Sessions » of one amphi: the limits of each moved by hand, a line emptied to join it to the next one."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.sessions import Session
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.preparation.limites import local_sessions, move_limits
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.web.compte.champs import Saisie
from gradin.web.gestion.saisies_publications import HeureSaisie, JourSaisi
from gradin.web.regie.acces import enter

EN_PLUS = 2
PLAFOND = 200


class LigneSession(Saisie):
    """One session; nothing in it, no session."""

    rang_a = forms.IntegerField(
        label="Dernier rang",
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "saisie saisie--court", "inputmode": "numeric"}),
    )
    jour = JourSaisi(label="Jour", required=False)
    debut = HeureSaisie(label="Début")
    fin = HeureSaisie(label="Fin")

    def clean(self) -> dict[str, object]:
        lus = super().clean() or {}
        if any(lus.values()) and not all(lus.values()) and not self.errors:
            raise forms.ValidationError("Remplissez la ligne entière, ou videz-la.")
        return lus


Lignes = forms.formset_factory(LigneSession, extra=EN_PLUS, max_num=PLAFOND, absolute_max=PLAFOND)


@require_http_methods(["GET", "HEAD", "POST"])
def limites(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    row = entree.row
    actuelles = local_sessions(row)
    lignes = Lignes(request.POST or None, initial=[_initial(session) for session in actuelles])
    refus = ""
    if request.method == "POST" and lignes.is_valid():
        try:
            by_writer(move_limits)(
                pk, read_sessions(lignes), auteur=entree.visiteur.compte, maintenant=maintenant_ms()
            )
        except PreparationRefusee as erreur:
            refus = erreur.message
        else:
            messages.success(request, "Les sessions sont déplacées\u202f: pages et agendas les suivent.")
            return redirect("gestion-amphi-sessions", pk)
    contexte = {
        "amphi": row,
        "lignes": lignes,
        "refus": refus,
        "fuseau": entree.fuseau,
        "titre": "Sessions",
        "onglet": "sessions",
        "internes": row.places.count(),
        "ici": "semestre",
    }
    return render(request, "gestion/sessions.html", contexte, status=409 if refus else 200)


def read_sessions(lignes: forms.BaseFormSet) -> tuple[Session, ...]:
    """Those written, in order; each begins where the one before ends."""
    sessions: list[Session] = []
    for lu in (ligne.cleaned_data for ligne in lignes if ligne.cleaned_data.get("rang_a")):
        sessions.append(
            Session(
                numero=len(sessions) + 1,
                debut=datetime.combine(lu["jour"], lu["debut"]),
                fin=datetime.combine(lu["jour"], lu["fin"]),
                rang_de=sessions[-1].rang_a + 1 if sessions else 1,
                rang_a=lu["rang_a"],
            )
        )
    return tuple(sessions)


def _initial(session: Session) -> dict[str, object]:
    return {
        "rang_a": session.rang_a,
        "jour": session.debut.date(),
        "debut": session.debut.time(),
        "fin": session.fin.time(),
    }
