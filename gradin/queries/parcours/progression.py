"""« Ma maquette »: how far one is, requirement by requirement, and what would change under another DES."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradin.data.amphis.models import Offre
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import LigneParcours
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Specialite
from gradin.domain.maquettes.modele import Maquette, NatureAgrement, PhaseMaquette
from gradin.domain.maquettes.progression import Progression, compute_progression
from gradin.queries.parcours.lignes import LigneLue, list_rows, read_ligne
from gradin.queries.parcours.maquettes import choose_maquette, load_maquettes, usual_maquette
from gradin.queries.parcours.terrains import load_encadrements, stage_of
from gradin.queries.parcours.utiles import INCONNU, ParcoursAuDepart, judge_postes
from gradin.queries.profils import last_inscription

PHASES_DITES: Mapping[PhaseMaquette, str] = {
    PhaseMaquette.SOCLE: "Phase socle",
    PhaseMaquette.APPROFONDISSEMENT: "Phase d’approfondissement",
    PhaseMaquette.CONSOLIDATION: "Phase de consolidation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MaMaquette:
    """`ecrite` False: the requirements of this DES are not on the platform, phases alone are usual ones.

    `servent`: requirement (its key) → the stages that count for it.
    """

    des: str
    code_des: str
    promotion: int
    phase: str
    semestre: str
    ecrite: bool
    progression: Progression
    servent: Mapping[str, tuple[LigneLue, ...]] = field(default_factory=dict)
    postes: ParcoursAuDepart = INCONNU


def read_ma_maquette(interne: int) -> MaMaquette | None:
    """None for whoever is on no roster, or chooses outside any maquette (ancien régime)."""
    inscription = last_inscription(interne)
    if inscription is None or inscription.phase not in set(PhaseMaquette):
        return None
    maquette = choose_maquette(
        load_maquettes({inscription.des.code_des}), inscription.des.code_des, inscription.promotion
    )
    return _read(inscription, inscription.des, maquette, list_rows(interne), des_avant="")


def read_sous(interne: int, code_des: str) -> tuple[MaMaquette | None, tuple[LigneLue, ...]]:
    """Droit au remords: the maquette of another DES with one's own stages, and those that it would keep."""
    inscription = last_inscription(interne)
    des = Specialite.objects.filter(code_des=code_des).first()
    if inscription is None or des is None:
        return None, ()
    rows = list_rows(interne)
    maquette = choose_maquette(load_maquettes({code_des}), code_des, inscription.promotion)
    lue = _read(inscription, des, maquette, rows, des_avant=inscription.des.code_des)
    gardes = {ligne.semestre for lignes in lue.servent.values() for ligne in lignes}
    return lue, tuple(read_ligne(row) for row in rows if row.semestre.code in gardes)


def judge_for(interne: int) -> ParcoursAuDepart:
    """The postes that he may meet this semestre: his amphis' offers, before them those of his groupe."""
    inscription = last_inscription(interne)
    if inscription is None:
        return INCONNU
    offerts = Offre.objects.filter(amphi__places__inscription=inscription).values_list("poste", flat=True)
    postes = [*offerts.distinct()] or Poste.objects.filter(
        semestre=inscription.semestre_id,
        subdivision=inscription.subdivision_id,
        groupe=inscription.groupe_id,
    ).values_list("pk", flat=True)
    return judge_postes([inscription], postes).get(inscription.pk, INCONNU)


def _read(
    inscription: Inscription,
    des: Specialite,
    maquette: Maquette | None,
    rows: list[LigneParcours],
    *,
    des_avant: str,
) -> MaMaquette:
    """Under another DES (`des_avant` is the present one) the agréments are looked at anew."""
    encadrements = load_encadrements()
    if des_avant:
        for row in rows:
            _requalify(row, des)
    paires = [(row, un) for row in rows if (un := stage_of(row, encadrements)) is not None]
    tenue = maquette or usual_maquette(des)
    return MaMaquette(
        des=des.intitule,
        code_des=des.code_des,
        promotion=inscription.promotion,
        phase=inscription.phase,
        semestre=inscription.semestre.code,
        ecrite=maquette is not None,
        progression=compute_progression(tenue, [stage for _, stage in paires]),
        servent={
            exigence.cle: tuple(
                read_ligne(row)
                for row, stage in sorted(paires, key=lambda paire: paire[1].semestre)
                if exigence.accepts(stage.phase, stage.terrain)
            )
            for exigence in tenue.exigences
            if not exigence.libre
        },
    )


def _requalify(row: LigneParcours, des: Specialite) -> None:
    """In memory only: the faculty decides, this shows what it would see."""
    if row.des is not None and row.agrement != NatureAgrement.FONCTIONNEL:
        principal = row.des.code_des == des.code_des
        row.agrement = str(NatureAgrement.PRINCIPAL if principal else NatureAgrement.COMPLEMENTAIRE)
