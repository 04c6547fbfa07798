"""« Reprise après papier »: the sheet entered line by line, rehearsed, then done by the ordinary acts."""

import secrets
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gradin.domain.amphi.appel import foreseen_order
from gradin.domain.amphi.papier import Issue, LignePapier
from gradin.domain.amphi.state import Etat
from gradin.domain.texte import fold
from gradin.live.ecriture import handle
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis.papier import enter_papier, preview_papier
from gradin.queries.etats import lire_etat
from gradin.queries.regie.personnes import people_of
from gradin.web.regie.acces import Entree, enter, to_console

LIGNES = 30
MAXIMUM = 200
ISSUES = {"a": Issue.ABSENT, "absent": Issue.ABSENT, "p": Issue.PASSE, "passe": Issue.PASSE}


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneSaisie:
    """One row of the form as typed. `refus`: None when nothing was judged; empty when it will be done."""

    rang: str
    nom: str = ""
    poste: str = ""
    heure: str = ""
    motif: str = ""
    refus: str | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def papier(request: HttpRequest, pk: int) -> HttpResponse:
    entree = enter(request, pk)
    if entree.row.seq == 0:
        raise Http404
    _, etat = lire_etat(pk)
    if request.method != "POST":
        return _show(request, entree, _foreseen(pk, etat))
    saisies = read_saisies(request, etat)
    lignes = tuple(ligne for _, ligne in saisies if ligne is not None)
    fausse = next((une for une, ligne in saisies if ligne is None), None)
    if fausse is not None or not lignes:
        messages.error(request, "Corrigez les lignes signalées." if fausse else "Aucune ligne n’est remplie.")
        return _show(request, entree, _named(pk, etat, [une for une, _ in saisies]) or _foreseen(pk, etat))
    if request.POST.get("acte") == "enregistrer":
        return _record(request, entree, etat, lignes)
    return _preview(request, entree, etat, lignes)


def read_saisies(request: HttpRequest, etat: Etat) -> list[tuple[LigneSaisie, LignePapier | None]]:
    """Rows whose poste is filled, in the order of the sheet; None beside one that cannot be read."""
    colonnes = [request.POST.getlist(nom)[:MAXIMUM] for nom in ("rang", "poste", "heure", "motif")]
    par_rang = {str(ligne.rang): numero for numero, ligne in etat.lignes.items()}
    lues: list[tuple[LigneSaisie, LignePapier | None]] = []
    for rang, poste, heure, motif in zip(*colonnes, strict=False):
        if not poste.strip():
            continue
        saisie = LigneSaisie(
            rang=rang.strip()[:6],
            poste=poste.strip()[:20],
            heure=heure.strip()[:20],
            motif=motif.strip()[:300],
        )
        numero = par_rang.get(saisie.rang)
        issue = ISSUES.get(fold(saisie.poste).strip(), Issue.CHOIX)
        if numero is None:
            refusee = LigneSaisie(
                rang=saisie.rang,
                poste=saisie.poste,
                heure=saisie.heure,
                motif=saisie.motif,
                refus="Ce rang n’est pas dans la liste.",
            )
            lues.append((refusee, None))
            continue
        ligne = LignePapier(
            interne=numero,
            issue=issue,
            poste=saisie.poste if issue is Issue.CHOIX else "",
            heure=saisie.heure,
            motif=saisie.motif,
        )
        lues.append((saisie, ligne))
    return lues


def _preview(
    request: HttpRequest, entree: Entree, etat: Etat, lignes: tuple[LignePapier, ...]
) -> HttpResponse:
    verdicts = preview_papier(entree.row.pk, lignes, entree.maintenant)
    saisies = [
        saisie
        for verdict in verdicts
        for saisie in (
            # Room for the line that is missing.
            *((LigneSaisie(rang=""),) if verdict.refus else ()),
            _typed(verdict.ligne, etat, verdict.refus),
        )
    ]
    bonnes = sum(1 for verdict in verdicts if verdict.refus == "")
    contexte = {"verifie": True, "bonnes": bonnes, "toutes": bonnes == len(verdicts)}
    return _show(request, entree, _named(entree.row.pk, etat, saisies), **contexte)


def _record(
    request: HttpRequest, entree: Entree, etat: Etat, lignes: tuple[LignePapier, ...]
) -> HttpResponse:
    reprise = enter_papier(
        entree.row.pk,
        lignes,
        entree.visiteur,
        maintenant=maintenant_ms,
        cle=request.POST.get("cle", "")[:80] or secrets.token_urlsafe(16),
        run=handle,
    )
    dites = f"{reprise.faites} lignes enregistrées. L’amphithéâtre reste en pause."
    if not reprise.refus:
        messages.success(request, dites)
        return to_console(entree.row.pk)
    messages.error(request, f"{dites} La suivante est refusée\u00a0: {reprise.refus}")
    reste = [_typed(ligne, etat, None) for ligne in lignes[reprise.faites :]]
    return _show(request, entree, _named(entree.row.pk, etat, reste))


def _typed(ligne: LignePapier, etat: Etat, refus: str | None) -> LigneSaisie:
    mots = {Issue.CHOIX: ligne.poste, Issue.PASSE: "passé", Issue.ABSENT: "absent"}
    return LigneSaisie(
        rang=str(etat.lignes[ligne.interne].rang),
        poste=mots[ligne.issue],
        heure=ligne.heure,
        motif=ligne.motif,
        refus=refus,
    )


def _foreseen(pk: int, etat: Etat) -> list[LigneSaisie]:
    """Who comes next, in order: the sheet usually follows it."""
    ordre = foreseen_order(etat)[:LIGNES]
    return _named(pk, etat, [LigneSaisie(rang=str(etat.lignes[numero].rang)) for numero in ordre])


def _named(pk: int, etat: Etat, saisies: list[LigneSaisie]) -> list[LigneSaisie]:
    personnes = people_of(pk)
    noms = {
        str(ligne.rang): personnes[numero].entier
        for numero, ligne in etat.lignes.items()
        if numero in personnes
    }
    return [
        LigneSaisie(
            rang=une.rang,
            nom=noms.get(une.rang, ""),
            poste=une.poste,
            heure=une.heure,
            motif=une.motif,
            refus=une.refus,
        )
        for une in saisies
    ]


def _show(request: HttpRequest, entree: Entree, saisies: list[LigneSaisie], **reste: object) -> HttpResponse:
    contexte = {
        "amphi": entree.row,
        "etat": str(lire_etat(entree.row.pk)[1].etat),
        "lignes": saisies,
        "cle": secrets.token_urlsafe(16),
        "socle": "regie/page.html",
        **reste,
    }
    return render(request, "regie/papier.html", contexte)
