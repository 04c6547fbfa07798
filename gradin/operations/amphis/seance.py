"""One command under the lock of its amphi: what time has brought, then what is asked."""

from dataclasses import dataclass

from django.db import DatabaseError

from gradin.domain.amphi.commands import Commande, ConstaterPanne, Echoir
from gradin.domain.amphi.engine import decide, fold
from gradin.domain.amphi.journal import LigneJournal
from gradin.domain.amphi.state import EtatAmphi
from gradin.domain.kernel import Refus
from gradin.operations.amphis.cles import Cle, keep_answer
from gradin.operations.amphis.contexte import contexte_reader
from gradin.operations.amphis.corps import corps_of
from gradin.operations.amphis.ecriture import write_decision
from gradin.operations.amphis.pannes import panne_since
from gradin.operations.amphis.reponse import CREEE, DEJA, Reponse, refusal
from gradin.operations.amphis.sql import AmphiVerrouille
from gradin.queries.etats import Vue


class EcheanceEnPanne(Exception):
    """Ending what is due raised: no command of this amphi can go on. The cause is the bug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """A command as it arrived. `conflit`: what a unique index has refused twice."""

    amphi: int
    commande: Commande
    maintenant: int
    cle: Cle | None
    presents: frozenset[int] | None
    conflit: Refus | None = None


class Seance:
    """`vue` moves with each decision written; what is written before a Refus stays."""

    def __init__(self, *, amphi: AmphiVerrouille, vue: Vue, demande: Demande) -> None:
        self.amphi = amphi
        self.vue = vue
        self.demande = demande
        self.lignes: tuple[LigneJournal, ...] = ()
        self.contexte = contexte_reader(amphi, demande.commande, demande.maintenant, demande.presents)

    def run(self) -> Reponse:
        self._catch_up()
        try:
            if self.demande.conflit is not None:
                raise self.demande.conflit
            lignes = self._decide(self.demande.commande)
        except Refus as refus:
            return refusal(self.vue.seq, refus, self.lignes)
        return self._answer(lignes)

    def run_alone(self) -> Reponse:
        """This command without what is due, which may be what fails."""
        return self._answer(self._decide(self.demande.commande))

    def _answer(self, lignes: tuple[LigneJournal, ...]) -> Reponse:
        reponse = Reponse(
            seq=self.vue.seq,
            faits=self.lignes,
            statut=CREEE if lignes else DEJA,
            corps=corps_of(self.demande.commande, self.vue.seq, lignes),
            deja=not lignes,
        )
        if self.demande.cle is not None:
            keep_answer(self.demande.cle, reponse, self.demande.maintenant)
        return reponse

    def _catch_up(self) -> None:
        """What time alone has brought: an outage first, then what is due."""
        commande = self.demande.commande
        if self.vue.etat.etat is EtatAmphi.EN_COURS and not isinstance(commande, ConstaterPanne):
            de = panne_since(self.vue.etat, self.demande.maintenant)
            if de is not None:
                self._decide_due(ConstaterPanne(de=de))
        # Before an outage is recorded nothing is due: its time is given back.
        if not isinstance(commande, (Echoir, ConstaterPanne)):
            self._decide_due(Echoir())

    def _decide_due(self, commande: Commande) -> None:
        try:
            self._decide(commande)
        except DatabaseError:
            raise
        except Exception as error:
            raise EcheanceEnPanne from error

    def _decide(self, commande: Commande) -> tuple[LigneJournal, ...]:
        faits = decide(self.vue.etat, commande, self.contexte(self.vue.etat))
        if not faits:
            return ()
        etat = fold(faits, self.vue.etat)
        self.vue, lignes = write_decision(self.amphi, self.vue, faits, etat, self.demande.maintenant)
        self.lignes += lignes
        return lignes
