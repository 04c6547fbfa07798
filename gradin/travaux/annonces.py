"""What reaches people whose page is closed: soon, your turn, a message of the ARS, your poste, its annulment.

Read from the journal after the commit, so that a choice waits for none of it; each event has its key, and a
process that starts again, or another one, says nothing twice.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Fait, Place
from gradin.data.demandes.models import EtatProcuration
from gradin.data.notifications.models import Abonnement
from gradin.domain.amphi.appel import foreseen_order
from gradin.domain.amphi.state import Etat
from gradin.domain.amphi.state import EtatAmphi as EtatJournal
from gradin.operations.notifications import Annonce, announce
from gradin.queries.etats import lire_etat
from gradin.travaux.push import boite

logger = logging.getLogger(__name__)
BIENTOT = 4
BIENTOT_MS = 600_000
JOUR_MS = 86_400_000
# What an outage of ours held back is still worth saying.
RATTRAPAGE_MS = 300_000
LIEN = "/mon-amphi/?amphi={}"
DITS = ("ChoixConfirme", "ChoixAnnule", "MessageDiffuse")
# A choice is corrected after the closing too; one closed before this process began has told what it had to.
SUIVIS = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS)
Dites = Iterator[tuple[Annonce, Iterable[int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """By number in the list: whose account it is, and whose choice (his mandataire's)."""

    soi: Mapping[int, int]
    choisit: Mapping[int, int]

    def everybody(self) -> frozenset[int]:
        return frozenset((*self.soi.values(), *self.choisit.values()))


class Veille:
    """Remembers the last line it read of each amphi."""

    def __init__(self) -> None:
        self._vus: dict[int, int] = {}

    def run_once(self, now: int) -> None:
        suivis = Amphi.objects.filter(etat__in=SUIVIS).values_list("pk", "seq", "etat")
        for pk, seq, etat in suivis:
            if self._vus.get(pk, seq if etat == EtatAmphi.CLOS else None) != seq:
                try:
                    self._look(pk, seq, now)
                except Exception:
                    # Looked at again a second later; the other amphis do not wait for it.
                    logger.exception("amphi %s: nobody could be told what happened", pk)
                    continue
            self._vus[pk] = seq

    def _look(self, amphi: int, seq: int, now: int) -> None:
        public = _public(amphi)
        if not public.soi and not public.choisit:
            return
        depuis = self._vus.get(amphi)
        nouveaux = Fait.objects.filter(amphi=amphi, n__lte=seq, fait__in=DITS)
        nouveaux = (
            nouveaux.filter(a__gte=now - RATTRAPAGE_MS) if depuis is None else nouveaux.filter(n__gt=depuis)
        )
        _, etat = lire_etat(amphi)
        dites = [*_turns(amphi, etat, public, now), *_facts(amphi, nouveaux, public, now)]
        announce(dites, now)


VEILLE = Veille()


def run_once(now: int) -> int:
    """What cannot be read now is read a second later; what is in the queue leaves meanwhile."""
    try:
        VEILLE.run_once(now)
    except Exception:
        logger.exception("the amphis could not be looked at for notifications")
    return boite.run_once(now)


def _public(amphi: int) -> Public:
    """Only those who have a device: the others cost nothing."""
    abonnes = Abonnement.objects.values("compte")
    places = Place.objects.filter(amphi=amphi, numero__isnull=False).order_by()
    soi = places.filter(inscription__interne__compte__in=abonnes)
    mandats = places.filter(
        inscription__procurations__ended_at=None,
        inscription__procurations__etat=EtatProcuration.ACCEPTEE,
    )
    siens = _by_number(soi.values_list("numero", "inscription__interne__compte"))
    mandataires = _by_number(mandats.values_list("numero", "inscription__procurations__mandataire"))
    return Public(soi=siens, choisit={**siens, **mandataires})


def _by_number(rows: Iterable[tuple[int | None, int]]) -> dict[int, int]:
    return {numero: compte for numero, compte in rows if numero is not None}


def _turns(amphi: int, etat: Etat, public: Public, now: int) -> Dites:
    if etat.etat is not EtatJournal.EN_COURS or etat.tour is None:
        return
    lien = LIEN.format(amphi)
    if (compte := public.choisit.get(etat.tour.interne)) is not None:
        yield (
            Annonce(
                cle=f"tour-{amphi}-{etat.tour.tour}",
                titre="C’est votre tour",
                texte="Ouvrez Gradin pour choisir votre poste. Le temps court.",
                lien=lien,
                jusque=max(etat.tour.fin, now + 1_000),
                urgente=True,
            ),
            (compte,),
        )
    for devant, interne in enumerate(foreseen_order(etat)[: BIENTOT + 1]):
        if devant and (compte := public.choisit.get(interne)) is not None:
            mots = "1\u00a0interne" if devant == 1 else f"{devant}\u00a0internes"
            yield (
                Annonce(
                    cle=f"bientot-{amphi}-{interne}",
                    titre="C’est bientôt votre tour",
                    texte=f"{mots} devant vous. Ouvrez Gradin et relisez vos postes.",
                    lien=lien,
                    jusque=now + BIENTOT_MS,
                    urgente=True,
                ),
                (compte,),
            )


def _facts(amphi: int, nouveaux: Iterable[Fait], public: Public, now: int) -> Dites:
    for fait in nouveaux:
        if fait.fait == "MessageDiffuse":
            yield _message(amphi, fait, now), public.everybody()
        elif fait.fait == "ChoixAnnule":
            annule = Fait.objects.get(amphi=amphi, n=fait.p["n"])
            if (compte := public.soi.get(annule.p["interne"])) is not None:
                yield _annulment(amphi, fait.n, annule.p["poste"], now), (compte,)
        elif (compte := public.soi.get(fait.p["interne"])) is not None:
            yield from _choice(amphi, fait.n, compte, now)


def _message(amphi: int, fait: Fait, now: int) -> Annonce:
    return Annonce(
        cle=f"message-{amphi}-{fait.n}",
        titre="Message de l’ARS",
        texte=fait.ouverture.prive["texte"],
        lien=LIEN.format(amphi),
        jusque=now + JOUR_MS,
    )


def _annulment(amphi: int, n: int, poste: str, now: int) -> Annonce:
    return Annonce(
        cle=f"annulation-{amphi}-{n}",
        titre="Votre choix est annulé par l’ARS",
        texte=f"Poste n°\u00a0{poste}. Un courriel vous le confirme\u202f; ouvrez Gradin pour la suite.",
        lien=LIEN.format(amphi),
        jusque=now + JOUR_MS,
        urgente=True,
    )


def _choice(amphi: int, n: int, compte: int, now: int) -> Dites:
    """Only what still stands: a choice corrected meanwhile is told by mail."""
    rows = Affectation.objects.filter(amphi=amphi, n=n, annulee=False)
    for affectation in rows.select_related("poste__service__etablissement"):
        poste, service = affectation.poste, affectation.poste.service
        yield (
            Annonce(
                cle=f"choix-{amphi}-{n}",
                titre="Votre affectation est enregistrée",
                texte=f"Poste n°\u00a0{poste.numero}\u00a0: {service.nom}, {service.etablissement.nom}.",
                lien=f"/mon-amphi/recu/?amphi={amphi}",
                jusque=now + JOUR_MS,
            ),
            (compte,),
        )
