"""Accept an individual demand and write what it changes; come back on it and undo that.

The roster is corrected by `operations.roster`, which keeps its history and protects the field from imports.
What it refuses (an amphi that has started) stays to be done, and is shown until it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction

from gradin.data.amphis.models import Affectation, Place, Statut
from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.domain.demandes.etats import Acteur, EtatIndividuelle, Pas
from gradin.operations.demandes.amphis import lock_sejours
from gradin.operations.demandes.courriers_individuelles import mail_interne
from gradin.operations.demandes.individuelles import lock_individuelle, move, settle
from gradin.operations.demandes.mouvements import note_individuelle
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.reprise import take_back
from gradin.operations.parcours.maquettes import set_derogation
from gradin.operations.roster.internes import BilanLot, correct_interne
from gradin.operations.roster.verrous import CorrectionRefusee, Verrou
from gradin.queries.individuelles.restes import Reste, list_restes
from gradin.queries.rangs.perimees import Lieu
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class Empechement:
    """What could not be written, why, and where an agent does it."""

    mots: str
    message: str
    lien: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanEffets:
    """`publies`: call lists that are published and name him; a rank of theirs changes by a correction.

    `lieux`: where provisional ones are to be computed again, by the caller once this stands: each locks its
    amphi, and the transaction of a decision holds others already.
    """

    faits: tuple[str, ...] = ()
    empeches: tuple[Empechement, ...] = ()
    publies: tuple[Verrou, ...] = ()
    lieux: frozenset[Lieu] = frozenset()


@transaction.atomic
def accept_individuelle(pk: int, motif: str, agent: Visiteur, *, maintenant: int) -> BilanEffets:
    """`motif`: a word for the interne, may be empty. What it changes is written at once."""
    assert agent.compte is not None
    demande = lock_individuelle(pk)
    move(demande, Pas.ACCEPTER, Acteur.ARS)
    settle(demande, motif, agent.compte, maintenant)
    note_individuelle(demande, Pas.ACCEPTER.value, agent.compte, maintenant, texte=demande.motif)
    bilan = _apply(demande, agent, maintenant)
    mail_interne(demande, "decision", maintenant)
    return bilan


@transaction.atomic
def apply_effets(pk: int, agent: Visiteur, *, maintenant: int) -> BilanEffets:
    """Again, for what could not be written then, or a roster that came since."""
    demande = lock_individuelle(pk)
    if demande.etat != EtatIndividuelle.ACCEPTEE.value:
        raise DemandeRefusee("Seule une demande acceptée change quelque chose.")
    return _apply(demande, agent, maintenant)


@transaction.atomic
def reopen_individuelle(pk: int, motif: str, agent: Visiteur, *, maintenant: int) -> BilanEffets:
    """The decision is taken back, with a motive; what it wrote goes unless another demand wants it."""
    assert agent.compte is not None
    demande = lock_individuelle(pk)
    if not motif.strip():
        raise DemandeRefusee("Dites pourquoi la décision est reprise\u00a0: l’interne lira ce motif.")
    avant = demande.etat
    move(demande, Pas.ROUVRIR, Acteur.ARS)
    demande.motif, demande.decided_at, demande.decided_by = "", None, None
    demande.save(update_fields=["etat", "motif", "decided_at", "decided_by"])
    note_individuelle(demande, Pas.ROUVRIR.value, agent.compte, maintenant, texte=motif.strip())
    bilan = BilanEffets()
    if avant == EtatIndividuelle.ACCEPTEE.value:
        bilan = _write(demande, take_back(demande), agent, maintenant)
    mail_interne(demande, "decision", maintenant)
    return bilan


def refresh_places(inscription: Inscription) -> None:
    """Its place in amphis that have not started: `hors_choix` or `a_venir`, as the roster now says.

    Those amphis are locked by the caller (`lock_sejours`).
    """
    inscription.refresh_from_db(fields=["absence_prevue"])
    pris = Affectation.objects.filter(
        interne=inscription.interne_id, semestre=inscription.semestre_id, annulee=False
    ).exists()
    statut = Statut.HORS_CHOIX if inscription.absence_prevue or pris else Statut.A_VENIR
    Place.objects.filter(inscription=inscription, amphi__seq=0).update(statut=statut)


def _apply(demande: DemandeIndividuelle, agent: Visiteur, maintenant: int) -> BilanEffets:
    return _write(demande, list_restes(demande), agent, maintenant)


def _write(
    demande: DemandeIndividuelle, restes: Iterable[Reste], agent: Visiteur, maintenant: int
) -> BilanEffets:
    faits: list[str] = []
    empeches: list[Empechement] = []
    publies: dict[int, Verrou] = {}
    lieux: set[Lieu] = set()
    for reste in restes:
        if not reste.champ:
            lien = f"/gestion/internes/{reste.interne}/corriger/?semestre={reste.semestre}"
            message = "À corriger par vous\u00a0: le rang local dans le nouveau groupe ne se déduit pas."
            empeches.append(Empechement(mots=reste.mots, message=message, lien=lien))
            continue
        try:
            fait = _correct(reste, agent, maintenant)
        except CorrectionRefusee as refus:
            empeches.append(Empechement(mots=reste.mots, message=refus.message, lien=refus.lien))
        else:
            publies |= {verrou.amphi: verrou for verrou in fait.publies}
            lieux |= fait.lieux
            faits.append(reste.mots)
            note_individuelle(demande, "effet", agent.compte, maintenant, texte=reste.mots)
    return BilanEffets(
        faits=tuple(faits),
        empeches=tuple(empeches),
        publies=tuple(publies.values()),
        lieux=frozenset(lieux),
    )


def _correct(reste: Reste, agent: Visiteur, maintenant: int) -> BilanLot:
    inscription = Inscription.objects.get(pk=reste.inscription)
    instant = datetime.fromtimestamp(maintenant / 1000, UTC)
    if lock_sejours(inscription) and reste.champ == "derogation":
        raise CorrectionRefusee("Son amphi a commencé\u00a0: la liste y est scellée.", lien="/regie/")
    if reste.champ == "derogation":
        set_derogation(agent, reste.inscription, reste.valeur, instant)
        return BilanLot(changes=1, identiques=0, refuses=())
    bilan = correct_interne(reste.inscription, {reste.champ: reste.valeur}, agent, maintenant=instant)
    refresh_places(inscription)
    return replace(bilan, publies=()) if reste.champ == "absence_prevue" else bilan
