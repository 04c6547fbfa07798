"""What an amphi starts with, read from its rows: parameters, list, offer, postes already held, sessions."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from gradin.data.amphis.models import Affectation, Amphi, ListeAppel, Offre, Place
from gradin.data.demandes.models import DemandeCouple, EtatCouple, EtatProcuration, Procuration
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.data.postes.models import EtatPoste, Poste
from gradin.domain.amphi.codec import from_json
from gradin.domain.amphi.commands import Demarrer
from gradin.domain.amphi.depart import LigneListe, LignePrivee, PosteOffert, SessionPrevue
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.eligibilite.situation import TypeChoix as TypeChoixMoteur
from gradin.domain.kernel import Motif, Refus
from gradin.queries.instantane import code_of
from gradin.queries.parcours.utiles import INCONNU, ParcoursAuDepart, judge_amphi

# Figures of a line that name the person: her number stands for her.
NAMES = frozenset({"ine", "nom", "prenom", "interne"})


def published_liste(amphi: Amphi) -> ListeAppel:
    """The list in force. Refus when none is published."""
    liste = ListeAppel.objects.filter(amphi=amphi, published_at__isnull=False).order_by("-version").first()
    if liste is None:
        raise Refus(Motif.LISTE_INVALIDE, "La liste d’appel n’est pas publiée. Publiez-la d’abord.")
    return liste


def demarrer_of(amphi: Amphi) -> Demarrer:
    """The command that starts this amphi; its places already have their numbers."""
    liste = published_liste(amphi)
    figures = {line.get("ine"): line for line in liste.figures}
    procurations = _procurations(amphi)
    places = (
        Place.objects.filter(amphi=amphi, numero__isnull=False)
        .select_related(
            "inscription__interne", "inscription__des", "inscription__desc", "inscription__semestre"
        )
        .order_by("numero")
    )
    juges = judge_amphi(amphi, [place.inscription for place in places])
    return Demarrer(
        amphi=code_of(amphi),
        parametres=from_json(Parametres, amphi.parametres),
        liste=tuple(
            ligne_of(
                place,
                figures,
                procurations.get(place.inscription_id),
                juges.get(place.inscription_id, INCONNU),
            )
            for place in places
        ),
        offre=offre_of(amphi),
        tenus=tenus_of(amphi),
        couples=_couples(amphi),
        sessions=_sessions(amphi),
        empreinte_liste=liste.empreinte,
    )


def ligne_of(
    place: Place,
    figures: Mapping[str, Mapping[str, Any]],
    procuration: Procuration | None = None,
    parcours: ParcoursAuDepart = INCONNU,
) -> LigneListe:
    """One line of the started list. Refus when its rank is missing."""
    if place.numero is None or place.rang is None:
        raise Refus(Motif.LISTE_INVALIDE, f"Le rang de {place.inscription.interne} manque. Complétez-le.")
    inscription = place.inscription
    return LigneListe(
        interne=place.numero,
        rang=place.rang,
        des=inscription.des.code_des,
        prive=LignePrivee(
            type_choix=TypeChoixMoteur(TypeChoix(inscription.type_choix).value),
            multiplicateur=Fraction(inscription.multiplicateur or 1),
            absence_prevue=inscription.absence_prevue,
            codes=_codes(inscription),
            valides=parcours.valides,
            hors_maquette=parcours.hors,
            derogation=parcours.derogation,
            mandataire=mandataire_of(procuration) if procuration else None,
            procuration_acceptee=procuration is not None and procuration.etat == EtatProcuration.ACCEPTEE,
            figures=_figures(figures.get(inscription.interne.ine, {})),
        ),
    )


def _procurations(amphi: Amphi) -> Mapping[int, Procuration]:
    """Those that stand, by inscription."""
    rows = Procuration.objects.filter(inscription__places__amphi=amphi, ended_at=None)
    return {row.inscription_id: row for row in rows}


def procuration_of(inscription: Inscription) -> Procuration | None:
    return Procuration.objects.filter(inscription=inscription, ended_at=None).first()


def mandataire_of(procuration: Procuration) -> str:
    """The opaque name of the journal: an account once accepted, the row before (there may be no account)."""
    if procuration.etat == EtatProcuration.ACCEPTEE:
        return f"compte:{procuration.mandataire_id}"
    return f"procuration:{procuration.pk}"


def _codes(inscription: Inscription) -> tuple[str, ...]:
    desc = inscription.desc.code_des if inscription.desc else ""
    return tuple(code for code in (desc, inscription.fst, inscription.option) if code)


def _figures(line: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in sorted(line.items()) if name not in NAMES)


def offre_of(amphi: Amphi) -> tuple[PosteOffert, ...]:
    offres = (
        Offre.objects.filter(amphi=amphi)
        .exclude(poste__etat=EtatPoste.RETIRE)
        .select_related("poste__service", "poste__des")
        .order_by("poste__numero")
    )
    return tuple(poste_offert(offre.poste) for offre in offres)


def poste_offert(poste: Poste) -> PosteOffert:
    reserve = tuple(poste.reserve_a or [poste.des.code_des]) if poste.reserve else ()
    return PosteOffert(
        poste=poste.numero, service=poste.service.imotep, des=poste.des.code_des, reserve=reserve
    )


def tenus_of(amphi: Amphi) -> tuple[str, ...]:
    """Held by a classique of an earlier amphi, or given hors choix."""
    held = Affectation.objects.filter(
        poste__offre__amphi=amphi, annulee=False, type_choix=TypeChoix.CLASSIQUE
    )
    return tuple(held.order_by("poste__numero").values_list("poste__numero", flat=True))


def _couples(amphi: Amphi) -> tuple[tuple[int, int], ...]:
    """Agreed by both internes and by the ARS; the engine puts the better ranked first."""
    numeros = dict(Place.objects.filter(amphi=amphi).values_list("inscription", "numero"))
    accordes = DemandeCouple.objects.filter(amphi=amphi, etat=EtatCouple.ACCORDE, ended_at=None)
    pairs = accordes.order_by("pk").values_list("demandeur", "invite")
    return tuple(
        (un, autre)
        for demandeur, invite in pairs
        if (un := numeros.get(demandeur)) is not None and (autre := numeros.get(invite)) is not None
    )


def _sessions(amphi: Amphi) -> tuple[SessionPrevue, ...]:
    return tuple(
        SessionPrevue(
            session=numero,
            debut=_ms(session.debut),
            fin=_ms(session.fin),
            rang_de=session.rang_de,
            rang_a=session.rang_a,
        )
        for numero, session in enumerate(amphi.sessions.order_by("numero"), start=1)
    )


def _ms(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)
