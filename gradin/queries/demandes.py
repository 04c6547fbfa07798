"""What one interne has asked for or given away this semestre, and what a mandataire holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import DemandeStatut, EtatDemande, EtatProcuration, Procuration
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.data.publications.models import Categorie, Evenement
from gradin.domain.rang.semestre import parse_semestre

# « Classique » first: what everybody is unless he asks.
TYPES = tuple((str(value), str(label)) for value, label in TypeChoix.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeLue:
    """`etat_mots`: the manual's (« Changement en cours », « Changement accepté »)."""

    souhaite_mots: str
    etat: str
    etat_mots: str
    demandee_le: int
    decidee_le: int | None
    motif_refus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutLu:
    """`courante`: the last demand, while it says something of the type in force. `poste`: once chosen."""

    inscription: int
    semestre: str
    fuseau: str
    type_choix: str
    type_mots: str
    possibles: tuple[tuple[str, str], ...]
    courante: DemandeLue | None
    anciennes: tuple[DemandeLue, ...]
    poste: str

    @property
    def en_cours(self) -> bool:
        return self.courante is not None and self.courante.etat == EtatDemande.EN_COURS


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


def inscription_courante(interne: int) -> Inscription | None:
    """Demands and procurations belong to a semestre: that of his last inscription (rules.md §5)."""
    return (
        Inscription.objects.select_related("semestre", "subdivision", "interne")
        .filter(interne=interne)
        .order_by("-semestre__code")
        .first()
    )


def read_statut(interne: int) -> StatutLu | None:
    inscription = inscription_courante(interne)
    if inscription is None:
        return None
    demandes = [_demande(demande) for demande in inscription.demandes_statut.all()]
    return StatutLu(
        inscription=inscription.pk,
        semestre=parse_semestre(inscription.semestre.code).libelle,
        fuseau=inscription.subdivision.fuseau,
        type_choix=inscription.type_choix,
        type_mots=inscription.get_type_choix_display(),
        possibles=tuple(type_ for type_ in TYPES if type_[0] != inscription.type_choix),
        courante=demandes[0] if demandes else None,
        anciennes=tuple(demandes[1:]),
        poste=_poste(inscription),
    )


def closed_since(inscription: int, maintenant: datetime) -> datetime | None:
    """The calendar's last day to ask for a surnombre, once it is over; it forbids nothing by itself."""
    row = Inscription.objects.get(pk=inscription)
    dates = Evenement.objects.filter(
        semestre=row.semestre_id,
        subdivision=row.subdivision_id,
        categorie=Categorie.ECHEANCE,
        annule=False,
        titre__icontains="surnombre",
    ).filter(Q(groupe=None) | Q(groupe=row.groupe_id))
    dernier = dates.order_by("-debut").first()
    if dernier is None:
        return None
    fin = dernier.fin or dernier.debut
    return fin if maintenant >= fin + timedelta(days=1 if dernier.journee else 0) else None


def _demande(demande: DemandeStatut) -> DemandeLue:
    return DemandeLue(
        souhaite_mots=demande.get_souhaite_display(),
        etat=demande.etat,
        etat_mots=demande.get_etat_display(),
        demandee_le=demande.asked_at,
        decidee_le=demande.decided_at,
        motif_refus=demande.motif_refus,
    )


def _poste(inscription: Inscription) -> str:
    affectation = Affectation.objects.filter(
        interne=inscription.interne_id, semestre=inscription.semestre_id, annulee=False
    )
    return affectation.values_list("poste__numero", flat=True).first() or ""


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
        poste=_poste(inscription),
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
