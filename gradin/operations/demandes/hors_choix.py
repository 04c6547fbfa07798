"""A poste given before the amphi: affectation hors choix (article 44), ambulatory stages given first.

It is an affectation of no amphi. The amphis that have not started read it when they start: the poste is held
before everybody (`tenus` of `AmphiDemarre`), the interne is `hors_choix` (rules.md §4-5).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.demandes.models import HorsChoix, NatureHorsChoix
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.data.postes.models import EtatPoste, Poste
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.demandes.courriers_individuelles import mail_hors_choix
from gradin.operations.demandes.effets import refresh_places
from gradin.operations.demandes.mouvements import note_hors_choix
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.imports.salle import tell_salle

INSECABLE = "\u00a0"
# The affectation, what it is of, the poste, the place, the trace, the mail.
LIGNES_PAR_POSTE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """To whom, which poste; rows that the caller has judged to be of the agent's scope."""

    inscription: int
    poste: int


@transaction.atomic
def give_postes(
    attributions: Sequence[Attribution], nature: str, motif: str, *, agent: int, maintenant: int
) -> tuple[int, ...]:
    """All or none: the first that is refused undoes the others. Raises DemandeRefusee."""
    if nature not in NatureHorsChoix.values:
        raise DemandeRefusee("Choisissez le genre d’attribution dans la liste.", champ="nature")
    if not motif.strip():
        raise DemandeRefusee("Dites pourquoi\u00a0: ce motif reste à l’ARS.", champ="motif")
    if attente := tell_salle(LIGNES_PAR_POSTE * len(attributions)):
        raise DemandeRefusee(attente)
    voulus = [une.poste for une in attributions]
    siennes = Inscription.objects.select_related("interne", "subdivision")
    inscriptions = siennes.in_bulk([une.inscription for une in attributions])
    _lock(inscriptions, voulus, "ce poste ne s’attribue plus hors choix")
    postes = _lock_postes(voulus)
    donnes = [
        _give(inscriptions[une.inscription], postes[une.poste], nature, agent, maintenant)
        for une in attributions
    ]
    _set_postes(voulus, EtatPoste.POURVU)
    for donne, une in zip(donnes, attributions, strict=True):
        refresh_places(inscriptions[une.inscription])
        note_hors_choix(donne, "attribution", agent, maintenant, texte=motif.strip())
        mail_hors_choix(donne, inscriptions[une.inscription], "attribue", maintenant)
    return tuple(donne.pk for donne in donnes)


@transaction.atomic
def undo_poste(pk: int, motif: str, *, agent: int, maintenant: int) -> None:
    """Before an amphi has taken account of it; the line stays, marked."""
    donne = HorsChoix.objects.select_related("affectation__poste").get(pk=pk)
    affectation = donne.affectation
    inscription = _inscription(affectation.interne_id, affectation.semestre_id)
    _lock([inscription.pk], [affectation.poste_id], "cette attribution ne s’annule plus")
    donne = HorsChoix.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if donne.annulled_at is not None:
        raise DemandeRefusee("Cette attribution est déjà annulée.")
    if not motif.strip():
        raise DemandeRefusee("Dites pourquoi l’attribution est annulée.", champ="motif")
    donne.annulled_at, donne.annulled_by_id = maintenant, agent
    donne.save(update_fields=["annulled_at", "annulled_by"])
    Affectation.objects.filter(pk=affectation.pk).update(annulee=True)
    _set_postes([affectation.poste_id], EtatPoste.LIBRE)
    refresh_places(inscription)
    note_hors_choix(donne, "annulation", agent, maintenant, texte=motif.strip())
    mail_hors_choix(donne, inscription, "annule", maintenant)


def _lock_postes(pks: Collection[int]) -> dict[int, Poste]:
    """Once the amphis are: whoever chooses there locks in that order too."""
    rows = Poste.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return {poste.pk: poste for poste in rows.filter(pk__in=pks)}


def _give(inscription: Inscription, poste: Poste, nature: str, agent: int, maintenant: int) -> HorsChoix:
    _check(inscription, poste)
    affectation = Affectation.objects.create(
        interne=inscription.interne,
        semestre_id=inscription.semestre_id,
        poste=poste,
        amphi=None,
        type_choix=TypeChoix.CLASSIQUE,
        n=None,
        chosen_at=maintenant,
    )
    return HorsChoix.objects.create(
        affectation=affectation, nature=nature, given_at=maintenant, given_by_id=agent
    )


def _lock(inscriptions: Collection[int], postes: Collection[int], quoi: str) -> None:
    """Every amphi that lists them or offers these, in order: none can start meanwhile, none has."""
    siens = Amphi.objects.filter(places__inscription__in=inscriptions).values_list("pk", flat=True)
    offrent = Amphi.objects.filter(offre__poste__in=postes).values_list("pk", flat=True)
    for pk in sorted({*siens, *offrent}):
        amphi = lock_amphi(pk)
        if amphi.seq:
            raise DemandeRefusee(
                f"L’amphi «{INSECABLE}{amphi.intitule}{INSECABLE}» a commencé{INSECABLE}: {quoi}. "
                "Passez par la régie de cet amphi."
            )


def _check(inscription: Inscription, poste: Poste) -> None:
    qui = str(inscription.interne)
    ici = (poste.semestre_id, poste.subdivision_id)
    if ici != (inscription.semestre_id, inscription.subdivision_id):
        raise DemandeRefusee(
            f"Le poste n° {poste.numero} n’est pas du semestre ou de la subdivision de {qui}.", champ="poste"
        )
    deja = Affectation.objects.filter(
        interne=inscription.interne_id, semestre=inscription.semestre_id, annulee=False
    ).select_related("poste")
    if tenu := deja.first():
        raise DemandeRefusee(f"{qui} a déjà le poste n° {tenu.poste.numero} ce semestre.", champ="interne")
    if poste.etat == EtatPoste.RETIRE:
        raise DemandeRefusee(
            f"Le poste n° {poste.numero} est fermé. Rouvrez-le d’abord dans « Postes ».", champ="poste"
        )
    if Affectation.objects.filter(poste=poste, annulee=False, type_choix=TypeChoix.CLASSIQUE).exists():
        raise DemandeRefusee(f"Le poste n° {poste.numero} est déjà pourvu.", champ="poste")


def _set_postes(postes: Collection[int], etat: str) -> None:
    """Cached offers age: their seats are drawn taken or free."""
    Poste.objects.filter(pk__in=postes).update(etat=etat)
    offrent = Amphi.objects.filter(offre__poste__in=postes).values("pk")
    Amphi.objects.filter(pk__in=offrent).update(version_offre=F("version_offre") + 1)


def _inscription(interne: int, semestre: int) -> Inscription:
    return Inscription.objects.select_related("interne", "subdivision").get(
        interne=interne, semestre=semestre
    )
