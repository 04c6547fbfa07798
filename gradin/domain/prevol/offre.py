"""Findings about the offer: enough postes, a taker for each reserved one, a lawful poste for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gradin.domain.appariement.couplage import Manque, find_manque
from gradin.domain.eligibilite.regles import check_reserve, first_refusal
from gradin.domain.eligibilite.situation import Candidat, Place, Reglement, Severite, TypeChoix
from gradin.domain.nombres import count_mots
from gradin.domain.prevol.dossier import CodeConstat, Constat, Dossier, Gravite, InternePrevol

MONTRES = 12


def examine_offre(dossier: Dossier) -> Iterator[Constat]:
    """Numbers, reservations, then the matching."""
    yield from check_nombre(dossier)
    yield from check_agrements(dossier)
    yield from check_preneurs(dossier)
    yield from check_couplage(dossier)
    yield from check_surnombres(dossier)


def check_nombre(dossier: Dossier) -> Iterator[Constat]:
    """Fewer free postes than internes who will each hold one; surnombres hold none."""
    libres = len(list_libres(dossier))
    attendus = len(list_classiques(dossier))
    if libres >= attendus:
        return
    yield _confirm(
        CodeConstat.POSTES_INSUFFISANTS,
        (),
        f"{count_mots(libres, 'poste')} pour {count_mots(attendus, 'interne')}\u00a0: "
        f"il en manque {attendus - libres}. "
        "Ajoutez des postes, ou confirmez que l’amphi peut commencer ainsi.",
        dossier.lien_postes,
    )


def check_agrements(dossier: Dossier) -> Iterator[Constat]:
    """Postes without a valid agrément are acknowledged by name."""
    postes = dossier.sans_agrement
    if postes:
        yield _confirm(
            CodeConstat.SANS_AGREMENT,
            postes,
            f"Sans agrément valide\u00a0: {_postes(list(postes))}. Retirez-les de l’offre, mettez les "
            "agréments à jour, ou confirmez.",
            dossier.lien_postes,
        )


def check_preneurs(dossier: Dossier) -> Iterator[Constat]:
    """Reserved postes that nobody of the chain may take, told once per set of codes."""
    codes = frozenset[str]().union(*(interne.candidat.codes for interne in dossier.choisissent))
    codes = codes.union(*(candidat.codes for candidat in dossier.attendus_apres))
    sans_preneur: dict[frozenset[str], list[str]] = defaultdict(list)
    quelqu_un = Candidat(rang=1, codes=codes)
    for place in list_libres(dossier):
        if check_reserve(quelqu_un, place, dossier.reglement) is not None:
            sans_preneur[place.reserve].append(place.poste)
    for reserve, postes in sans_preneur.items():
        yield _confirm(
            CodeConstat.RESERVE_SANS_PRENEUR,
            tuple(postes),
            f"Réserve à {', '.join(sorted(reserve))} sans aucun interne qui puisse choisir\u00a0: "
            f"{_postes(postes)}. Levez la réserve, retirez-les de l’offre, ou confirmez.",
            f"{dossier.lien_postes}&q={postes[0]}" if len(postes) == 1 else dossier.lien_postes,
        )


def check_couplage(dossier: Dossier) -> Iterator[Constat]:
    """No way to give every classique a lawful poste, whatever the order of choice."""
    classiques = list_classiques(dossier)
    seuls = [judge_alone(interne.candidat, dossier.reglement) for interne in classiques]
    sortes = group_places(dossier.postes, frozenset().union(*(seul.hors_maquette for seul in seuls)))
    modeles = tuple(places[0] for places in sortes)
    verdicts = {seul: list_ouverts(seul, modeles, dossier.reglement) for seul in set(seuls)}
    voisins = [verdicts[seul] for seul in seuls]
    manque = find_manque(voisins, [len(places) for places in sortes])
    if manque is not None:
        yield tell_manque(dossier, classiques, sortes, manque)


def tell_manque(
    dossier: Dossier,
    classiques: tuple[InternePrevol, ...],
    sortes: tuple[tuple[Place, ...], ...],
    manque: Manque,
) -> Constat:
    """Name the internes who, together, have too few postes, and these postes."""
    noms = tuple(classiques[indice].nom for indice in manque.internes)
    postes = [place.poste for indice in manque.postes for place in sortes[indice]]
    possibles = f"\u00a0: {_postes(postes)}" if postes else ""
    return _confirm(
        CodeConstat.COUPLAGE_IMPOSSIBLE,
        noms,
        f"{count_mots(len(noms), 'interne n’a', 'internes n’ont à eux tous')} "
        f"que {count_mots(manque.places, 'poste possible', 'postes possibles')}{possibles}. "
        "Ajoutez des postes, levez des réserves, ou confirmez.",
        dossier.lien_postes,
    )


def check_surnombres(dossier: Dossier) -> Iterator[Constat]:
    """Each surnombre needs a lawful poste; he takes it from nobody, so each is looked at alone."""
    sortes = group_places(dossier.postes, frozenset())
    for interne in dossier.choisissent:
        if interne.candidat.type_choix is TypeChoix.CLASSIQUE:
            continue
        seul = judge_alone(interne.candidat, dossier.reglement)
        if list_ouverts(seul, tuple(places[0] for places in sortes), dossier.reglement):
            continue
        yield _confirm(
            CodeConstat.COUPLAGE_IMPOSSIBLE,
            (interne.nom,),
            f"{interne.nom}, en surnombre, n’a aucun poste possible. Ajoutez un poste, changez son type "
            "de choix, ou confirmez.",
            interne.fiche or dossier.lien_postes,
        )


def list_classiques(dossier: Dossier) -> tuple[InternePrevol, ...]:
    return tuple(i for i in dossier.choisissent if i.candidat.type_choix is TypeChoix.CLASSIQUE)


def list_libres(dossier: Dossier) -> tuple[Place, ...]:
    """Postes of the offer that somebody may still come to hold."""
    return tuple(p for p in dossier.postes if p.offert and not p.retire and not p.tenu)


def judge_alone(candidat: Candidat, reglement: Reglement) -> Candidat:
    """The same person without what another finding already tells or the rules of this amphi do not refuse,
    so that equals are judged once.
    """
    refuse_valides = reglement.deja_valide is Severite.REFUSE
    refuse_hors = reglement.maquette is Severite.REFUSE
    return replace(
        candidat,
        rang=1,
        affecte=False,
        valides=candidat.valides if refuse_valides else frozenset(),
        hors_maquette=candidat.hors_maquette if refuse_hors else frozenset(),
    )


def group_places(postes: Iterable[Place], vus_un_par_un: frozenset[str]) -> tuple[tuple[Place, ...], ...]:
    """Postes that the rules cannot tell apart; those named in some parcours stay alone."""
    sortes: dict[object, list[Place]] = defaultdict(list)
    for place in postes:
        sortes[place if place.poste in vus_un_par_un else replace(place, poste="")].append(place)
    return tuple(tuple(places) for places in sortes.values())


def list_ouverts(candidat: Candidat, modeles: tuple[Place, ...], reglement: Reglement) -> tuple[int, ...]:
    """Which kinds of postes the rules open to him before the start."""
    return tuple(
        indice for indice, place in enumerate(modeles) if first_refusal(candidat, place, reglement) is None
    )


def _postes(numeros: list[str]) -> str:
    suite = f" et {len(numeros) - MONTRES} autres" if len(numeros) > MONTRES else ""
    return f"{count_mots(len(numeros), 'poste')} (n°\u00a0{', '.join(numeros[:MONTRES])}{suite})"


def _confirm(code: CodeConstat, qui: tuple[str, ...], message: str, lien: str) -> Constat:
    return Constat(code=code, gravite=Gravite.A_CONFIRMER, qui=qui, message=message, lien=lien)
