"""What a change of settings would do to one amphi, read before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gradin.data.amphis.models import Amphi, ListeAppel, SessionChoix, Statut
from gradin.data.internes.models import TypeChoix
from gradin.domain.nombres import count_mots
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.courriers.enqueue import instant
from gradin.operations.preparation.horaires import choose_debut, cut_amphi, favoris_of
from gradin.operations.preparation.reglages import (
    ChangementReglage,
    apply_changements,
    check_free,
    list_changements,
    touches,
)
from gradin.queries.candidats import count_effectifs, list_candidats
from gradin.queries.regie.mots import say_minutes
from gradin.queries.reglages import read_parametres_rang
from gradin.queries.reports import say_moment

NOMMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Effet:
    """One consequence in words; `sessions`: those of the new cut, when there is one."""

    texte: str
    sessions: tuple[SessionChoix, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApercuReglages:
    changements: tuple[ChangementReglage, ...]
    effets: tuple[Effet, ...]


def preview_amphi(amphi: Amphi, voulus: Mapping[str, Any], maintenant: int) -> ApercuReglages:
    """Nothing is written. Raises PreparationRefusee like the change itself."""
    liste = amphi.listes.order_by("-version").first()
    changements = list_changements(amphi.parametres, voulus)
    check_free(amphi, liste, changements)
    avant = amphi.parametres
    amphi.parametres = apply_changements(avant, changements)
    try:
        effets = tuple(_effets(amphi, liste, changements, maintenant)) if changements else ()
    finally:
        amphi.parametres = avant
    return ApercuReglages(changements=changements, effets=effets)


def _effets(
    amphi: Amphi, liste: ListeAppel | None, changements: tuple[ChangementReglage, ...], maintenant: int
) -> Iterator[Effet]:
    if liste is None:
        yield Effet(texte="La liste n’est pas encore calculée\u00a0: l’effet paraîtra avec elle.")
        return
    if touches(changements, "rang."):
        yield _ranks(amphi, liste)
    if touches(changements, "sessions."):
        yield from _cut(amphi, liste)
    elif touches(changements, "jours_avant_favoris") and amphi.debut is not None:
        quand = say_moment(favoris_of(amphi, amphi.debut, instant(maintenant)), amphi.subdivision.fuseau)
        yield Effet(texte=f"Les favoris s’ouvrent le {quand}.")
    for un in changements:
        dire = SIMPLES.get(un.reglage.cle)
        if dire is not None:
            yield Effet(texte=dire(amphi, un.apres))


def _ranks(amphi: Amphi, liste: ListeAppel) -> Effet:
    """The same computation as the list's own, compared place by place."""
    places = amphi.places.select_related("inscription__interne")
    inscriptions = {place.inscription.interne.ine: place.inscription for place in places}
    calcul = build_liste(
        parse_semestre(amphi.semestre.code),
        list_candidats(inscriptions.values(), count_effectifs(amphi.semestre_id, amphi.subdivision_id)),
        read_parametres_rang(amphi.parametres, liste.graine),
    )
    rangs = {ligne["ine"]: ligne["rang"] for ligne in liste.figures}
    changes = [ligne for ligne in calcul.lignes if rangs.get(ligne.ine) != ligne.rang]
    if not changes:
        return Effet(texte="Aucun rang ne change dans la liste d’appel.")
    noms = [
        f"{inscriptions[ligne.ine].interne} ({rangs.get(ligne.ine, '–')} → {ligne.rang})"
        for ligne in changes[:NOMMES]
    ]
    mots = count_mots(len(changes), "rang change", "rangs changent")
    suite = "…" if len(changes) > NOMMES else "."
    return Effet(texte=f"{mots} dans la liste d’appel\u00a0: {', '.join(noms)}{suite}")


def _cut(amphi: Amphi, liste: ListeAppel) -> Iterator[Effet]:
    sessions = cut_amphi(amphi, liste, choose_debut(amphi, None))
    if not sessions:
        return
    avant, fuseau = amphi.sessions.count(), amphi.subdivision.fuseau
    fin = say_moment(sessions[-1].fin, fuseau)
    ancienne = f" (au lieu du {say_moment(amphi.fin, fuseau)})" if amphi.fin else ""
    mots = f"{count_mots(len(sessions), 'session')} au lieu de {avant}"
    yield Effet(texte=f"{mots}. L’amphi finit le {fin}{ancienne}.", sessions=sessions)
    for suivant in amphi.suivants.filter(seq=0, debut__lt=sessions[-1].fin):
        yield Effet(
            texte=f"«\u00a0{suivant.intitule}\u00a0», qui partage ses postes, commencerait trop tôt\u00a0: "
            "reportez-le ensuite."
        )


def _tour(amphi: Amphi, ms: int) -> str:
    attendus = amphi.places.exclude(statut=Statut.HORS_CHOIX).count()
    internes = count_mots(attendus, "interne")
    return f"Si chacun prend tout son tour ({internes}), l’amphi dure {say_minutes(attendus * ms)}."


def _surnombres(amphi: Amphi, _: object) -> str:
    places = amphi.places.exclude(statut=Statut.HORS_CHOIX)
    nombre = places.exclude(inscription__type_choix=TypeChoix.CLASSIQUE).count()
    return f"{count_mots(nombre, 'interne')} en surnombre dans cette liste."


def _armees(amphi: Amphi, autorisee: object) -> str:
    nombre = amphi.places.filter(inscription__liste_armee=True).count()
    suite = "elles serviront" if autorisee else "elles ne serviront pas"
    return f"{count_mots(nombre, 'liste armée', 'listes armées')} à ce jour\u00a0: {suite}."


def _noms(amphi: Amphi, quand: object) -> str:
    textes = {
        "direct": "Les noms paraissent dès le premier choix, lus par tous.",
        "apres_cloture": "Les noms paraissent à la clôture de l’amphi.",
        "jamais": "Aucun nom ne paraît\u00a0: service et poste seulement.",
    }
    return textes[str(quand)]


def _mode(amphi: Amphi, mode: object) -> str:
    if mode == "en_salle":
        return "Aucun interne ne sera passé automatiquement\u00a0: vous appelez et saisissez chaque choix."
    return "Chacun choisit depuis son écran\u00a0; qui n’est pas connecté est passé après le délai d’absence."


SIMPLES: Mapping[str, Callable[[Amphi, Any], str]] = {
    "duree_tour_ms": _tour,
    "surnombre": _surnombres,
    "surnombres_max_par_service": _surnombres,
    "liste_armee": _armees,
    "noms_publics": _noms,
    "mode": _mode,
}
