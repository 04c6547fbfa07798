"""What the forms of the parcours choose among."""

from __future__ import annotations

from gradin.data.parcours.models import NatureSituation, SituationParcours
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Formation, Service, Specialite
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.parcours.lignes import ParcoursLu
from gradin.queries.parcours.maquettes import choose_maquette, load_maquettes
from gradin.queries.profils import last_inscription

SITUATIONS = tuple(SituationParcours.choices)
NATURES = tuple(NatureSituation.choices)


def list_semestres(lu: ParcoursLu) -> list[tuple[str, str]]:
    """Past ones of the internship of which nothing is known."""
    return [(code, parse_semestre(code).libelle) for code in lu.manques]


def list_des(interne: int) -> list[tuple[str, str]]:
    """Of his formation, his own first."""
    inscription = last_inscription(interne)
    sien = inscription.des if inscription else None
    rows = Specialite.objects.filter(formation=sien.formation if sien else Formation.MEDECIN)
    autres = [(un.code_des, un.intitule) for un in rows.order_by("intitule") if un != sien]
    return [(sien.code_des, f"{sien.intitule} (le mien)"), *autres] if sien else autres


def list_envisages(interne: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """The other DES under which one may look at his parcours: those whose maquette is written here first."""
    inscription, autres = last_inscription(interne), list_des(interne)[1:]
    if inscription is None:
        return []
    lues = load_maquettes({code for code, _ in autres})
    ecrites = {code for code, _ in autres if choose_maquette(lues, code, inscription.promotion)}
    groupes = [
        ("Maquette écrite ici", [un for un in autres if un[0] in ecrites]),
        ("Maquette pas encore écrite", [un for un in autres if un[0] not in ecrites]),
    ]
    return [(mot, siens) for mot, siens in groupes if siens]


def list_services(interne: int) -> list[str]:
    """« 84000105, Médecine polyvalente, CH Lucien-Hussel »: those that ever offered a poste around him."""
    inscription = last_inscription(interne)
    if inscription is None:
        return []
    ici = Poste.objects.filter(subdivision=inscription.subdivision_id).values("service")
    rows = Service.objects.filter(pk__in=ici).order_by("etablissement__cle_tri", "cle_tri")
    lus = rows.values_list("imotep", "nom", "etablissement__nom")
    return [", ".join(mots) for mots in lus]
