"""The read rows that follow the journal: only what changed between two states is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from gradin.data.amphis.models import Affectation, Place
from gradin.data.internes.models import Inscription
from gradin.domain.amphi.journal import LigneJournal
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.state import Choix, Etat
from gradin.operations.amphis import sql
from gradin.operations.amphis.sql import AmphiVerrouille


def write_rows(amphi: AmphiVerrouille, avant: Etat, apres: Etat, lignes: Iterable[LigneJournal]) -> None:
    """Place (statut, rang), Poste.etat, Affectation, and what an act changed of an Inscription."""
    _write_statuts(amphi, avant, apres)
    _write_postes(amphi, avant, apres)
    _write_affectations(amphi, avant, apres, {ligne.n: ligne.a for ligne in lignes})
    _write_lignes(amphi, avant, apres)


def _write_statuts(amphi: AmphiVerrouille, avant: Etat, apres: Etat) -> None:
    if apres.statuts is avant.statuts:
        return
    changed: Mapping[str, list[int]] = defaultdict(list)
    for numero, statut in apres.statuts.items():
        if avant.statuts.get(numero) != statut:
            changed[str(statut)].append(numero)
    for nom, numeros in changed.items():
        sql.update_statuts(amphi.pk, nom, numeros)


def _write_postes(amphi: AmphiVerrouille, avant: Etat, apres: Etat) -> None:
    changed: Mapping[str, list[str]] = defaultdict(list)
    for numero in _touched(avant, apres):
        changed[etat_poste(apres, numero)].append(numero)
    for etat, numeros in changed.items():
        sql.update_postes(amphi, etat, numeros)


def _touched(avant: Etat, apres: Etat) -> Set[str]:
    """Postes whose holder, withdrawal or presence in the offer changed."""
    if apres.postes.keys() != avant.postes.keys():
        return apres.postes.keys()
    return (avant.classiques.keys() ^ apres.classiques.keys()) | (avant.retires ^ apres.retires)


def _write_affectations(
    amphi: AmphiVerrouille, avant: Etat, apres: Etat, instants: Mapping[int, int]
) -> None:
    """Annulled first: a correction gives another poste, or this poste to another."""
    gone = [choix.n for _, choix in _changed(avant.choix, apres.choix)]
    if gone:
        Affectation.objects.filter(amphi=amphi.pk, n__in=gone).update(annulee=True)
    for numero, choix in _changed(apres.choix, avant.choix):
        sql.insert_affectation(
            amphi,
            interne=numero,
            poste=choix.poste,
            type_choix=str(choix.type_choix),
            n=choix.n,
            a=instants[choix.n],
        )


def _changed(these: Mapping[int, Choix], others: Mapping[int, Choix]) -> list[tuple[int, Choix]]:
    """Of `these`, what `others` lacks or has otherwise. A thousand unchanged ones are told by identity."""
    if these is others:
        return []
    return [
        (numero, choix)
        for numero, choix in these.items()
        if (other := others.get(numero)) is not choix and other != choix
    ]


def _write_lignes(amphi: AmphiVerrouille, avant: Etat, apres: Etat) -> None:
    """Ranks corrected; type de choix and longer time, which another amphi of the semestre finds there."""
    if apres.lignes is avant.lignes or not avant.lignes:
        return
    for numero, ligne in apres.lignes.items():
        connue = avant.lignes.get(numero)
        if connue is None or connue == ligne:
            continue
        Place.objects.filter(amphi=amphi.pk, numero=numero).update(rang=ligne.rang)
        Inscription.objects.filter(places__amphi=amphi.pk, places__numero=numero).update(
            type_choix=str(ligne.prive.type_choix), multiplicateur=_as_text(ligne.prive.multiplicateur)
        )


def _as_text(multiplicateur: object) -> str:
    return "" if str(multiplicateur) == "1" else str(multiplicateur)
