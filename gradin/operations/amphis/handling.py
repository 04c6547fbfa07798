"""The one way into an amphi: locks its row, decides, writes everything or nothing, then tells."""

import logging
from collections.abc import Callable
from dataclasses import replace

from django.db import DatabaseError, IntegrityError, transaction

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi.commands import Commande, ConfirmChoix, Echoir, Pauser
from gradin.domain.amphi.facts import Label
from gradin.domain.kernel import Motif, Refus
from gradin.operations.amphis import sql
from gradin.operations.amphis.cles import cle_of, known_answer
from gradin.operations.amphis.ecoute import tell
from gradin.operations.amphis.reponse import Reponse
from gradin.operations.amphis.seance import Demande, EcheanceEnPanne, Seance
from gradin.queries.etats import Vue, lire_etat, remember, vue_at

logger = logging.getLogger(__name__)


def handle(
    amphi_id: int,
    commande: Commande,
    *,
    auteur: int | None,
    maintenant: int,
    cle: str | None = None,
    presents: frozenset[int] | None = None,
    cle_de: int | None = None,
) -> Reponse:
    """Applies `commande` at `maintenant` (ms UTC, read once when the request arrived).

    `auteur`: id of the account that acts, None for the platform itself; kept in the private part as
    `compte:<id>`. `cle`: Idempotency-Key, bound to that account (or to `cle_de`). `presents`: numbers of who
    is connected, else the registered source is asked. A rule that says no gives a Reponse of statut 409,
    never an exception; what was due by time is written even then. Raises Amphi.DoesNotExist. Locks the
    amphi's row.
    """
    if auteur is not None:
        commande = replace(commande, auteur=f"compte:{auteur}")
    demande = Demande(
        amphi=amphi_id,
        commande=commande,
        maintenant=maintenant,
        cle=cle_of(amphi_id, commande, auteur if cle_de is None else cle_de, cle),
        presents=presents,
    )
    known = known_answer(demande.cle)
    if known is not None:
        return known
    reponse = _closed_on_failure(demande)
    _wake_others(demande, reponse)
    return reponse


def _closed_on_failure(demande: Demande) -> Reponse:
    """A bug on the path of the chooser or of the clock pauses the amphi; it rises in any case."""
    try:
        return _again_on_conflict(demande)
    except IntegrityError:
        _pause(demande)
        raise
    except DatabaseError:
        raise
    except EcheanceEnPanne as panne:
        _pause(demande)
        raise panne.__cause__ or panne from None
    except Exception:
        if _is_the_clock_or_the_chooser(demande):
            _pause(demande)
        raise


def _is_the_clock_or_the_chooser(demande: Demande) -> bool:
    """What somebody else sends may fail: it must not stop the tour of the one who chooses."""
    commande = demande.commande
    if not isinstance(commande, ConfirmChoix):
        return isinstance(commande, Echoir)
    tour = lire_etat(demande.amphi)[1].tour
    return tour is not None and tour.interne == commande.interne


def _again_on_conflict(demande: Demande) -> Reponse:
    """When a unique index refuses, the second try sees what the other has committed; the third says no."""
    try:
        return _transact(demande, Seance.run)
    except IntegrityError as error:
        if _conflict(error) is None:
            raise
    try:
        return _transact(demande, Seance.run)
    except IntegrityError as error:
        conflit = _conflict(error)
        if conflit is None or isinstance(demande.commande, Echoir):
            raise
    return _transact(replace(demande, conflit=conflit), Seance.run)


# The net behind the lock, by the name that each store gives to a unique index.
CONFLITS = {
    "affectation_un_classique_par_poste": Motif.POSTE_POURVU,
    "amphis_affectation.poste_id": Motif.POSTE_POURVU,
    "affectation_une_par_semestre": Motif.DEJA_AFFECTE,
    "amphis_affectation.interne_id": Motif.DEJA_AFFECTE,
    "cle_unique": Motif.CLE_DEJA_UTILISEE,
    "amphis_cleidempotence.compte_id": Motif.CLE_DEJA_UTILISEE,
}


def _conflict(error: IntegrityError) -> Refus | None:
    """None when the error is a bug: it rises."""
    return next((Refus(motif) for index, motif in CONFLITS.items() if index in str(error)), None)


def _transact(demande: Demande, play: Callable[[Seance], Reponse]) -> Reponse:
    with transaction.atomic():
        amphi = sql.lock_row(demande.amphi)
        if amphi is None:
            raise Amphi.DoesNotExist
        known = known_answer(demande.cle)
        if known is not None:
            return known
        vue = vue_at(amphi.pk, amphi.seq, amphi.empreinte)
        seance = Seance(amphi=amphi, vue=vue, demande=demande)
        reponse = play(seance)
        if seance.vue is not vue:
            apres = seance.vue
            transaction.on_commit(lambda: _committed(amphi.pk, apres))
        return reponse


def lock_amphi(amphi_id: int) -> Amphi:
    """The whole row, for operations that change more of it than `handle` does; the same lock."""
    return Amphi.objects.select_for_update(of=("self",), no_key=True).get(pk=amphi_id)


def _committed(amphi_id: int, vue: Vue) -> None:
    remember(amphi_id, vue)
    tell(amphi_id, vue.seq)


def _pause(demande: Demande) -> None:
    """Failure is closed: the clock stops with everybody's time kept, and somebody is called."""
    logger.critical("amphi %s is paused: %s failed", demande.amphi, demande.commande, exc_info=True)
    pause = Pauser(label=Label.TECHNIQUE)
    try:
        _transact(replace(demande, commande=pause, cle=None), Seance.run_alone)
    except Exception:
        logger.critical("amphi %s could not be paused", demande.amphi, exc_info=True)


def _wake_others(demande: Demande, reponse: Reponse) -> None:
    """Who has chosen here no longer chooses elsewhere: the other running amphis notice at once."""
    chosen = [ligne.p["interne"] for ligne in reponse.faits if ligne.fait == "ChoixConfirme"]
    if not chosen:
        return
    for amphi_id in sql.read_others_running(demande.amphi, chosen):
        try:
            handle(amphi_id, Echoir(), auteur=None, maintenant=demande.maintenant)
        except Exception:
            logger.exception("amphi %s was not told of a choice in %s", amphi_id, demande.amphi)
