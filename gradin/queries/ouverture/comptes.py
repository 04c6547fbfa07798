"""Needs against seats, per DES and volet: what the commission de répartition looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet

from gradin.data.internes.models import Inscription
from gradin.data.ouverture.models import EtatPropose, PostePropose
from gradin.data.postes.models import EtatPoste, Poste, Regime
from gradin.data.referentiel.models import Specialite
from gradin.domain.ouverture import ReglesOuverture, Volet, share_postes_required, volet_of
from gradin.domain.reglages.ouverture import regles_of
from gradin.queries.besoins import Besoin, count_besoins
from gradin.queries.ouverture.campagnes import OuvertureLue

Cle = tuple[int, Volet]


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneOuverture:
    """One DES and volet. `publies`: postes of the semestre, whichever way they came, less the withdrawn."""

    besoin: Besoin
    requis: int
    proposes: int
    accordes: int
    refuses: int
    publies: int

    @property
    def ouverts(self) -> int:
        return self.accordes + self.publies

    @property
    def ecart(self) -> int:
        """Negative: so many are lacking."""
        return self.ouverts - self.requis


@dataclass(frozen=True, slots=True, kw_only=True)
class Totaux:
    """The sums of some lines; `manquants`: seats lacking where some lack, what others have too many apart."""

    internes: int
    requis: int
    proposes: int
    accordes: int
    refuses: int
    publies: int
    ouverts: int
    manquants: int


def read_lignes(ouverture: OuvertureLue) -> tuple[LigneOuverture, ...]:
    """Every DES that has internes or seats, by code, phase socle first."""
    postes = Poste.objects.filter(ouverture.rows).exclude(etat=EtatPoste.RETIRE)
    proposes = PostePropose.objects.filter(ouverture.siens, ouverture=ouverture.pk)
    return count_lignes(
        count_besoins(Inscription.objects.filter(ouverture.rows)),
        _by_cle(_chosen(postes)),
        {
            # One that waits stays in sight, whatever its régime: somebody must decide.
            EtatPropose.PROPOSE: _by_cle(proposes.filter(etat=EtatPropose.PROPOSE)),
            EtatPropose.ACCORDE: _by_cle(_chosen(proposes.filter(etat=EtatPropose.ACCORDE))),
            EtatPropose.REFUSE: _by_cle(proposes.filter(etat=EtatPropose.REFUSE)),
        },
        regles_of(ouverture.regles),
    )


def count_lignes(
    besoins: Iterable[Besoin],
    publies: Mapping[Cle, int],
    proposes: Mapping[str, Mapping[Cle, int]],
    regles: ReglesOuverture,
) -> tuple[LigneOuverture, ...]:
    connus = {(besoin.des, besoin.volet): besoin for besoin in besoins}
    vus = {*connus, *publies, *(cle for comptes in proposes.values() for cle in comptes)}
    besoin_de = {**_without_internes(vus - set(connus)), **connus}
    requis = count_required(connus.values(), regles)
    lignes = (
        LigneOuverture(
            besoin=besoin_de[cle],
            requis=requis.get(cle, 0),
            proposes=proposes.get(EtatPropose.PROPOSE, {}).get(cle, 0),
            accordes=proposes.get(EtatPropose.ACCORDE, {}).get(cle, 0),
            refuses=proposes.get(EtatPropose.REFUSE, {}).get(cle, 0),
            publies=publies.get(cle, 0),
        )
        for cle in vus
    )
    return tuple(sorted(lignes, key=lambda un: (un.besoin.code_des, un.besoin.volet is not Volet.SOCLE)))


def find_ligne(ouverture: OuvertureLue, code_des: str, volet: Volet) -> LigneOuverture | None:
    """Of one DES and volet, all noughts when it has neither internes nor seats; None for no DES at all."""
    des = Specialite.objects.filter(code_des=code_des).first()
    if des is None:
        return None
    trouvee = next(
        (u for u in read_lignes(ouverture) if (u.besoin.des, u.besoin.volet) == (des.pk, volet)), None
    )
    besoin = Besoin(des=des.pk, code_des=des.code_des, intitule=des.intitule, volet=volet)
    return trouvee or LigneOuverture(besoin=besoin, requis=0, proposes=0, accordes=0, refuses=0, publies=0)


def sum_lignes(lignes: Iterable[LigneOuverture]) -> Totaux:
    lues = tuple(lignes)
    return Totaux(
        internes=sum(un.besoin.internes for un in lues),
        requis=sum(un.requis for un in lues),
        proposes=sum(un.proposes for un in lues),
        accordes=sum(un.accordes for un in lues),
        refuses=sum(un.refuses for un in lues),
        publies=sum(un.publies for un in lues),
        ouverts=sum(un.ouverts for un in lues),
        manquants=sum(max(0, -un.ecart) for un in lues),
    )


def list_manques(
    internes: QuerySet[Inscription], postes: QuerySet[Poste], regles: ReglesOuverture
) -> tuple[tuple[str, str, int, int], ...]:
    """(code, DES, postes, postes wanted) of those that open too few, the worst first."""
    lignes = count_lignes(count_besoins(internes), _by_cle(_chosen(postes)), {}, regles)
    par_des = (
        (des, [*siennes])
        for des, siennes in groupby(lignes, key=lambda un: (un.besoin.code_des, un.besoin.intitule))
    )
    rows = (
        (*des, sum(un.publies for un in siennes), sum(un.requis for un in siennes))
        for des, siennes in par_des
    )
    return tuple(sorted((row for row in rows if row[2] < row[3]), key=lambda row: row[2] - row[3]))


def count_required(besoins: Iterable[Besoin], regles: ReglesOuverture) -> dict[Cle, int]:
    """The rule applied to each whole DES, then shared between its volets."""
    par_des: dict[tuple[int, str], dict[Volet, int]] = {}
    for besoin in besoins:
        par_des.setdefault((besoin.des, besoin.code_des), {})[besoin.volet] = besoin.internes
    return {
        (des, volet): nombre
        for (des, code), volets in par_des.items()
        for volet, nombre in share_postes_required(code, volets, regles).items()
    }


def _without_internes(cles: set[Cle]) -> dict[Cle, Besoin]:
    specialites = Specialite.objects.in_bulk({des for des, _ in cles})
    return {
        (des, volet): Besoin(
            des=des, code_des=specialites[des].code_des, intitule=specialites[des].intitule, volet=volet
        )
        for des, volet in cles
    }


def _chosen(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Seats that open a choice: those of docteurs juniors are matched (rules.md §8)."""
    return rows.exclude(regime=Regime.CONSOLIDATION)


def _by_cle(rows: QuerySet[Any]) -> Counter[Cle]:
    comptes: Counter[Cle] = Counter()
    for des, regime, nombre in rows.order_by().values_list("des", "regime").annotate(nombre=Count("pk")):
        comptes[des, volet_of(regime)] += nombre
    return comptes
