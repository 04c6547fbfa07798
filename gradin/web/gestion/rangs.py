"""« Liste d’appel » as the agent prepares it: the table, one rank with its sources, the equals to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.documents.tableur import write_xlsx
from gradin.live.ecriture import by_writer
from gradin.operations.preparation.listes import confirm_ex_aequo
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.classement import find_classement
from gradin.queries.listes import COLONNES
from gradin.queries.rangs.lignes import (
    FiltreRangs,
    LigneRang,
    find_version,
    last_version,
    read_lignes,
    read_table,
    read_version,
)
from gradin.queries.rangs.sources import SourceChiffre, read_rang
from gradin.queries.regie.propositions import list_propositions
from gradin.web.compte.dessin import draw_classement
from gradin.web.gestion.acces import watch_reading
from gradin.web.public import requete
from gradin.web.regie.acces import Entree, enter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOTS = {
    "promotion": "Promotion",
    "rang_local": "Rang local",
    "effectif_local": "Effectif local",
    "semestres_valides": "Semestres validés",
    "surnombres_non_validants": "Surnombres non validants",
    "semestres_recherche": "Semestres de recherche",
    "anciennete": "Ancienneté",
    "promotion_theorique": "Promotion théorique",
    "effectif_theorique": "Effectif théorique",
    "rang_affiche": "Rang actualisé",
}
VUES = {
    "": "Tous",
    "sans_rang": "Rang local manquant",
    "ex_aequo": "Ex æquo",
    "compte": "Effectif compté",
    "corriges": "Corrigés sur la plateforme",
    "depuis": "Changés depuis le calcul",
    "bouge": "Rang changé depuis la version d’avant",
    "hors_choix": "Ne choisissent pas",
}
METHODES = {
    "tous": "Tous les rangs sont reportés",
    "decales": "Seuls les internes décalés sont reportés",
    "pourcentage": "Rang local ÷ effectif local",
}


@require_safe
def liste(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    if trop := watch_reading(request, entree.visiteur, "liste"):
        return trop
    filtre = filtre_of(request)
    lue = read_table(pk, filtre)
    if lue is None and filtre.version is not None:
        raise Http404
    contexte = {
        "table": lue,
        "page": lue.page if lue else None,
        "lignes": [say_ligne(ligne) for ligne in lue.page.object_list] if lue else [],
        "filtre": filtre,
        "vues": [(vue, mot, lue.comptes.get(vue, 0)) for vue, mot in VUES.items()] if lue else [],
        "methode": METHODES.get(lue.version.methode, "") if lue else "",
        "requete": request.GET.urlencode(),
        "base": requete.base(request),
        "onglet": "liste",
    }
    return show(request, entree, "gestion/liste_appel.html", contexte)


@require_safe
def exporter(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure of the version, in call order."""
    entree = enter(request, pk)
    if trop := watch_reading(request, entree.visiteur, "export", "export"):
        return trop
    row = find_version(pk, filtre_of(request).version)
    if row is None:
        raise Http404
    corps = ([str(_or_empty(ligne.chiffres.get(c))) for c in COLONNES] for ligne in read_lignes(row))
    reponse = HttpResponse(write_xlsx("Liste d’appel", COLONNES, corps), content_type=XLSX)
    reponse["Content-Disposition"] = f'attachment; filename="liste-{pk}-version-{row.version}.xlsx"'
    return reponse


@require_safe
def rang(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One rank: where its figures come from, then the very page that its interne reads."""
    entree = enter(request, pk)
    if trop := watch_reading(request, entree.visiteur, "rang"):
        return trop
    lu = read_rang(pk, place)
    if lu is None:
        raise Http404
    classement = find_classement(place)
    contexte = {
        "lu": lu,
        "sources": [{"mot": MOTS[s.champ], "source": s, "valeur": _shown(s)} for s in lu.sources],
        "dessin": draw_classement(classement) if classement else None,
        "onglet": "liste",
    }
    return show(request, entree, "gestion/rang.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def ex_aequo(request: HttpRequest, pk: int) -> HttpResponse:
    """Each group by name, ticked one by one; the list that was read is the one that is confirmed."""
    entree = enter(request, pk)
    row = last_version(pk)
    version = read_version(row) if row else None
    if request.method == "POST" and version is not None:
        cochees = set(request.POST.getlist("groupe"))
        if cochees != {str(n) for n in range(1, len(version.ex_aequo) + 1)}:
            messages.error(request, "Cochez chaque groupe après l’avoir lu, puis confirmez.")
        elif _confirm(request, entree, request.POST.get("empreinte", "")):
            return redirect("gestion-amphi-liste", pk)
    lignes = {ligne.ine: say_ligne(ligne) for ligne in read_lignes(row)} if row else {}
    groupes = [[lignes[ine] for ine in groupe if ine in lignes] for groupe in row.a_confirmer] if row else []
    contexte = {"version": version, "groupes": groupes, "onglet": "ex-aequo"}
    return show(request, entree, "gestion/ex_aequo.html", contexte)


def _confirm(request: HttpRequest, entree: Entree, empreinte: str) -> bool:
    try:
        by_writer(confirm_ex_aequo)(
            entree.row.pk, auteur=entree.visiteur.courriel, maintenant=requete.now(), vus=empreinte
        )
    except PreparationRefusee as refus:
        messages.error(request, str(refus))
        return False
    messages.success(request, "L’ordre des ex æquo est confirmé, à votre nom.")
    return True


def show(
    request: HttpRequest, entree: Entree, gabarit: str, contexte: Mapping[str, Any], statut: int = 200
) -> HttpResponse:
    """With what the head of the amphi's pages shows."""
    attendues = list_propositions(entree.row.pk, entree.visiteur.compte, entree.maintenant)
    commun = {
        "amphi": entree.row,
        "fuseau": entree.fuseau,
        "commence": entree.row.seq > 0,
        "corrections": [
            p for p in attendues if p.acte.get("type") == "corriger_liste" and "liste" not in p.acte
        ],
        "ici": "semestre",
    }
    return render(request, gabarit, {**commun, **contexte}, status=statut)


def filtre_of(request: HttpRequest) -> FiltreRangs:
    anciennete = request.GET.get("anciennete", "")
    return FiltreRangs(
        q=requete.read_words(request),
        voir=requete.read_words(request, "voir"),
        anciennete=requete.read_number(request, "anciennete", 0) if anciennete.isdigit() else None,
        version=requete.read_number(request, "version", 0) or None,
        page=requete.read_number(request, "page", 1),
    )


def say_ligne(ligne: LigneRang) -> dict[str, Any]:
    """One row, its remarks in words."""
    chiffres = ligne.chiffres
    affiche = str(chiffres.get("rang_affiche") or "").replace(".", ",")
    return {
        "lue": ligne,
        "c": chiffres,
        "affiche": affiche,
        "detail": _components(chiffres),
        "corriges": ", ".join(MOTS[champ].lower() for champ in sorted(ligne.corriges)),
        "depuis": ", ".join(MOTS[champ].lower() for champ in sorted(ligne.depuis)),
    }


def _components(chiffres: Mapping[str, Any]) -> str:
    """« 5 + 1 + 2 » when there is more than validated semesters to add."""
    noms = ("semestres_valides", "surnombres_non_validants", "semestres_recherche")
    parts = [chiffres.get(nom) or 0 for nom in noms]
    return " + ".join(str(part) for part in parts) if any(parts[1:]) else ""


def _shown(source: SourceChiffre) -> str:
    return str(_or_empty(source.valeur)) or "manquant"


def _or_empty(valeur: Any) -> Any:
    return "" if valeur is None else valeur
