"""What a field of the roster or of the offer may be, in the words of the file; nothing for a free text."""

from __future__ import annotations

from gradin.data.internes.models import Phase, TypeChoix
from gradin.data.postes.models import Regime
from gradin.data.referentiel.models import Formation, Subdivision, Ufr
from gradin.queries.roster.internes import choix_des, choix_groupes
from gradin.queries.visiteurs import Visiteur

Options = dict[str, tuple[tuple[str, str], ...]]
OUI_NON = (("Oui", "Oui"), ("Non", "Non"))


def options_internes(agent: Visiteur) -> Options:
    return {
        **_communes(agent),
        "formation": _same(Formation.labels),
        "phase": _same(Phase.labels),
        "desc": (("", "Aucun"), *_texts(choix_des())),
        "ufr": (("", "Non connue"), *_same(list(Ufr.objects.values_list("nom", flat=True)))),
        "absence_prevue": OUI_NON,
        "type_choix": _same(TypeChoix.labels),
    }


def options_postes(agent: Visiteur) -> Options:
    return {
        **_communes(agent),
        "regime": _same(Regime.labels),
        "reserve": OUI_NON,
        "etat": (("ouvert", "Ouvert"), ("ferme", "Fermé")),
    }


def _communes(agent: Visiteur) -> Options:
    siennes = {subdivision for subdivision, _ in agent.portees}
    codes = Subdivision.objects.filter(pk__in=siennes).order_by("nom").values_list("code", "nom")
    return {"groupe": _texts(choix_groupes()), "des": _texts(choix_des()), "subdivision": tuple(codes)}


def _texts(choix: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((mot, mot) for _, mot in choix)


def _same(mots: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(mot), str(mot)) for mot in mots)
