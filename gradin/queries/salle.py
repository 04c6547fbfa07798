"""La salle: who I am in my amphi, what it offers, where it stands for me."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, IntegerField, QuerySet, Value, When

from gradin.data.amphis.models import Amphi, EtatAmphi, Place, SessionChoix
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Specialite
from gradin.domain.amphi.appel import internes_devant
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.amphi.places import avertissements_pour, ouverts_a
from gradin.domain.amphi.state import Etat, Statut
from gradin.domain.kernel import PHRASES, Motif
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.etats import lire_etat
from gradin.queries.lectures import etat_poste

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
    """Hours in ms UTC. `liste` in call order."""

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
    duree_tour_ms: int
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteLu:
    numero: str
    specialite: str
    flechage: str
    reserve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLu:
    """Static columns only: the same for everybody until the offer changes."""

    imotep: str
    nom: str
    chef: str
    etablissement: str
    ville: str
    postes: tuple[PosteLu, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    """Where the amphi stands for one interne, at `seq`.

    `fin`: his own end at his tour, the public one otherwise.
    """

    seq: int
    etat: str
    statut: str
    devant: int | None
    tour: int | None
    choisit: int | None
    fin: int | None
    postes: Mapping[str, str]
    interdits: Mapping[str, Motif]

    @property
    def mon_tour(self) -> bool:
        return self.statut == Statut.EN_COURS and self.tour is not None


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


def list_services(amphi: int) -> tuple[ServiceLu, ...]:
    """Services in a fixed order, each with its postes."""
    intitules = dict(Specialite.objects.values_list("code_des", "intitule"))
    rows = (
        Poste.objects.filter(amphis=amphi)
        .select_related("des", "service__etablissement")
        .order_by("service__etablissement__cle_tri", "service__cle_tri", "service_id", "numero")
    )
    return tuple(
        _service(tuple(postes), intitules) for _, postes in groupby(rows, key=lambda poste: poste.service_id)
    )


def load_suivi(salle: Salle) -> Suivi:
    """From the fold of the journal; nothing is written. The salle has commenced."""
    seq, etat = lire_etat(salle.amphi)
    numero = salle.moi.numero
    assert numero is not None
    tour = etat.tour
    return Suivi(
        seq=seq,
        etat=str(etat.etat),
        statut=str(etat.statuts.get(numero, Statut.A_VENIR)),
        devant=internes_devant(etat, numero),
        tour=tour.tour if tour and tour.interne == numero else None,
        choisit=tour.interne if tour else None,
        fin=_end(etat, numero),
        postes={poste: etat_poste(etat, poste) for poste in etat.postes},
        interdits={p: motif for p, motif in ouverts_a(etat, numero).items() if motif is not None},
    )


def warnings_for(salle: Salle, poste: str) -> tuple[str, ...]:
    """What the recap says although nothing is refused."""
    _, etat = lire_etat(salle.amphi)
    if salle.moi.numero is None or poste not in etat.postes:
        return ()
    return tuple(PHRASES[motif] for motif in avertissements_pour(etat, salle.moi.numero, poste))


def name_of(salle: Salle, numero: int) -> str:
    """Names are read by the internes of the amphi (rules.md §9)."""
    row = Place.objects.filter(amphi=salle.amphi, numero=numero).values_list(
        "inscription__interne__prenom", "inscription__interne__nom"
    )
    return " ".join(row.first() or ("",))


def _end(etat: Etat, numero: int) -> int | None:
    if etat.tour is None:
        return None
    return etat.tour.fin if etat.tour.interne == numero else etat.tour.fin_publique


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
        .select_related("amphi__subdivision", "amphi__semestre", "inscription__interne", "inscription__des")
        .order_by(order, "-amphi__semestre__code", "amphi__debut", "amphi")
    )


def _salle(place: Place) -> Salle:
    amphi = place.amphi
    subdivision = amphi.subdivision
    return Salle(
        amphi=amphi.pk,
        intitule=amphi.intitule,
        sous_titre=f"{PHASES_EN_BREF[amphi.phase]} · {parse_semestre(amphi.semestre.code).libelle}",
        etat=amphi.etat,
        version_offre=amphi.version_offre,
        debut=_ms(amphi.debut),
        ouverture_favoris=_ms(amphi.ouverture_favoris),
        fuseau=subdivision.fuseau,
        telephone=subdivision.contact_telephone,
        courriel=subdivision.contact_courriel,
        duree_tour_ms=int(amphi.parametres.get("duree_tour_ms", Parametres().duree_tour_ms)),
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


def _service(postes: tuple[Poste, ...], intitules: Mapping[str, str]) -> ServiceLu:
    service = postes[0].service
    return ServiceLu(
        imotep=service.imotep,
        nom=service.nom,
        chef=service.chef,
        etablissement=service.etablissement.nom,
        ville=service.etablissement.ville,
        postes=tuple(_poste(poste, intitules) for poste in postes),
    )


def _poste(poste: Poste, intitules: Mapping[str, str]) -> PosteLu:
    codes = poste.reserve_a or [poste.des.code_des]
    return PosteLu(
        numero=poste.numero,
        specialite=str(poste.des),
        flechage=poste.flechage,
        reserve=", ".join(intitules.get(code, code) for code in codes) if poste.reserve else "",
    )


def _ms(moment: object) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)  # type: ignore[attr-defined]
