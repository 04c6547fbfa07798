"""The procuration that an interne has given this semestre, and those that a mandataire holds."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import EtatProcuration, Procuration
from gradin.data.internes.models import Inscription
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.demandes import inscription_courante, poste_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurationLue:
    """`qui`: the mandataire's name once he has accepted, his address before."""

    courriel: str
    telephone: str
    qui: str
    etat: str
    etat_mots: str
    envoyee_le: int
    acceptee_le: int | None
    expire_le: int
    papier: bool
    perimee: bool

    @property
    def acceptee(self) -> bool:
        return self.etat == EtatProcuration.ACCEPTEE


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierProcuration:
    """`pk`: of the row, from which the operation makes the code."""

    inscription: int
    semestre: str
    fuseau: str
    pk: int | None
    courante: ProcurationLue | None
    anciennes: tuple[ProcurationLue, ...]
    poste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLue:
    """What its link shows to the one invited, while it may still be accepted."""

    cle: str
    mandant: str
    semestre: str
    courriel: str
    compte_existe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatLu:
    """One interne in whose place somebody chooses. `amphi` is None while he is on no list."""

    cle: str
    interne: int
    mandant: str
    prenom: str
    amphi: int | None
    intitule: str
    etat_amphi: str
    numero: int | None
    rang: int | None
    statut: str
    debut: int | None
    fuseau: str


def read_dossier_procuration(interne: int, maintenant: int) -> DossierProcuration | None:
    inscription = inscription_courante(interne)
    return None if inscription is None else dossier_of(inscription, maintenant)


def dossier_of(inscription: Inscription, maintenant: int) -> DossierProcuration:
    rows = list(inscription.procurations.select_related("mandataire"))
    courante = next((row for row in rows if row.ended_at is None), None)
    return DossierProcuration(
        inscription=inscription.pk,
        semestre=parse_semestre(inscription.semestre.code).libelle,
        fuseau=inscription.subdivision.fuseau,
        pk=courante.pk if courante else None,
        courante=_procuration(courante, maintenant) if courante else None,
        anciennes=tuple(_procuration(row, maintenant) for row in rows if row.ended_at is not None),
        poste=poste_of(inscription),
    )


def _procuration(row: Procuration, maintenant: int) -> ProcurationLue:
    return ProcurationLue(
        courriel=row.courriel,
        telephone=row.telephone,
        qui=(row.mandataire.nom_affiche or row.mandataire.email) if row.mandataire else row.courriel,
        etat=row.etat,
        etat_mots=row.get_etat_display(),
        envoyee_le=row.sent_at,
        acceptee_le=row.accepted_at,
        expire_le=row.expires_at,
        papier=row.papier,
        perimee=row.etat == EtatProcuration.ENVOYEE and maintenant > row.expires_at,
    )


def find_invitation(cle: str, envois: int, maintenant: int) -> InvitationLue | None:
    row = (
        Procuration.objects.select_related("inscription__interne", "semestre")
        .filter(cle=cle, envois=envois, etat=EtatProcuration.ENVOYEE, ended_at=None)
        .filter(expires_at__gte=maintenant)
        .first()
    )
    if row is None:
        return None
    return InvitationLue(
        cle=row.cle,
        mandant=str(row.inscription.interne),
        semestre=parse_semestre(row.semestre.code).libelle,
        courriel=row.courriel,
        compte_existe=Compte.objects.filter(email=row.courriel).exists(),
    )


def name_of_mandataire(amphi: int, numero: int) -> str:
    """Who may choose for this interne, as the mandant knows him; empty when nobody but himself."""
    row = (
        Procuration.objects.filter(
            inscription__places__amphi=amphi, inscription__places__numero=numero, ended_at=None
        )
        .select_related("mandataire")
        .first()
    )
    return "" if row is None else _procuration(row, 0).qui


def pending_inscriptions(amphi: int) -> frozenset[int]:
    """Whose procuration nobody has accepted yet: what the pre-flight lists."""
    rows = Procuration.objects.filter(
        inscription__places__amphi=amphi, ended_at=None, etat=EtatProcuration.ENVOYEE
    )
    return frozenset(rows.values_list("inscription", flat=True))


def standing_mandats(compte: int) -> QuerySet[Procuration]:
    """Accepted and not over; those of a past semestre end with it (reliability C13)."""
    mandats = Procuration.objects.filter(
        mandataire=compte, ended_at=None, etat=EtatProcuration.ACCEPTEE
    ).select_related("inscription__interne", "inscription__subdivision", "semestre")
    codes = set(mandats.values_list("semestre__code", flat=True))
    courant = semestre_courant() if codes else ""
    return mandats.filter(semestre__code__gte=courant)


def semestre_courant() -> str:
    """The last one that has an amphi: what came before is over."""
    return Amphi.objects.order_by("-semestre__code").values_list("semestre__code", flat=True).first() or ""


def list_mandats(compte: int) -> tuple[MandatLu, ...]:
    """Call order of their amphis: a representative chooses for each in turn."""
    mandats = {row.inscription_id: row for row in standing_mandats(compte)}
    places = (
        Place.objects.filter(inscription__in=mandats)
        .select_related("amphi__groupe", "inscription__interne", "inscription__subdivision")
        .order_by("amphi__debut", "amphi", "rang")
    )
    lus = [_mandat(mandats[place.inscription_id], place) for place in places]
    avec = {place.inscription_id for place in places}
    return tuple(lus + [_mandat(row, None) for pk, row in mandats.items() if pk not in avec])


def mandataires_of(internes: Collection[int], semestre: int) -> dict[int, int]:
    """Interne to the account that has accepted to choose for him this semestre."""
    rows = _accepted(internes, semestre).values_list("inscription__interne", "mandataire")
    return {interne: compte for interne, compte in rows if compte is not None}


def mandataire_of(interne: int, semestre: int) -> Compte:
    """Who chooses for him. Raises Procuration.DoesNotExist once it has ended."""
    compte = _accepted([interne], semestre).select_related("mandataire").get().mandataire
    assert compte is not None
    return compte


def _accepted(internes: Collection[int], semestre: int) -> QuerySet[Procuration]:
    return Procuration.objects.filter(
        inscription__interne__in=internes,
        semestre=semestre,
        etat=EtatProcuration.ACCEPTEE,
        ended_at=None,
        mandataire__isnull=False,
    )


def names_of_mandants(compte: int) -> tuple[str, ...]:
    """Whom this account may choose for, for the menu and the home page."""
    rows = Procuration.objects.filter(
        mandataire=compte, ended_at=None, etat=EtatProcuration.ACCEPTEE
    ).select_related("inscription__interne", "semestre")
    lues = list(rows)
    courant = semestre_courant() if lues else ""
    return tuple(str(row.inscription.interne) for row in lues if row.semestre.code >= courant)


def find_mandat(compte: int, cle: str) -> MandatLu | None:
    return next((mandat for mandat in list_mandats(compte) if mandat.cle == cle), None)


def _mandat(row: Procuration, place: Place | None) -> MandatLu:
    interne = row.inscription.interne
    amphi = place.amphi if place else None
    debut = amphi.debut if amphi else None
    return MandatLu(
        cle=row.cle,
        interne=interne.pk,
        mandant=str(interne),
        prenom=interne.prenom,
        amphi=amphi.pk if amphi else None,
        intitule=amphi.intitule if amphi else "",
        etat_amphi=amphi.etat if amphi else "",
        numero=place.numero if place else None,
        rang=place.rang if place else None,
        statut=place.statut if place else "",
        debut=round(debut.timestamp() * 1000) if debut else None,
        fuseau=row.inscription.subdivision.fuseau,
    )
