"""Correct one field without leaving the table, or every field of a row on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.permissions import Interdit, check_can_manage_interne, check_can_manage_poste
from gradin.operations.roster.internes import BilanLot, correct_interne
from gradin.operations.roster.postes import correct_poste
from gradin.operations.roster.verrous import CorrectionRefusee
from gradin.queries.roster import internes, postes
from gradin.queries.roster.page import Filtre, read_filtre
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.gestion.forms_roster import Cellules
from gradin.web.gestion.registre import Registre, word_of
from gradin.web.gestion.roster import asked_for, cells_of, tell_refus
from gradin.web.gestion.suivi_listes import follow_lists
from gradin.web.public.requete import FRAGMENT

MONTRES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Objet:
    """The row being corrected. `cle`: what operations name it by; `adresse`: its own page."""

    cle: int
    nom: str
    champs: Mapping[str, str]
    semestre: str
    lue: Any
    adresse: str


@require_http_methods(["GET", "HEAD", "POST"])
def champ(request: HttpRequest, pk: int, champ: str, registre: Registre) -> HttpResponse:
    """One field: a fragment for the table's module, a page of its own without JavaScript."""
    agent = enter_gestion(request)
    objet = own(request, agent, registre, pk)
    demandes = asked_fields(registre, champ)
    formulaire = Cellules(
        registre, demandes, registre.options(agent), request.POST or None, initial=dict(objet.champs)
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            bilan = by_writer(correct)(registre, objet, formulaire.read(), agent)
        except CorrectionRefusee as refus:
            tell_refus(formulaire, refus)
            return _show_field(request, registre, objet, champ, formulaire, lien=refus.lien)
        recalculees = follow_lists(bilan.lieux, now())
        if request.headers.get(FRAGMENT):
            return _show_cell(request, agent, registre, pk, champ)
        tell(request, registre, bilan, recalculees)
        return redirect(f"{registre.adresse}?{query_of(request)}")
    return _show_field(request, registre, objet, champ, formulaire)


@require_http_methods(["GET", "HEAD", "POST"])
def tout(request: HttpRequest, pk: int, registre: Registre) -> HttpResponse:
    """Every field of one row, with its history: where a finding of the pre-flight leads."""
    agent = enter_gestion(request)
    objet = own(request, agent, registre, pk)
    noms = [nom for nom in asked_for(registre, objet.semestre) if nom not in registre.fixes]
    noms += ["etat", "motif"] if registre.cle == "postes" else []
    formulaire = Cellules(
        registre, noms, registre.options(agent), request.POST or None, initial=dict(objet.champs)
    )
    if request.method == "POST" and formulaire.is_valid():
        lus = formulaire.read()
        changes = {nom: lu for nom, lu in lus.items() if lu != objet.champs.get(nom, "")}
        try:
            bilan = by_writer(correct)(registre, objet, changes, agent) if changes else None
        except CorrectionRefusee as refus:
            tell_refus(formulaire, refus)
            return _show_all(request, registre, objet, formulaire, refus.lien)
        if bilan is not None:
            tell(request, registre, bilan, follow_lists(bilan.lieux, now()))
        else:
            messages.info(request, "Rien n’a changé.")
        return redirect(request.get_full_path())
    verrou = registre.verrous([objet.cle]).get(objet.cle)
    return _show_all(request, registre, objet, formulaire, verrou.lien if verrou else "")


def correct(registre: Registre, objet: Objet, champs: Mapping[str, str], agent: Visiteur) -> BilanLot:
    if registre.cle == "internes":
        return correct_interne(objet.cle, champs, agent, maintenant=now())
    motif = champs.get("motif", "")
    colonnes = {nom: valeur for nom, valeur in champs.items() if nom != "motif"}
    if set(champs) == {"motif"}:
        colonnes["etat"] = objet.champs["etat"]
    return correct_poste(objet.cle, colonnes, agent, maintenant=now(), motif=motif or objet.champs["motif"])


def tell(request: HttpRequest, registre: Registre, bilan: BilanLot, recalculees: int) -> None:
    """What was done, what was not and where to do it. `recalculees`: provisional lists that followed."""
    s = "s" if bilan.changes > 1 else ""
    if bilan.changes:
        messages.success(request, f"{bilan.changes} {registre.un}{s} corrigé{s}.")
        if recalculees:
            listes = count_mots(recalculees, "liste d’appel provisoire", "listes d’appel provisoires")
            messages.info(request, f"{listes} recalculée{'s' if recalculees > 1 else ''} aussitôt.")
    elif bilan.identiques:
        messages.info(request, "C’était déjà ainsi\u00a0: rien n’a changé.")
    if bilan.refuses:
        noms = ", ".join(bilan.refuses[:MONTRES]) + ("…" if len(bilan.refuses) > MONTRES else "")
        messages.warning(
            request,
            f"{len(bilan.refuses)} non corrigés (amphi commencé, ou poste pourvu)\u00a0: {noms}. "
            "Ouvrez la régie de leur amphi.",
        )
    for verrou in bilan.publies:
        messages.warning(
            request,
            f"La liste d’appel publiée de «\u00a0{verrou.intitule}\u00a0» ne change pas d’elle-même. "
            "Si un rang est touché, calculez-la et publiez-la de nouveau avec un motif, depuis l’amphi.",
        )


def own(request: HttpRequest, agent: Visiteur, registre: Registre, pk: int) -> Objet:
    """The row, when it is of the agent's scope; else it does not exist for him."""
    try:
        return _interne(request, agent, pk) if registre.cle == "internes" else _poste(agent, pk)
    except Interdit as interdit:
        raise refuse(interdit) from None


def asked_fields(registre: Registre, nom: str) -> list[str]:
    """Closing a poste says why."""
    connus = {*registre.saisies, *registre.en_lot} - registre.fixes
    if nom not in connus:
        raise Http404
    return ["etat", "motif"] if nom == "etat" else [nom]


def now() -> datetime:
    return datetime.fromtimestamp(maintenant_ms() / 1000, UTC)


def _interne(request: HttpRequest, agent: Visiteur, pk: int) -> Objet:
    check_can_manage_interne(agent, pk)
    semestre = request.GET.get("semestre", "") or internes.semestre_of(pk)
    lu = internes.read_interne(pk, semestre)
    if (
        lu is None
        or not internes.find_inscriptions(agent, Filtre(semestre=semestre)).filter(interne=pk).exists()
    ):
        raise Http404
    return Objet(
        cle=lu.inscription,
        nom=lu.nom,
        champs=lu.champs,
        semestre=semestre,
        lue=lu,
        adresse=f"/gestion/internes/{pk}/",
    )


def _poste(agent: Visiteur, pk: int) -> Objet:
    check_can_manage_poste(agent, postes.find_row(pk))
    lu = postes.read_poste(pk)
    assert lu is not None
    etat = "ferme" if lu.etat == "retire" else "ouvert"
    return Objet(
        cle=pk,
        nom=f"n° {lu.numero}, {lu.champs['service']}",
        champs={**lu.champs, "etat": etat, "motif": lu.motif},
        semestre=postes.semestre_of(pk),
        lue=lu,
        adresse=f"/gestion/postes/{pk}/",
    )


def filtre_of(request: HttpRequest, registre: Registre) -> Filtre:
    lues = parse_qs(query_of(request))
    return read_filtre(lues, request.POST.get("semestre", "")[:7], registre.criteres)


def query_of(request: HttpRequest) -> str:
    """The query string of the table one came from: an address of this site, whatever it holds."""
    return (
        (request.POST.get("retour") or request.GET.get("retour") or "")
        .replace("\n", "")
        .replace("\r", "")[:2000]
    )


def _show_field(
    request: HttpRequest, registre: Registre, objet: Objet, champ: str, formulaire: Cellules, lien: str = ""
) -> HttpResponse:
    contexte = {
        "registre": registre,
        "objet": objet,
        "champ": champ,
        "mot": word_of(registre, champ),
        "form": formulaire,
        "lien": lien,
        "retour": query_of(request),
        "ici": registre.cle,
    }
    fragment = bool(request.headers.get(FRAGMENT))
    return render(request, "gestion/_champ.html" if fragment else "gestion/champ.html", contexte)


def _show_cell(
    request: HttpRequest, agent: Visiteur, registre: Registre, pk: int, champ: str
) -> HttpResponse:
    objet = own(request, agent, registre, pk)
    cellule = next(c for c in cells_of(registre, objet.lue) if c["champ"] == champ)
    contexte = {
        "c": cellule,
        "ligne": {"lue": objet.lue},
        "registre": registre,
        "requete": query_of(request),
        "semestre": objet.semestre,
    }
    return render(request, "gestion/_cellule.html", contexte)


def _show_all(
    request: HttpRequest, registre: Registre, objet: Objet, formulaire: Cellules, lien: str
) -> HttpResponse:
    contexte = {
        "registre": registre,
        "objet": objet,
        "form": formulaire,
        "semestre": objet.semestre,
        "titre": objet.nom,
        "verrou": registre.verrous([objet.cle]).get(objet.cle),
        "lien": lien,
        "historique": postes.historique_of(objet.cle) if registre.cle == "postes" else (),
        "ici": registre.cle,
    }
    return render(request, "gestion/saisie.html", contexte)
