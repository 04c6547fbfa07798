"""What lies outside an amphi and its decisions need, read under its lock."""

from collections import defaultdict
from collections.abc import Callable

from gradin.data.amphis.models import Amphi, EtatAmphi, Place
from gradin.domain.amphi.commands import Commande, Contexte, CorrigerChoix, Demarrer, RetirerPoste
from gradin.domain.amphi.state import Etat
from gradin.domain.favoris import open_favoris
from gradin.operations.amphis import sql
from gradin.operations.amphis.ecoute import presents_of
from gradin.operations.amphis.sql import AmphiVerrouille
from gradin.queries.favoris import own_favoris

ContexteOf = Callable[[Etat], Contexte]
STARTED = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


# The only commands that look at the other amphis of the chain.
SEES_CHAIN = (Demarrer, CorrigerChoix, RetirerPoste)


def contexte_reader(
    amphi: AmphiVerrouille, commande: Commande, maintenant: int, presents: frozenset[int] | None
) -> ContexteOf:
    """Reads once what does not move in one command; the armed list is that of the tour open at that point."""
    ailleurs = sql.read_ailleurs(amphi)
    amont, aval = _chain(amphi.pk) if isinstance(commande, SEES_CHAIN) else (False, False)

    def contexte(etat: Etat) -> Contexte:
        return Contexte(
            maintenant=maintenant,
            presents=presents_of(amphi.pk, etat) if presents is None else presents,
            ailleurs=ailleurs,
            armee=_armee(amphi.pk, etat),
            amont_ouvert=amont,
            aval_ouvert=aval,
        )

    return contexte


def _chain(amphi_id: int) -> tuple[bool, bool]:
    """(an earlier amphi of the chain is not clos, a later one has started and is not clos)."""
    amont = False
    precedent = Amphi.objects.values_list("precedent", flat=True).get(pk=amphi_id)
    while precedent is not None and not amont:
        etat, precedent = Amphi.objects.values_list("etat", "precedent").get(pk=precedent)
        amont = etat != EtatAmphi.CLOS
    return amont, _aval(amphi_id)


def _aval(amphi_id: int) -> bool:
    suivants = Amphi.objects.filter(precedent=amphi_id).values_list("pk", "etat")
    return any(etat in STARTED or _aval(pk) for pk, etat in suivants)


def _armee(amphi_id: int, etat: Etat) -> tuple[str, ...]:
    """The favourites, services opened into their postes, of the one choosing if he armed them."""
    if etat.tour is None or not etat.parametres.liste_armee:
        return ()
    inscription = Place.objects.values_list("inscription", "inscription__liste_armee").filter(
        amphi=amphi_id, numero=etat.tour.interne
    )
    pk, armed = inscription.get()
    if not armed:
        return ()
    offerts: dict[str, list[str]] = defaultdict(list)
    for numero, poste in etat.postes.items():
        offerts[poste.service].append(numero)
    ouverts = open_favoris(own_favoris(pk, amphi_id), offerts)
    return tuple(numero for numero in ouverts if numero in etat.postes)
