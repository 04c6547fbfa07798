"""What the procès-verbal of an amphi says: the state of its journal when it is asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Place, Statut
from gradin.documents.proces_verbal import LigneActe, LigneListe, ProcesVerbal
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.recus import say_instant
from gradin.queries.regie.journal import LigneLue, read_journal
from gradin.queries.regie.personnes import people_of


def read_proces_verbal(amphi: int, maintenant: int) -> ProcesVerbal:
    """Up to the line that is the last one now; `maintenant` dates the document (ms UTC)."""
    row = Amphi.objects.select_related("subdivision", "semestre").get(pk=amphi)
    fuseau = row.subdivision.fuseau
    liste = _liste(row, fuseau)
    places = Place.objects.filter(amphi=row, numero__isnull=False).values_list("numero", "rang")
    rangs = {numero: rang for numero, rang in places if numero is not None and rang is not None}
    # The amphi may go on while this is read: what follows the head is left out.
    toutes = read_journal(amphi, rangs, people_of(amphi), row.seq + 1_000)
    lignes = tuple(ligne for ligne in toutes if ligne.n <= row.seq)
    return ProcesVerbal(
        emetteur=f"Agence régionale de santé, {row.subdivision.nom}",
        intitule=row.intitule,
        semestre=parse_semestre(row.semestre.code).libelle,
        resume=_resume(row, liste, lignes, fuseau),
        seq=row.seq,
        tete=row.empreinte,
        clos=row.etat == EtatAmphi.CLOS,
        date=datetime.fromtimestamp(maintenant / 1000, ZoneInfo(fuseau)).date(),
        liste=liste,
        actes=tuple(_acte(ligne, fuseau) for ligne in reversed(lignes) if ligne.is_acte),
    )


def _resume(
    row: Amphi, liste: tuple[LigneListe, ...], lignes: tuple[LigneLue, ...], fuseau: str
) -> tuple[tuple[str, str], ...]:
    choisis = sum(1 for une in liste if une.poste)
    return (
        ("Internes", str(len(liste))),
        ("Postes offerts", str(row.postes.count())),
        ("Choix", str(choisis)),
        ("Sans poste", str(len(liste) - choisis)),
        ("Premier fait", say_instant(lignes[-1].a, fuseau) if lignes else ""),
        ("Dernier fait", say_instant(lignes[0].a, fuseau) if lignes else ""),
    )


def _liste(row: Amphi, fuseau: str) -> tuple[LigneListe, ...]:
    rows = Affectation.objects.filter(amphi=row, annulee=False, n__lte=row.seq).select_related(
        "poste__service__etablissement"
    )
    tenus = {une.interne_id: une for une in rows}
    places = Place.objects.filter(amphi=row).select_related("inscription__interne").order_by("rang", "pk")
    return tuple(_ligne(place, tenus.get(place.inscription.interne_id), fuseau) for place in places)


def _ligne(place: Place, tenu: Affectation | None, fuseau: str) -> LigneListe:
    at = datetime.fromtimestamp(tenu.chosen_at / 1000, ZoneInfo(fuseau)) if tenu else None
    return LigneListe(
        rang=str(place.rang or "–"),
        nom=str(place.inscription.interne),
        statut=Statut(place.statut).label,
        poste=tenu.poste.numero if tenu else "",
        service=f"{tenu.poste.service.etablissement.nom}, {tenu.poste.service.nom}" if tenu else "",
        heure=f"{at.hour} h {at.minute:02d}" if at else "",
        n=str(tenu.n or "") if tenu else "",
    )


def _acte(ligne: LigneLue, fuseau: str) -> LigneActe:
    return LigneActe(
        n=ligne.n,
        instant=say_instant(ligne.a, fuseau),
        acte=f"{ligne.fort}{ligne.texte}",
        motif=ligne.motif,
        auteur=ligne.auteur,
    )
