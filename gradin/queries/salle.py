"""La salle: who I am in my amphi, what it offers, where it stands for me."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from gradin.data.amphis.models import Amphi, EtatAmphi, Place, SessionChoix
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.contacts import agents_of_groupe
from gradin.queries.prechoix import last_closing

PHASES_EN_BREF = {
    "socle": "Socle",
    "approfondissement": "Approfondissement",
    "ancien-regime": "Ancien régime",
    "consolidation": "Consolidation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moi:
    """Private to its owner. `numero` is None before the amphi starts."""

    interne: int
    numero: int | None
    rang: int | None
    nom: str
    prenom: str
    specialite: str
    type_choix: str
    type_choix_mots: str
    liste_armee: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLue:
    """Hours in ms UTC."""

    numero: int
    debut: int
    fin: int
    rang_de: int
    rang_a: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneLue:
    """One seat of the hémicycle. `interne`: number in the started list, the rank before it starts."""

    interne: int
    rang: int
    statut: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Salle:
    """Hours in ms UTC. `liste` in call order. `agents`: names of those who have this groupe alone."""

    amphi: int
    intitule: str
    sous_titre: str
    etat: str
    version_offre: int
    debut: int | None
    ouverture_favoris: int | None
    fuseau: str
    telephone: str
    courriel: str
    horaires: str
    agents: tuple[str, ...]
    duree_tour_ms: int
    par_voeux: bool
    voeux_jusque: datetime | None
    liste_armee: bool
    sessions: tuple[SessionLue, ...]
    moi: Moi
    liste: tuple[LigneLue, ...]

    @property
    def effectif(self) -> int:
        return len(self.liste)

    @property
    def commence(self) -> bool:
        return (
            self.etat in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS) and self.moi.numero is not None
        )

    @property
    def ma_session(self) -> SessionLue | None:
        rang = self.moi.rang
        if rang is None:
            return None
        return next((s for s in self.sessions if s.rang_de <= rang <= s.rang_a), None)

    @property
    def sessions_json(self) -> str:
        return json.dumps(
            [
                {
                    "session": s.numero,
                    "debut": s.debut,
                    "fin": s.fin,
                    "rang_de": s.rang_de,
                    "rang_a": s.rang_a,
                }
                for s in self.sessions
            ]
        )


def find_salle(interne: int, amphi: int | None = None) -> Salle | None:
    """The amphi asked for, else the one that runs, else the next one in which this interne chooses."""
    places = _places(interne)
    if amphi is not None:
        places = places.filter(amphi=amphi)
    place = places.first()
    return _salle(place) if place is not None else None


def other_amphis(interne: int, amphi: int) -> tuple[tuple[int, str], ...]:
    """An interne may stand in several amphis of a semestre."""
    return tuple(_places(interne).exclude(amphi=amphi).values_list("amphi", "amphi__intitule"))


def _places(interne: int) -> QuerySet[Place]:
    """Running first, then by date; a closed one last."""
    order = Case(
        When(amphi__etat__in=(EtatAmphi.EN_COURS, EtatAmphi.PAUSE), then=Value(0)),
        When(amphi__etat=EtatAmphi.CLOS, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        Place.objects.filter(inscription__interne=interne)
        .select_related(
            "amphi__subdivision",
            "amphi__semestre",
            "amphi__groupe",
            "inscription__interne",
            "inscription__des",
        )
        .order_by(order, "-amphi__semestre__code", "amphi__debut", "amphi")
    )


def _salle(place: Place) -> Salle:
    amphi = place.amphi
    subdivision = amphi.subdivision
    return Salle(
        amphi=amphi.pk,
        intitule=f"{amphi.groupe.nom}, {amphi.variante}" if amphi.variante else amphi.groupe.nom,
        sous_titre=f"{PHASES_EN_BREF[amphi.phase]} · {parse_semestre(amphi.semestre.code).libelle}",
        etat=amphi.etat,
        version_offre=amphi.version_offre,
        debut=_ms(amphi.debut),
        ouverture_favoris=_ms(amphi.ouverture_favoris),
        fuseau=subdivision.fuseau,
        telephone=subdivision.contact_telephone,
        courriel=subdivision.contact_courriel,
        horaires=subdivision.contact_horaires,
        agents=agents_of_groupe(amphi.subdivision_id, amphi.groupe_id),
        duree_tour_ms=int(amphi.parametres.get("duree_tour_ms", Parametres().duree_tour_ms)),
        par_voeux=bool(amphi.parametres.get("par_voeux")),
        voeux_jusque=last_closing(amphi.pk) if amphi.parametres.get("par_voeux") else None,
        liste_armee=bool(amphi.parametres.get("liste_armee")),
        sessions=_sessions(amphi),
        moi=_moi(place),
        liste=_liste(amphi),
    )


def _moi(place: Place) -> Moi:
    inscription = place.inscription
    interne = inscription.interne
    return Moi(
        interne=interne.pk,
        numero=place.numero,
        rang=place.rang,
        nom=f"{interne.prenom} {interne.nom}",
        prenom=interne.prenom,
        specialite=str(inscription.des),
        type_choix=inscription.type_choix,
        type_choix_mots=inscription.get_type_choix_display().lower(),
        liste_armee=inscription.liste_armee,
    )


def _sessions(amphi: Amphi) -> tuple[SessionLue, ...]:
    return tuple(
        SessionLue(
            numero=session.numero,
            debut=_ms(session.debut) or 0,
            fin=_ms(session.fin) or 0,
            rang_de=session.rang_de,
            rang_a=session.rang_a,
        )
        for session in SessionChoix.objects.filter(amphi=amphi)
    )


def _liste(amphi: Amphi) -> tuple[LigneLue, ...]:
    rows = Place.objects.filter(amphi=amphi, rang__isnull=False).order_by("rang")
    return tuple(
        LigneLue(interne=rang if numero is None else numero, rang=rang, statut=statut)
        for numero, rang, statut in rows.values_list("numero", "rang", "statut")
        if rang is not None
    )


def _ms(moment: object) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)  # type: ignore[attr-defined]
