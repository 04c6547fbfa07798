"""Opens the campaign of a year: one file a service, sent to its head, until the last day."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from gradin.data.agrements.models import Agrement, CampagneAgrement, DossierService, EtatAgrement
from gradin.data.referentiel.models import Service
from gradin.operations.agrements.delais import check_open, end_of
from gradin.operations.agrements.liens import issue_lien, revoke
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.agrements.trace import record
from gradin.operations.permissions_offre import check_can_hold_agrements
from gradin.queries.visiteurs import Visiteur

DATES = ("ouvre", "clot", "expire_avant")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampagneSaisie:
    subdivision: int
    annee: int
    ouvre: date
    clot: date
    expire_avant: date


@transaction.atomic
def open_campagne(saisie: CampagneSaisie, visiteur: Visiteur, maintenant: int) -> int:
    """With a file for each service that has an agrément. Raises AgrementRefuse, Interdit."""
    check_can_hold_agrements(visiteur, saisie.subdivision)
    _check_dates(saisie.ouvre, saisie.clot)
    if CampagneAgrement.objects.filter(subdivision=saisie.subdivision, annee=saisie.annee).exists():
        raise AgrementRefuse(
            "La campagne de cette année existe déjà. Changez plutôt ses dates.", champ="annee"
        )
    champs = asdict(saisie) | {"subdivision_id": saisie.subdivision}
    del champs["subdivision"]
    row = CampagneAgrement.objects.create(**champs, created_at=maintenant)
    record(saisie.subdivision, "campagne", visiteur.compte, maintenant, row, annee=saisie.annee)
    add_dossiers(row)
    return int(row.pk)


@transaction.atomic
def set_dates(
    pk: int, ouvre: date, clot: date, expire_avant: date, visiteur: Visiteur, maintenant: int
) -> None:
    """Links already sent last until the new last day. Raises AgrementRefuse, Interdit."""
    row = lock_campagne(pk)
    check_can_hold_agrements(visiteur, row.subdivision_id)
    _check_dates(ouvre, clot)
    avant = {nom: getattr(row, nom).isoformat() for nom in DATES}
    row.ouvre, row.clot, row.expire_avant = ouvre, clot, expire_avant
    row.save(update_fields=[*DATES])
    apres = {nom: getattr(row, nom).isoformat() for nom in DATES}
    for dossier in row.dossiers.all():
        dossier.liens.filter(revoked_at=None).update(expires_at=end_of(row))
    record(row.subdivision_id, "dates", visiteur.compte, maintenant, row, avant=avant, apres=apres)


def add_dossiers(row: CampagneAgrement) -> int:
    """One for each service of the subdivision whose agrément is not withdrawn; those there stay."""
    tenus = Agrement.objects.filter(subdivision=row.subdivision_id).exclude(etat=EtatAgrement.RETIRE)
    derniers = {un.service_id: un for un in tenus.select_related("service").order_by("au", "pk")}
    la = set(row.dossiers.values_list("service", flat=True))
    neufs = [
        DossierService(
            campagne=row, service=un.service, chef=un.chef or un.service.chef, courriel=un.courriel
        )
        for service, un in derniers.items()
        if service not in la
    ]
    DossierService.objects.bulk_create(neufs, batch_size=500)
    return len(neufs)


@transaction.atomic
def add_service(pk: int, imotep: str, courriel: str, visiteur: Visiteur, maintenant: int) -> None:
    """A service that has no agrément yet and will ask for its first."""
    row = lock_campagne(pk)
    check_can_hold_agrements(visiteur, row.subdivision_id)
    service = Service.objects.filter(imotep=imotep.strip()).first()
    if service is None:
        raise AgrementRefuse("Aucun service n’a ce code IMOTEP. Ajoutez-le d’abord aux référentiels.")
    _, neuf = DossierService.objects.get_or_create(
        campagne=row, service=service, defaults={"chef": service.chef, "courriel": courriel}
    )
    if not neuf:
        raise AgrementRefuse("Ce service a déjà son dossier.")
    record(row.subdivision_id, "dossier", visiteur.compte, maintenant, row, service=service.imotep)


@transaction.atomic
def send_dossiers(pk: int, visiteur: Visiteur, maintenant: int) -> int:
    """To each head who has not answered and whose address is known. How many. Raises AgrementRefuse."""
    row = lock_campagne(pk)
    check_can_hold_agrements(visiteur, row.subdivision_id)
    check_open(row, maintenant)
    attendus = row.dossiers.filter(checked_at=None, demandes=None).exclude(courriel="")
    envoyes = [
        issue_lien(dossier, maintenant) for dossier in attendus.select_related("service__etablissement")
    ]
    CampagneAgrement.objects.filter(pk=pk).update(sent_at=maintenant)
    record(row.subdivision_id, "envoi", visiteur.compte, maintenant, row, nombre=len(envoyes))
    return len(envoyes)


@transaction.atomic
def send_lien(dossier: int, courriel: str, visiteur: Visiteur, maintenant: int) -> str:
    """A new link to one head, at this address from now on; those before it open nothing. Its address."""
    row = lock_dossier(dossier)
    check_can_hold_agrements(visiteur, row.campagne.subdivision_id)
    check_open(row.campagne, maintenant)
    if courriel and courriel != row.courriel:
        row.courriel = courriel
        row.save(update_fields=["courriel"])
    adresse = issue_lien(row, maintenant)
    _record_lien(row, "lien", visiteur, maintenant)
    return adresse


@transaction.atomic
def revoke_liens(dossier: int, visiteur: Visiteur, maintenant: int) -> None:
    row = lock_dossier(dossier)
    check_can_hold_agrements(visiteur, row.campagne.subdivision_id)
    revoke(row.pk, maintenant)
    _record_lien(row, "lien_revoque", visiteur, maintenant)


def lock_campagne(pk: int) -> CampagneAgrement:
    CampagneAgrement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return CampagneAgrement.objects.select_related("subdivision").get(pk=pk)


def lock_dossier(pk: int) -> DossierService:
    """One writer at a time on one file."""
    DossierService.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return DossierService.objects.select_related("campagne__subdivision", "service__etablissement").get(pk=pk)


def _check_dates(ouvre: date, clot: date) -> None:
    if clot < ouvre:
        raise AgrementRefuse("Le dernier jour vient avant l’ouverture. Corrigez l’un des deux.", champ="clot")


def _record_lien(row: DossierService, acte: str, visiteur: Visiteur, maintenant: int) -> None:
    campagne = row.campagne
    record(campagne.subdivision_id, acte, visiteur.compte, maintenant, campagne, service=row.service.imotep)
