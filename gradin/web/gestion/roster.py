"""« Internes » and « Postes »: tables of thousands of rows, filtered, sorted, exported, added to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.documents.tableur import write_xlsx
from gradin.live.ecriture import by_writer
from gradin.operations.imports.agrements_postes import MOTIF
from gradin.operations.roster.verrous import CorrectionRefusee
from gradin.queries.agrements.validite import semestre_uses_agrements
from gradin.queries.depots import choix_semestres
from gradin.queries.roster.page import Filtre, read_filtre
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, watch_reading
from gradin.web.gestion.forms_roster import Cellules
from gradin.web.gestion.registre import Registre, word_of
from gradin.web.public import requete

REGIMES_COURTS = {
    "Phase socle": "Socle",
    "Phase d’approfondissement": "Approfondissement",
    "Phase de consolidation": "Consolidation",
    "Ancien régime/Phase approfondissement": "AR/Appro.",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# The table whose readings are counted: postes are public.
PERSONNES = "internes"


@require_safe
def table(request: HttpRequest, registre: Registre) -> HttpResponse:
    agent = enter_gestion(request)
    if registre.cle == PERSONNES and (trop := watch_reading(request, agent, "table")):
        return trop
    filtre = filtre_of(request, registre)
    page = registre.page(agent, filtre)
    cles = [getattr(ligne, "inscription", ligne.pk) for ligne in page.object_list]
    verrous = registre.verrous(cles)
    contexte = {
        "registre": registre,
        "filtre": filtre,
        "choix": registre.choix(agent, filtre),
        "semestres": choix_semestres(),
        "page": page,
        "lignes": [
            {"lue": ligne, "cle": cle, "verrou": verrous.get(cle), "cellules": cells_of(registre, ligne)}
            for ligne, cle in zip(page.object_list, cles, strict=True)
        ],
        "colonnes": requete.columns(request, filtre.tri, registre.colonnes),
        "en_lot": [(champ, word_of(registre, champ)) for champ in _lot_of(registre, filtre.semestre)],
        "base": requete.base(request),
        "requete": request.GET.urlencode(),
        "ici": registre.cle,
    }
    return render(request, "gestion/table.html", contexte)


@require_safe
def exporter(request: HttpRequest, registre: Registre) -> HttpResponse:
    """Every row of the filter, with the columns of the import: what is exported can be brought back."""
    agent = enter_gestion(request)
    if registre.cle == PERSONNES and (trop := watch_reading(request, agent, "export", "export")):
        return trop
    filtre = filtre_of(request, registre)
    lues = registre.export(agent, filtre)
    entetes = {**registre.saisies, **({"etat": "État", "motif": "Motif"} if registre.cle == "postes" else {})}
    lignes = ([ligne[champ] for champ in entetes] for ligne in lues)
    reponse = HttpResponse(write_xlsx(registre.cle, list(entetes.values()), lignes), content_type=XLSX)
    reponse["Content-Disposition"] = f'attachment; filename="{registre.cle}-{filtre.semestre}.xlsx"'
    return reponse


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, registre: Registre) -> HttpResponse:
    """One more row: a file of one line, read and written by the import itself."""
    agent = enter_gestion(request)
    semestre = filtre_of(request, registre).semestre
    formulaire = Cellules(
        registre,
        asked_for(registre, semestre),
        registre.options(agent),
        request.POST or None,
        initial=_defaults(agent, registre),
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            by_writer(registre.ajouter)(formulaire.read(), request.POST.get("semestre", semestre)[:7], agent)
        except CorrectionRefusee as refus:
            tell_refus(formulaire, refus)
        else:
            messages.success(request, f"C’est ajouté au semestre {semestre}.")
            return redirect(f"{registre.adresse}?semestre={semestre}")
    contexte = {
        "registre": registre,
        "form": formulaire,
        "semestre": semestre,
        "titre": f"Ajouter un {registre.un}",
        "ici": registre.cle,
    }
    return render(request, "gestion/saisie.html", contexte)


def asked_for(registre: Registre, semestre: str) -> list[str]:
    """Every column, but the motive that only the agréments of a campaign ask for."""
    sans = {MOTIF} if registre.cle == "postes" and not semestre_uses_agrements(semestre) else set()
    return [champ for champ in registre.saisies if champ not in sans]


def _lot_of(registre: Registre, semestre: str) -> list[str]:
    """What is corrected for many at once: what the semestre asks for, and what no file holds."""
    demandes = asked_for(registre, semestre)
    return [champ for champ in registre.en_lot if champ in demandes or champ not in registre.saisies]


def filtre_of(request: HttpRequest, registre: Registre) -> Filtre:
    """The filter of the address; the latest semestre when it names none."""
    connus = choix_semestres()
    demande = request.GET.get("semestre", "")
    semestre = demande if any(code == demande for code, _ in connus) else (connus[0][0] if connus else "")
    lu = read_filtre(dict(request.GET.lists()), semestre, registre.criteres)
    return replace(lu, page=max(1, requete.read_number(request, "page", 1)))


def cells_of(registre: Registre, ligne: Any) -> list[dict[str, str | bool]]:
    """The columns of the table for one row: what is shown, and its whole words when it is shortened."""
    champs: dict[str, str] = ligne.champs
    return [
        {
            "champ": champ,
            "mot": mot,
            "valeur": champs.get(champ, ""),
            "court": _short(champ, champs.get(champ, "")),
            "fixe": champ in registre.fixes,
            "modifie": champ in ligne.modifies,
        }
        for champ, mot in registre.colonnes[1:]
    ]


def tell_refus(formulaire: Cellules, refus: CorrectionRefusee) -> None:
    formulaire.add_error(refus.champ if refus.champ in formulaire.fields else None, refus.message)


def _short(champ: str, valeur: str) -> str:
    """A table shows the code of a groupe or DES, and « Socle » for « Phase socle »."""
    if champ in ("groupe", "des"):
        return valeur.partition(" - ")[0]
    if champ in ("phase", "regime"):
        return REGIMES_COURTS.get(valeur, valeur)
    return valeur


def _defaults(agent: Visiteur, registre: Registre) -> dict[str, str]:
    subdivisions = registre.options(agent)["subdivision"]
    communs = {"subdivision": subdivisions[0][0] if len(subdivisions) == 1 else ""}
    if registre.cle == "postes":
        return {**communs, "type_poste": "Hospitalier", "reserve": "Non"}
    return {**communs, "formation": "Médecin", "type_choix": "Classique", "absence_prevue": "Non"}
