"""« Référentiels »: what every file names by a code, kept in one place; duplicates merged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations.permissions import Interdit, check_can_write_referentiels
from gradin.operations.referentiels.edition import save_ligne
from gradin.operations.referentiels.fusion import merge, preview_fusion, rename_fst
from gradin.operations.referentiels.tables import TABLES, ReferentielRefuse, TableReferentiel
from gradin.queries import referentiels as queries
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.gestion.corriger import now
from gradin.web.gestion.forms_referentiels import FstForm, FusionForm, LigneForm
from gradin.web.public import requete


@require_safe
def referentiels(request: HttpRequest) -> HttpResponse:
    _enter(request)
    comptes = queries.count_tables()
    tables = [(table.nom, table.titre, comptes[table.nom]) for table in TABLES.values()]
    contexte = {"tables": [*tables, ("fst", "FST et options", comptes["fst"])], "ici": "referentiels"}
    return render(request, "gestion/referentiels.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, nom: str) -> HttpResponse:
    """The rows found; POST adds one."""
    agent, une = _enter(request), _table(nom)
    formulaire = LigneForm(une.champs, request.POST or None)
    if request.method == "POST" and _may(agent, une, formulaire) and formulaire.is_valid():
        pk = _save(une, None, formulaire, agent)
        if pk is not None:
            messages.success(request, "C’est ajouté.")
            return redirect("gestion-referentiel", nom, pk)
    q = requete.read_words(request)
    contexte = {
        "table": une,
        "q": q,
        "page": queries.page_of(nom, q, max(1, requete.read_number(request, "page", 1))),
        "base": requete.base(request),
        "form": formulaire,
        "changements": queries.list_changements(nom),
        "ici": "referentiels",
    }
    return render(request, "gestion/referentiel_table.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def ligne(request: HttpRequest, nom: str, pk: int) -> HttpResponse:
    """One row: renamed here, or merged into another."""
    agent, une = _enter(request), _table(nom)
    lue = queries.find_ligne(nom, pk)
    if lue is None:
        raise Http404
    formulaire = LigneForm(une.champs, request.POST or None, initial=queries.values_of(nom, pk))
    valide = request.method == "POST" and _may(agent, une, formulaire) and formulaire.is_valid()
    if valide and _save(une, pk, formulaire, agent) is not None:
        messages.success(request, "C’est enregistré\u202f: les listes portent déjà ce nom.")
        return redirect("gestion-referentiel", nom, pk)
    return _show_ligne(request, une, lue, formulaire, FusionForm(queries.list_candidats(nom, lue)))


@require_POST
def fusionner(request: HttpRequest, nom: str, pk: int) -> HttpResponse:
    """First what would move; then, confirmed, the merge."""
    agent, une = _enter(request), _table(nom)
    lue = queries.find_ligne(nom, pk)
    if lue is None:
        raise Http404
    formulaire = FusionForm(queries.list_candidats(nom, lue), request.POST)
    if not (_may(agent, une, formulaire) and formulaire.is_valid()):
        initial = LigneForm(une.champs, initial=queries.values_of(nom, pk))
        return _show_ligne(request, une, lue, initial, formulaire)
    cible = formulaire.cleaned_data["cible"]
    if "confirme" not in request.POST:
        apercu = preview_fusion(nom, pk, cible)
        contexte = {"table": une, "pk": pk, "cible": cible, "apercu": apercu, "ici": "referentiels"}
        return render(request, "gestion/fusion.html", contexte)
    try:
        by_writer(merge)(nom, pk, cible, auteur=agent.courriel, maintenant=now())
    except ReferentielRefuse as refus:
        messages.error(request, refus.message)
        return redirect("gestion-referentiel", nom, pk)
    messages.success(request, "Les deux n’en font plus qu’un.")
    return redirect("gestion-referentiel", nom, cible)


@require_http_methods(["GET", "HEAD", "POST"])
def fst(request: HttpRequest) -> HttpResponse:
    """FST and options are names in the rosters: one is renamed, or takes the name of another."""
    agent = _enter(request)
    valeur = request.GET.get("valeur", "")[:120]
    formulaire = FstForm(request.POST or None, initial={"nouveau": valeur})
    q = requete.read_words(request)
    lignes = queries.list_fst(q)
    choisie = next((une for une in queries.list_fst("") if une.nom == valeur), None)
    if request.method == "POST" and choisie is not None and not choisie.nationale and formulaire.is_valid():
        nouveau = formulaire.cleaned_data["nouveau"]
        try:
            nombre = by_writer(rename_fst)(valeur, nouveau, auteur=agent.courriel, maintenant=now())
        except ReferentielRefuse as refus:
            formulaire.add_error(refus.champ or None, refus.message)
        else:
            messages.success(request, f"«\u00a0{nouveau}\u00a0» remplace «\u00a0{valeur}\u00a0» ({nombre}).")
            return redirect("gestion-fst")
    contexte = {
        "lignes": lignes,
        "q": q,
        "choisie": choisie,
        "form": formulaire,
        "noms": [une.nom for une in queries.list_fst("")],
        "changements": queries.list_changements("fst"),
        "ici": "referentiels",
    }
    return render(request, "gestion/fst.html", contexte)


def _enter(request: HttpRequest) -> Visiteur:
    agent = enter_gestion(request)
    try:
        check_can_write_referentiels(agent)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return agent


def _table(nom: str) -> TableReferentiel:
    if nom not in TABLES:
        raise Http404
    return TABLES[nom]


def _may(agent: Visiteur, une: TableReferentiel, formulaire: Any) -> bool:
    """Subdivisions are the frame of everybody's scope: an administrator's."""
    if une.administree and agent.role != "administrateur":
        formulaire.full_clean()
        formulaire.add_error(None, "Les subdivisions se changent avec un compte d’administrateur.")
        return False
    return True


def _save(une: TableReferentiel, pk: int | None, formulaire: LigneForm, agent: Visiteur) -> int | None:
    try:
        return by_writer(save_ligne)(une.nom, pk, formulaire.read(), auteur=agent.courriel, maintenant=now())
    except ReferentielRefuse as refus:
        formulaire.add_error(refus.champ if refus.champ in formulaire.fields else None, refus.message)
        return None


def _show_ligne(
    request: HttpRequest,
    une: TableReferentiel,
    lue: queries.LigneReferentiel,
    formulaire: LigneForm,
    fusion: FusionForm,
) -> HttpResponse:
    contexte = {"table": une, "ligne": lue, "form": formulaire, "fusion": fusion, "ici": "referentiels"}
    return render(request, "gestion/referentiel.html", contexte)
