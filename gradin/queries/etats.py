"""The state of an amphi: the fold of its journal, kept per process and completed by what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import Affectation, Amphi, Fait, Place
from gradin.domain.amphi.effaces import restore
from gradin.domain.amphi.empreintes import GENESE
from gradin.domain.amphi.engine import evolve
from gradin.domain.amphi.journal import decode
from gradin.domain.amphi.state import VIDE, Etat


@dataclass(frozen=True, slots=True, kw_only=True)
class Vue:
    """The state at one head of the journal; `empreinte` is the hash of line `seq`."""

    seq: int
    empreinte: str
    etat: Etat


LAST = 2**31 - 1
DEBUT = Vue(seq=0, empreinte=GENESE, etat=VIDE)
_vues: dict[int, Vue] = {}


def lire_etat(amphi_id: int) -> tuple[int, Etat]:
    """(seq, state) as committed now. Takes no lock; raises Amphi.DoesNotExist."""
    seq, empreinte = Amphi.objects.values_list("seq", "empreinte").get(pk=amphi_id)
    vue = vue_at(amphi_id, seq, empreinte)
    remember(amphi_id, vue)
    return vue.seq, vue.etat


def vue_at(amphi_id: int, seq: int, empreinte: str) -> Vue:
    """The state at that head: from memory, completed from the journal, or folded whole.

    A remembered state serves only when the journal holds its hash: never one rolled back.
    """
    vue = _vues.get(amphi_id, DEBUT)
    if (vue.seq, vue.empreinte) == (seq, empreinte):
        return vue
    return _completed(amphi_id, vue, seq) or _completed(amphi_id, DEBUT, seq) or DEBUT


def remember(amphi_id: int, vue: Vue) -> None:
    """An older state that comes late costs a completion, nothing more."""
    _vues[amphi_id] = vue


def forget(amphi_id: int) -> None:
    """What the retention job erases must not stay in memory either."""
    _vues.pop(amphi_id, None)


def fold_whole(amphi_id: int) -> Vue:
    """The whole journal folded again, whatever is remembered or said by the amphi's row."""
    return _completed(amphi_id, DEBUT, LAST) or DEBUT


def _completed(amphi_id: int, base: Vue, seq: int) -> Vue | None:
    """`base` and what the journal says after it; None when `base` is of another journal."""
    if base.seq > seq:
        return None
    lignes = list(
        Fait.objects.filter(amphi=amphi_id, n__gte=base.seq, n__lte=seq)
        .order_by("n")
        .values_list("n", "a", "fait", "p", "h", "c", "ouverture__prive")
    )
    if base.seq:
        if not lignes or lignes[0][4] != base.empreinte:
            return None
        del lignes[0]
    effacees = any(_erased(ligne[5], ligne[6]) for ligne in lignes)
    types, choisis = (_types_kept(amphi_id), _types_chosen(amphi_id)) if effacees else ({}, {})
    etat = base.etat
    for n, a, nom, p, _, c, prive in lignes:
        fait = restore(nom, a, p, types, choisis.get(n)) if _erased(c, prive) else decode(nom, a, p, prive)
        etat = evolve(etat, fait)
    return Vue(seq=etat.seq, empreinte=lignes[-1][4] if lignes else base.empreinte, etat=etat)


def _erased(c: str | None, prive: Mapping[str, object] | None) -> bool:
    return c is not None and prive is None


def _types_kept(amphi_id: int) -> dict[int, str]:
    """By number in the list."""
    places = Place.objects.filter(amphi=amphi_id, numero__isnull=False)
    return {
        numero: type_choix
        for numero, type_choix in places.values_list("numero", "inscription__type_choix")
        if numero is not None
    }


def _types_chosen(amphi_id: int) -> dict[int, str]:
    """By line of the journal."""
    rows = Affectation.objects.filter(amphi=amphi_id, n__isnull=False).values_list("n", "type_choix")
    return {n: type_choix for n, type_choix in rows if n is not None}
