"""The amphis in which an inscription stands, locked; what a running one must record in its journal."""

from collections.abc import Callable
from dataclasses import dataclass

from gradin.data.amphis.models import Affectation, EtatAmphi, Place
from gradin.data.internes.models import Inscription
from gradin.domain.amphi.commands import Commande
from gradin.operations.amphis.handling import handle, lock_amphi
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.queries.etats import lire_etat


@dataclass(frozen=True, slots=True, kw_only=True)
class Sejour:
    """One place in one amphi that runs: its number in the started list."""

    amphi: int
    numero: int


def lock_sejours(inscription: Inscription) -> tuple[Sejour, ...]:
    """Locks every amphi of this inscription, always in the same order, and names those that run.

    An amphi that is locked cannot start, open a tour or take a choice meanwhile.
    """
    pks = Place.objects.filter(inscription=inscription).order_by("amphi").values_list("amphi", flat=True)
    amphis = [lock_amphi(pk) for pk in pks]
    running = [amphi for amphi in amphis if amphi.seq and amphi.etat != EtatAmphi.CLOS]
    numeros = dict(
        Place.objects.filter(inscription=inscription, amphi__in=running).values_list("amphi", "numero")
    )
    return tuple(Sejour(amphi=a.pk, numero=numero) for a in running if (numero := numeros[a.pk]) is not None)


def check_has_not_chosen(inscription: Inscription, message: str) -> None:
    """`message` says it with `{poste}`."""
    affectation = (
        Affectation.objects.filter(
            interne=inscription.interne_id, semestre=inscription.semestre_id, annulee=False
        )
        .select_related("poste")
        .first()
    )
    if affectation is not None:
        raise DemandeRefusee(message.format(poste=affectation.poste.numero))


def check_tour_not_open(sejours: tuple[Sejour, ...]) -> None:
    """What the ARS brings on paper comes before the tour (rules.md §5)."""
    for sejour in sejours:
        tour = lire_etat(sejour.amphi)[1].tour
        if tour is not None and tour.interne == sejour.numero:
            raise DemandeRefusee(
                "Son tour est ouvert : une procuration sur papier ne s’enregistre plus. "
                "Choisissez à sa place depuis la régie, avec un motif."
            )


def record(
    sejours: tuple[Sejour, ...], command: Callable[[int], Commande], *, auteur: int | None, maintenant: int
) -> None:
    """One fact in each running amphi; a refusal undoes everything, what time had brought included."""
    for sejour in sejours:
        reponse = handle(sejour.amphi, command(sejour.numero), auteur=auteur, maintenant=maintenant)
        if reponse.refusee:
            raise DemandeRefusee(str(reponse.corps["message"]))
