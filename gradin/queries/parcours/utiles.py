"""« Valable pour ma maquette »: which postes serve what one still owes, for a whole list at once.

Postes that the requirements see alike are judged once; the amphi takes the result with its start, and no
choice waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from gradin.data.amphis.models import Amphi, Offre
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import Derogation, LigneParcours
from gradin.data.postes.models import EtatPoste, Poste
from gradin.domain.amphi.codec import from_json
from gradin.domain.amphi.parametres import Parametres
from gradin.domain.eligibilite.situation import Severite
from gradin.domain.maquettes.modele import Lieu, Maquette, PhaseMaquette, StageFait, Terrain
from gradin.domain.maquettes.progression import list_owed, serves_owed
from gradin.domain.parcours.modele import EtatSemestre
from gradin.domain.texte import fold
from gradin.queries.parcours import terrains
from gradin.queries.parcours.maquettes import choose_maquette, load_maquettes

COLONNES = (
    "numero",
    "service__imotep",
    "service__nom",
    "service__etablissement",
    "service__etablissement__nom",
    "des__code_des",
    "type_poste",
    "flechage",
    "observations",
    "reserve_a",
)
Signature = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcoursAuDepart:
    """What rules 6 and 7 of rules.md §4 look at; all empty when no parcours is known.

    `utiles`: numéro → what it serves, for each poste that serves something. `hors`: the others.
    """

    valides: tuple[str, ...] = ()
    hors: tuple[str, ...] = ()
    utiles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derogation: bool = False
    connu: bool = False


INCONNU = ParcoursAuDepart()


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteVu:
    """Columns of a poste, with the texts already folded."""

    numero: str
    service: str
    des: str
    universitaire: bool
    lieu: Lieu
    texte: str
    reserve_a: tuple[str, ...]

    def terrain_for(self, formation: terrains.Formation) -> Terrain:
        return Terrain(
            service=self.service,
            des=self.des,
            agrement=terrains.agrement_of(formation, self.des, self.reserve_a),
            universitaire=self.universitaire,
            lieu=self.lieu,
            texte=self.texte,
        )


def judge_amphi(amphi: Amphi, inscriptions: Iterable[Inscription]) -> dict[int, ParcoursAuDepart]:
    """For the settings of this amphi and its own offer: what is ignored there is not computed."""
    reglement = from_json(Parametres, amphi.parametres).reglement
    if reglement.maquette is Severite.IGNORE and reglement.deja_valide is Severite.IGNORE:
        return {}
    return judge_postes(inscriptions, Offre.objects.filter(amphi=amphi).values_list("poste", flat=True))


def judge_postes(
    inscriptions: Iterable[Inscription], postes: Iterable[int] | None = None
) -> dict[int, ParcoursAuDepart]:
    """By inscription, for those whose parcours is known. They come with `des` and `semestre`, one semestre.

    `postes`: ids; None for all those of the semestre in the subdivision of each.
    """
    lues = list(inscriptions)
    lignes = _lignes(lues)
    lues = [une for une in lues if une.interne_id in lignes]
    if not lues:
        return {}
    maquettes = load_maquettes({une.des.code_des for une in lues})
    derogations = set(Derogation.objects.filter(inscription__in=lues).values_list("inscription", flat=True))
    encadrements = terrains.load_encadrements()
    vus = _postes(lues, None if postes is None else list(postes), encadrements)
    memoire: dict[tuple[object, ...], _Tri] = {}
    juges = {}
    for une in lues:
        siennes = lignes[une.interne_id]
        stages = [s for ligne in siennes if (s := terrains.stage_of(ligne, encadrements)) is not None]
        maquette = choose_maquette(maquettes, une.des.code_des, une.promotion)
        utiles, hors = _judge(une, maquette, stages, vus, memoire)
        juges[une.pk] = ParcoursAuDepart(
            valides=_valides(siennes), hors=hors, utiles=utiles, derogation=une.pk in derogations, connu=True
        )
    return juges


def formation_of(inscription: Inscription) -> terrains.Formation:
    codes = frozenset(code for code in (inscription.fst, inscription.option) if code)
    return terrains.Formation(des=inscription.des.code_des, codes=codes)


_Tri = tuple[dict[Signature, Terrain], dict[Signature, list[str]]]


def _judge(
    une: Inscription,
    maquette: Maquette | None,
    stages: Sequence[StageFait],
    vus: Sequence[PosteVu],
    memoire: dict[tuple[object, ...], _Tri],
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """(what each useful poste serves, the others). Nothing owed any more: nothing is outside the maquette."""
    phase = terrains.PHASES.get(une.phase)
    if maquette is None or phase is None or not maquette.exigences:
        return {}, ()
    formation = formation_of(une)
    cle = (maquette, phase, formation)
    if cle not in memoire:
        memoire[cle] = _sort(maquette, phase, formation, vus)
    modeles, numeros = memoire[cle]
    dues = list_owed(maquette, stages)
    utiles: dict[str, tuple[str, ...]] = {}
    hors: list[str] = []
    for signature, terrain in modeles.items():
        servies = tuple(un.intitule for un in serves_owed(maquette, dues, stages, phase, terrain))
        if servies:
            utiles |= dict.fromkeys(numeros[signature], servies)
        else:
            hors += numeros[signature]
    # When no stage whatever could serve, no poste is worse than another.
    doit_encore = any(exigence.phase in (None, phase) for exigence, _ in dues)
    return utiles, tuple(hors) if doit_encore else ()


def _sort(
    maquette: Maquette, phase: PhaseMaquette, formation: terrains.Formation, vus: Sequence[PosteVu]
) -> _Tri:
    """Postes that every requirement of this maquette sees alike, under one signature."""
    distincts = any(exigence.distincts for exigence in maquette.exigences)
    modeles: dict[Signature, Terrain] = {}
    numeros: dict[Signature, list[str]] = defaultdict(list)
    for vu in vus:
        terrain = vu.terrain_for(formation)
        vues = tuple(exigence.accepts(phase, terrain) for exigence in maquette.exigences)
        signature = (vues, vu.service if distincts else "")
        modeles.setdefault(signature, terrain)
        numeros[signature].append(vu.numero)
    return modeles, numeros


def _lignes(inscriptions: Sequence[Inscription]) -> dict[int, list[LigneParcours]]:
    """By interne, before the semestre chosen; nobody without a line is there."""
    if not inscriptions:
        return {}
    rows = LigneParcours.objects.filter(
        interne__in=[une.interne_id for une in inscriptions],
        semestre__code__lt=inscriptions[0].semestre.code,
    )
    lues: dict[int, list[LigneParcours]] = defaultdict(list)
    for row in rows.select_related("semestre", "service__etablissement", "des").order_by("semestre__code"):
        lues[row.interne_id].append(row)
    return lues


def _valides(lignes: Iterable[LigneParcours]) -> tuple[str, ...]:
    return tuple(
        sorted({un.service.imotep for un in lignes if un.service and un.etat == EtatSemestre.VALIDE})
    )


def _postes(
    inscriptions: Sequence[Inscription], postes: list[int] | None, encadrements: terrains.Encadrements
) -> list[PosteVu]:
    rows = Poste.objects.exclude(etat=EtatPoste.RETIRE)
    if postes is not None:
        rows = rows.filter(pk__in=postes)
    else:
        une = inscriptions[0]
        rows = rows.filter(semestre=une.semestre_id, subdivision=une.subdivision_id)
    return [_see(row, encadrements) for row in rows.order_by("numero").values_list(*COLONNES)]


def _see(row: tuple[object, ...], encadrements: terrains.Encadrements) -> PosteVu:
    lue = dict(zip(COLONNES, row, strict=True))
    return PosteVu(
        numero=str(lue["numero"]),
        service=str(lue["service__imotep"]),
        des=str(lue["des__code_des"]),
        universitaire=terrains.is_universitaire(
            encadrements,
            int(str(lue["service__etablissement"])),
            str(lue["service__etablissement__nom"]),
        ),
        lieu=Lieu.AMBULATOIRE if terrains.is_ambulatoire(str(lue["type_poste"])) else Lieu.HOSPITALIER,
        texte=fold(f"{lue['service__nom']} {lue['flechage']} {lue['observations']}"),
        reserve_a=tuple(cast("list[str]", lue["reserve_a"] or ())),
    )
