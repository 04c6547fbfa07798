"""Opens a campaign, sets the windows of its rounds; every act is a line of its trail."""

import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from gradin.data.appariement.models import (
    ActeAppariement,
    CampagneAppariement,
    LienResponsable,
    ModeCampagne,
    TourCampagne,
)
from gradin.data.referentiel.models import Semestre
from gradin.domain.appariement.calendrier import (
    REPETITION,
    Avis,
    Fenetres,
    find_desordre,
    is_running,
    propose_calendrier,
)
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.permissions_appariement import check_can_run_appariement, check_can_start_appariement
from gradin.queries.appariement.tours import NOMS, fenetres_of
from gradin.queries.visiteurs import Visiteur

MODES = tuple((str(un.value), str(un.label)) for un in ModeCampagne)
REPONSES = ("voeux_ouvre", "voeux_clot", "classement_ouvre", "classement_clot")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampagneDemandee:
    semestre: str
    subdivision: int
    intitule: str
    mode: str = ModeCampagne.APPARIEMENT.value
    notes_au_moins: int = 4
    part_notee: int = 20
    part_classee: int = 80
    priorite_locale: bool = True


@transaction.atomic
def create_campagne(demande: CampagneDemandee, visiteur: Visiteur, maintenant: int) -> int:
    """With three rounds, at the example's dates for its semestre. Raises AppariementRefuse, Interdit."""
    check_can_start_appariement(visiteur, demande.subdivision)
    _check_to_come(demande.semestre, maintenant)
    semestre, _ = Semestre.objects.get_or_create(code=parse_semestre(demande.semestre).code)
    champs = asdict(demande) | {"semestre": semestre, "subdivision_id": demande.subdivision}
    del champs["subdivision"]
    if CampagneAppariement.objects.filter(
        semestre=semestre, subdivision=demande.subdivision, intitule=demande.intitule
    ).exists():
        raise AppariementRefuse("Une campagne porte déjà ce nom pour ce semestre. Donnez-lui un autre nom.")
    campagne = CampagneAppariement.objects.create(sel=secrets.token_hex(32), created_at=maintenant, **champs)
    debut = parse_semestre(demande.semestre).debut
    for numero, fenetres in propose_calendrier(debut, campagne.subdivision.fuseau):
        _add_tour(campagne, numero, fenetres)
    record_acte(campagne, "creer", visiteur, maintenant, intitule=demande.intitule)
    return campagne.pk


def _check_to_come(code: str, maintenant: int) -> None:
    """Its dates would be past, and at once public."""
    semestre = parse_semestre(code)
    if semestre.debut <= datetime.fromtimestamp(maintenant / 1000, UTC).date():
        raise AppariementRefuse(
            f"Le semestre de {semestre.libelle} a déjà commencé. Choisissez un semestre à venir.",
            champ="semestre",
        )


@transaction.atomic
def set_fenetres(tour: int, fenetres: Fenetres, visiteur: Visiteur, maintenant: int) -> None:
    """Moves the windows of one round; not once its result is told."""
    row = lock_tour(tour)
    check_can_run_appariement(visiteur, row.campagne)
    if row.annonce_at is not None:
        raise AppariementRefuse("Le résultat de ce tour est annoncé\u00a0: son calendrier ne change plus.")
    _check_order(row, fenetres)
    if is_running(row.lance_at, maintenant):
        raise AppariementRefuse(
            "Le calcul de ce tour est en cours. Attendez qu’il finisse, puis recommencez."
        )
    # A run that its process left behind, if it lives after all, writes nothing on the new windows.
    row.lance_at = None
    avant = fenetres_of(row)
    for nom in Fenetres.__slots__:
        setattr(row, nom, getattr(fenetres, nom))
    if any(getattr(avant, nom) != getattr(fenetres, nom) for nom in REPONSES):
        # Answers may change again: what was computed on the former ones must not be announced.
        row.calcule_at = None
    row.avis = {nom: at for nom, at in row.avis.items() if not _is_due_again(nom, avant, fenetres)}
    row.save(update_fields=[*Fenetres.__slots__, "lance_at", "calcule_at", "avis"])
    _follow_calendrier(row.campagne_id)
    changes = {nom: getattr(fenetres, nom).isoformat() for nom in Fenetres.__slots__}
    changes = {nom: dit for nom, dit in changes.items() if getattr(avant, nom).isoformat() != dit}
    record_acte(row.campagne, "calendrier", visiteur, maintenant, tour=row.numero, **changes)


@transaction.atomic
def add_repetition(campagne: int, fenetres: Fenetres, visiteur: Visiteur, maintenant: int) -> None:
    """The rehearsal round: everybody does everything once, and nothing of it counts."""
    row = CampagneAppariement.objects.select_related("subdivision").get(pk=campagne)
    check_can_run_appariement(visiteur, row)
    if row.tours.filter(numero=REPETITION).exists():
        raise AppariementRefuse("Cette campagne a déjà un tour à blanc.")
    if desordre := find_desordre(fenetres):
        raise AppariementRefuse(desordre)
    _add_tour(row, REPETITION, fenetres)
    record_acte(row, "repetition", visiteur, maintenant)


def record_acte(
    campagne: CampagneAppariement, acte: str, visiteur: Visiteur | None, maintenant: int, **details: Any
) -> None:
    ActeAppariement.objects.create(
        campagne=campagne,
        acte=acte,
        details=details,
        auteur_id=visiteur.compte if visiteur else None,
        a=maintenant,
    )


@transaction.atomic
def note_fichier_lu(campagne: int, numero: int, code_des: str, visiteur: Visiteur, maintenant: int) -> None:
    """The whole file has been taken: whoever knows who got what may recognise lines of it."""
    row = CampagneAppariement.objects.select_related("subdivision").get(pk=campagne)
    check_can_run_appariement(visiteur, row)
    record_acte(row, "fichier", visiteur, maintenant, tour=numero, des=code_des)


def lock_tour(pk: int) -> TourCampagne:
    """Its row first, so that an answer, a run and a change of its windows follow one another."""
    TourCampagne.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return TourCampagne.objects.select_related("campagne__subdivision", "campagne__semestre").get(pk=pk)


def last_moment(campagne: int) -> int:
    """When the last refusals end, in ms; 0 without any round."""
    fins = TourCampagne.objects.filter(campagne=campagne).values_list("refus_jusque", flat=True)
    return max((round(fin.timestamp() * 1000) for fin in fins), default=0)


def _follow_calendrier(campagne: int) -> None:
    """Links outlive the rankings, for the last result and its receipt: a window prolonged prolongs them."""
    LienResponsable.objects.filter(site__campagne=campagne, revoked_at=None).update(
        expires_at=last_moment(campagne)
    )


def _is_due_again(avis: str, avant: Fenetres, apres: Fenetres) -> bool:
    """A window that opens later is told again when it does; one that closes later has its reminder again."""
    borne = {
        Avis.OUVERTURE_VOEUX: "voeux_ouvre",
        Avis.RAPPEL_VOEUX: "voeux_clot",
        Avis.OUVERTURE_CLASSEMENT: "classement_ouvre",
        Avis.RAPPEL_CLASSEMENT: "classement_clot",
    }[Avis(avis)]
    return bool(getattr(apres, borne) > getattr(avant, borne))


def _add_tour(campagne: CampagneAppariement, numero: int, fenetres: Fenetres) -> None:
    """The seed is drawn now and its hash shown, so that nobody chooses it once the answers are known."""
    graine = secrets.token_hex(16)
    champs = {nom: getattr(fenetres, nom) for nom in Fenetres.__slots__}
    empreinte = sha256(graine.encode()).hexdigest()
    TourCampagne.objects.create(
        campagne=campagne, numero=numero, graine=graine, empreinte=empreinte, **champs
    )


def _check_order(row: TourCampagne, fenetres: Fenetres) -> None:
    if desordre := find_desordre(fenetres):
        raise AppariementRefuse(desordre)
    if row.numero == REPETITION:
        return
    for autre in row.campagne.tours.exclude(pk=row.pk).filter(numero__gt=REPETITION):
        if autre.numero < row.numero and fenetres.voeux_ouvre < autre.refus_jusque:
            raise AppariementRefuse(
                f"Ce tour s’ouvrirait avant la fin des refus du {NOMS[autre.numero]}. "
                "Avancez celle-ci d’abord."
            )
        if autre.numero > row.numero and autre.voeux_ouvre < fenetres.refus_jusque:
            raise AppariementRefuse(
                f"La fin des refus viendrait après l’ouverture du {NOMS[autre.numero]}. "
                "Reportez d’abord celui-ci."
            )
