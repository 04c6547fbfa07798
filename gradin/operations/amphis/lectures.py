"""The read rows that follow the journal: only what changed between two states is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.domain.amphi.journal import LigneJournal
from gradin.domain.amphi.state import Choix, Etat
from gradin.queries.lectures import etat_poste


def write_rows(amphi: Amphi, avant: Etat, apres: Etat, lignes: Iterable[LigneJournal]) -> None:
    """Place (statut, rang), Poste.etat, Affectation, and what an act changed of an Inscription."""
    _write_statuts(amphi, avant, apres)
    _write_postes(amphi, avant, apres)
    _write_affectations(amphi, avant, apres, {ligne.n: ligne.a for ligne in lignes})
    _write_lignes(amphi, avant, apres)


def _write_statuts(amphi: Amphi, avant: Etat, apres: Etat) -> None:
    if apres.statuts is avant.statuts:
        return
    changed: Mapping[str, list[int]] = defaultdict(list)
    for numero, statut in apres.statuts.items():
        if avant.statuts.get(numero) != statut:
            changed[str(statut)].append(numero)
    for nom, numeros in changed.items():
        Place.objects.filter(amphi=amphi.pk, numero__in=numeros).update(statut=nom)


def _write_postes(amphi: Amphi, avant: Etat, apres: Etat) -> None:
    changed: Mapping[str, list[str]] = defaultdict(list)
    for numero in _touched(avant, apres):
        changed[etat_poste(apres, numero)].append(numero)
    for etat, numeros in changed.items():
        Poste.objects.filter(
            semestre=amphi.semestre_id, subdivision=amphi.subdivision_id, numero__in=numeros
        ).update(etat=etat)


def _touched(avant: Etat, apres: Etat) -> Set[str]:
    """Postes whose holder, withdrawal or presence in the offer changed."""
    if apres.postes.keys() != avant.postes.keys():
        return apres.postes.keys()
    return (avant.classiques.keys() ^ apres.classiques.keys()) | (avant.retires ^ apres.retires)


def _write_affectations(amphi: Amphi, avant: Etat, apres: Etat, instants: Mapping[int, int]) -> None:
    """Annulled first: a correction gives another poste, or this poste to another."""
    gone = [choix.n for numero, choix in avant.choix.items() if apres.choix.get(numero) != choix]
    if gone:
        Affectation.objects.filter(amphi=amphi.pk, n__in=gone).update(annulee=True)
    come = {numero: choix for numero, choix in apres.choix.items() if avant.choix.get(numero) != choix}
    if come:
        _insert_affectations(amphi, come, instants)


def _insert_affectations(amphi: Amphi, come: Mapping[int, Choix], instants: Mapping[int, int]) -> None:
    internes = dict(
        Place.objects.filter(amphi=amphi.pk, numero__in=come).values_list("numero", "inscription__interne")
    )
    postes = dict(
        Poste.objects.filter(
            semestre=amphi.semestre_id,
            subdivision=amphi.subdivision_id,
            numero__in=[choix.poste for choix in come.values()],
        ).values_list("numero", "pk")
    )
    Affectation.objects.bulk_create(
        Affectation(
            interne_id=internes[numero],
            semestre_id=amphi.semestre_id,
            poste_id=postes[choix.poste],
            amphi=amphi,
            type_choix=str(choix.type_choix),
            n=choix.n,
            chosen_at=instants[choix.n],
        )
        for numero, choix in come.items()
    )


def _write_lignes(amphi: Amphi, avant: Etat, apres: Etat) -> None:
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
