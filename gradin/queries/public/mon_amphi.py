"""The card « Mon amphithéâtre virtuel » of the home page: for its owner alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gradin.data.amphis.models import Amphi, EtatAmphi, ListeAppel, Place, SessionChoix, Statut
from gradin.data.demandes.models import Procuration
from gradin.data.internes.models import TypeChoix
from gradin.data.profils.models import DemandeCorrection
from gradin.domain.amphi.appel import internes_devant
from gradin.domain.moment import Moment, moment_of
from gradin.queries.etats import lire_etat
from gradin.queries.favoris import read_favoris_of
from gradin.queries.public.amphis import AmphiLu, find_amphi
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.rattrapages import read_rattrapage
from gradin.queries.reglages import read_parametres_sessions

# `contestation_jours` of the amphi by default: days before the first session until which a rank is contested.
VEILLE = 1
# The one that runs, then the next to come, then those that are over.
ORDRE = {EtatAmphi.EN_COURS: 0, EtatAmphi.PAUSE: 0, EtatAmphi.CLOS: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonAmphi:
    """`prevision`: about when his tour comes, once the sessions are cut and before the start.

    `signaler_avant`: until when a rank is contested by the form; None once it is too late.
    `rattrapage`: the hour announced to him, ms UTC, until it opens.
    `signale_le`: when he last reported an error that the ARS has not answered yet.
    """

    amphi: AmphiLu
    moment: Moment
    rang: int | None
    interne: int | None
    statut: str
    devant: int | None
    session: datetime | None
    prevision: datetime | None
    services_favoris: int
    postes_favoris: int
    liste: bool
    liste_publiee: datetime | None
    type_choix: str
    mandataire: bool
    rattrapage: int | None
    signaler_avant: datetime | None
    signale_le: datetime | None

    @property
    def a_verifier(self) -> bool:
        """Before the start, who has a rank checks it."""
        return self.rang is not None and self.moment in (
            Moment.NON_VALIDE,
            Moment.VALIDE,
            Moment.OUVERT,
            Moment.AUJOURD_HUI,
        )


def my_amphis(interne: int, semestre: SemestreLu, maintenant: datetime) -> list[MonAmphi]:
    """The one that matters now comes first."""
    places = Place.objects.filter(inscription__interne=interne, amphi__semestre=semestre.pk)
    liees = places.select_related("amphi__subdivision", "inscription").order_by("amphi__debut", "amphi")
    lus = [lu for place in liees if (lu := _read(place, maintenant)) is not None]
    return sorted(lus, key=lambda lu: (ORDRE.get(EtatAmphi(lu.amphi.etat), 1), lu.amphi.debut is None))


def _read(place: Place, maintenant: datetime) -> MonAmphi | None:
    amphi = find_amphi(place.amphi_id, maintenant)
    if amphi is None:
        return None
    listes = ListeAppel.objects.filter(amphi=place.amphi_id)
    publiee = listes.filter(published_at__isnull=False).first()
    favoris = read_favoris_of(place.pk)
    session = _session(place)
    devant, attend_session = _ahead(place, amphi)
    jour = maintenant.astimezone(ZoneInfo(amphi.fuseau)).date()
    return MonAmphi(
        amphi=amphi,
        moment=moment_of(
            etat=amphi.etat,
            statut=place.statut,
            devant=devant,
            aujourd_hui=_local_day(amphi) == jour,
            attend_session=attend_session,
        ),
        rang=place.rang,
        interne=place.numero or place.rang,
        statut=place.statut,
        devant=devant,
        session=session.debut if session else amphi.debut,
        prevision=_forecast(place, session),
        services_favoris=len(favoris.services),
        postes_favoris=len(favoris.numeros),
        liste=listes.exists(),
        liste_publiee=publiee.published_at if publiee else None,
        type_choix=TypeChoix(place.inscription.type_choix).label,
        mandataire=Procuration.objects.filter(inscription=place.inscription_id, ended_at=None).exists(),
        rattrapage=_rattrapage(place),
        signaler_avant=last_hour_to_report(place.amphi, maintenant),
        signale_le=_reported(place.inscription.interne_id),
    )


def last_hour_to_report(amphi: Amphi, maintenant: datetime) -> datetime | None:
    """The end of the eve of the first session by default; None once past, or started, or without a date."""
    if amphi.debut is None or amphi.seq > 0:
        return None
    debut = amphi.debut.astimezone(ZoneInfo(amphi.subdivision.fuseau))
    dernier = debut.date() - timedelta(days=int(amphi.parametres.get("contestation_jours", VEILLE)))
    fin = datetime.combine(dernier, time(23, 59), debut.tzinfo)
    return fin if maintenant <= fin else None


def _rattrapage(place: Place) -> int | None:
    if place.statut != Statut.PASSE or place.amphi.etat == EtatAmphi.CLOS:
        return None
    annonce = read_rattrapage(place.amphi_id)
    return annonce.debut if annonce else None


def _session(place: Place) -> SessionChoix | None:
    rang = place.rang or 0
    return SessionChoix.objects.filter(amphi=place.amphi_id, rang_de__lte=rang, rang_a__gte=rang).first()


def _ahead(place: Place, amphi: AmphiLu) -> tuple[int | None, bool]:
    """How many internes are before him, and whether all wait for the session to begin."""
    if not amphi.is_running or amphi.par_voeux or place.numero is None:
        return None, False
    etat = lire_etat(place.amphi_id)[1]
    return internes_devant(etat, place.numero), etat.tour is None and not etat.session_en_cours


def _forecast(place: Place, session: SessionChoix | None) -> datetime | None:
    if (
        session is None
        or place.rang is None
        or place.amphi.seq > 0
        or place.amphi.parametres.get("par_voeux")
    ):
        return None
    minutes = read_parametres_sessions(place.amphi.parametres).minutes_par_choix
    return session.debut + timedelta(minutes=float(minutes) * (place.rang - session.rang_de))


def _local_day(amphi: AmphiLu) -> date | None:
    return amphi.debut.astimezone(ZoneInfo(amphi.fuseau)).date() if amphi.debut else None


def _reported(interne: int) -> datetime | None:
    attendent = DemandeCorrection.objects.filter(interne=interne, traitee_at=None)
    return attendent.order_by("-created_at").values_list("created_at", flat=True).first()
