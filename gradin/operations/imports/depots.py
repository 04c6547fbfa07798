"""An import in the browser: received, read, confirmed, written; the same operations as the commands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from gradin.data.comptes.models import Role
from gradin.data.imports.models import Depot, EtatDepot, NatureImport
from gradin.operations.imports.anomalies import Anomalie, DonneesChangees, FichierRefuse
from gradin.operations.imports.apercu import write_apercu, write_erreurs
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.fichiers.lecture import check_taille
from gradin.operations.imports.import_internes import PreparationInternes, prepare_internes
from gradin.operations.imports.import_postes import PreparationPostes, prepare_postes
from gradin.operations.imports.salle import tell_salle
from gradin.operations.preparation.recalcul import recompute_provisoires
from gradin.queries.depots import EN_COURS, is_interrupted
from gradin.queries.visiteurs import Visiteur, visiteur_of

LECTURE, COMPARAISON = 1, 2


class DepotRefuse(Exception):
    """This step is not possible now: French, says what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def receive_depot(
    agent: Visiteur,
    *,
    nature: str,
    fichier: str,
    contenu: bytes,
    semestre: str,
    subdivision: str,
    creer_subdivision: bool,
    maintenant: datetime,
) -> int:
    """Keep the file until it is read; its size is judged at once."""
    try:
        check_taille(fichier, len(contenu))
    except FichierRefuse as refus:
        raise DepotRefuse(refus.anomalies[0].message.capitalize()) from None
    depot = Depot.objects.create(
        nature=NatureImport(nature),
        fichier=Path(fichier).name[:200],
        contenu=contenu,
        semestre=semestre[:7],
        subdivision=subdivision[:120],
        creer_subdivision=creer_subdivision,
        auteur_id=agent.compte,
        created_at=maintenant,
        travail_depuis=maintenant,
    )
    return int(depot.pk)


def read_depot(pk: int) -> None:
    """Read and compare, write nothing but what was found (slow: outside the requests)."""
    depot = Depot.objects.get(pk=pk)
    if depot.etat != EtatDepot.LECTURE:
        return
    _advance(pk, LECTURE)
    try:
        preparation = _prepare(depot)
    except FichierRefuse as refus:
        _settle(depot, EtatDepot.REFUSE, write_erreurs(refus.anomalies))
        return
    _settle(depot, EtatDepot.PRET, write_apercu(preparation.rapport))


def confirm_depot(pk: int, maintenant: datetime) -> None:
    """« Enregistrer »: from now on nobody confirms or abandons it a second time."""
    apercu = Depot.objects.values_list("apercu", flat=True).get(pk=pk)
    attente = tell_salle(apercu.get("crees", 0) + apercu.get("modifies", 0))
    if attente:
        raise DepotRefuse(attente)
    changes = Depot.objects.filter(pk=pk, etat=EtatDepot.PRET).update(
        etat=EtatDepot.ECRITURE, etape=0, travail_depuis=maintenant
    )
    if not changes:
        raise DepotRefuse("Cet import n’attend plus de confirmation. Relisez son état.")


def write_depot(pk: int, maintenant: datetime) -> None:
    """Compare again, and write only what was shown; then the file itself is forgotten."""
    depot = Depot.objects.get(pk=pk)
    if depot.etat != EtatDepot.ECRITURE:
        return
    _advance(pk, LECTURE)
    try:
        preparation = _prepare(depot)
        apercu = write_apercu(preparation.rapport)
        if apercu["empreinte"] != depot.apercu.get("empreinte"):
            _settle(depot, EtatDepot.PRET, {**apercu, "perime": True})
            return
        _advance(pk, COMPARAISON)
        _write(depot, preparation, maintenant)
        recompute_provisoires(depot.semestre, maintenant)
    except DonneesChangees:
        # Nothing was written: the same file is compared again with what stands now, and shown again.
        depot.refresh_from_db()
        _settle(depot, EtatDepot.PRET, {**write_apercu(_prepare(depot).rapport), "perime": True})
    except FichierRefuse as refus:
        _settle(depot, EtatDepot.REFUSE, write_erreurs(refus.anomalies))


def _write(depot: Depot, preparation: PreparationInternes | PreparationPostes, maintenant: datetime) -> None:
    """All or nothing; not at all when its author has taken the work up again meanwhile."""
    with transaction.atomic():
        if Depot.objects.select_for_update().get(pk=depot.pk).etat != EtatDepot.ECRITURE:
            return
        depot.retour = preparation.write()
        depot.applied_at = maintenant
        _settle(depot, EtatDepot.FAIT, depot.apercu)


def forget_works() -> None:
    """At the start of a process: on SQLite it is the only one, so that nobody works any more."""
    if connection.vendor == "sqlite":
        Depot.objects.filter(etat__in=EN_COURS).update(travail_depuis=None)


def resume_depot(pk: int, maintenant: datetime) -> bool:
    """« Reprendre »: an import is read again, an undoing did not happen. Whether there is a file to read."""
    with transaction.atomic():
        depot = Depot.objects.select_for_update().get(pk=pk)
        if not is_interrupted(depot, maintenant):
            raise DepotRefuse("Cet import n’est pas interrompu. Relisez son état.")
        depot.etat = EtatDepot.FAIT if depot.retour else EtatDepot.LECTURE
        depot.etape, depot.travail_depuis = 0, maintenant
        depot.save(update_fields=["etat", "etape", "travail_depuis"])
        return not depot.retour


def abandon_depot(pk: int) -> None:
    changes = Depot.objects.filter(pk=pk, etat__in=(EtatDepot.PRET, EtatDepot.LECTURE)).update(
        etat=EtatDepot.ABANDONNE, contenu=b"", apercu={}
    )
    if not changes:
        raise DepotRefuse("Cet import n’attend plus rien. Relisez son état.")


def fail_depot(pk: int) -> None:
    """The reader died: the file is refused in words, never left waiting."""
    anomalie = Anomalie(
        feuille="Fichier",
        message="la lecture s’est arrêtée avant la fin, sans rien enregistrer. Déposez-le de nouveau.",
    )
    Depot.objects.filter(pk=pk, etat__in=(EtatDepot.LECTURE, EtatDepot.ECRITURE)).update(
        etat=EtatDepot.REFUSE, contenu=b"", apercu=write_erreurs((anomalie,))
    )


def _prepare(depot: Depot) -> PreparationInternes | PreparationPostes:
    demande = _demande(depot)
    return prepare_internes(demande) if depot.nature == NatureImport.INTERNES else prepare_postes(demande)


def _demande(depot: Depot) -> DemandeImport:
    """An administrator may bring a new subdivision; an agent stays in his scope, as it is now."""
    auteur = visiteur_of(depot.auteur)
    administre = auteur.role == Role.ADMINISTRATEUR
    return DemandeImport(
        chemin=Path(depot.fichier),
        contenu=bytes(depot.contenu),
        semestre=depot.semestre,
        subdivision=depot.subdivision,
        portees=None if administre else auteur.portees,
        creer_subdivision=depot.creer_subdivision and administre,
    )


def _settle(depot: Depot, etat: EtatDepot, apercu: dict[str, object]) -> None:
    """Once nothing is left to do with the file, it is not kept."""
    depot.etat, depot.apercu = etat, apercu
    if etat != EtatDepot.PRET:
        depot.contenu = b""
    depot.save(update_fields=["etat", "apercu", "contenu", "retour", "applied_at"])


def _advance(pk: int, etape: int) -> None:
    Depot.objects.filter(pk=pk).update(etape=etape)
