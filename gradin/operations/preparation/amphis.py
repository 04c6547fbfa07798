"""Prepare all amphis of a semestre: one per groupe and phase, chained where they share postes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from gradin.data.amphis.models import Amphi
from gradin.data.internes.models import Inscription, Phase
from gradin.data.postes.models import EtatPoste, Poste, Regime
from gradin.data.referentiel.models import Groupe, Semestre, Subdivision
from gradin.domain.rang.parametres import MethodeReclassement
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.calendrier import note_moves
from gradin.operations.permissions import can_prepare
from gradin.operations.preparation.composition import Composition, choose_parametres, make_amphi
from gradin.operations.preparation.horaires import to_local
from gradin.operations.preparation.listes import COMMENCES
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.reglages import OUVERTURE, campagne_of
from gradin.queries.visiteurs import Visiteur

# Phases in the order in which a groupe chooses; the last two share an offer, so they form a chain.
PHASES = (Phase.SOCLE, Phase.ANCIEN_REGIME, Phase.APPROFONDISSEMENT)
REGIMES = {
    Phase.SOCLE: (Regime.SOCLE,),
    Phase.ANCIEN_REGIME: (Regime.ANCIEN_REGIME, Regime.AR_APPROFONDISSEMENT),
    Phase.APPROFONDISSEMENT: (Regime.APPROFONDISSEMENT, Regime.AR_APPROFONDISSEMENT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandePreparation:
    """`debut` is local and None to keep the hours set; `graine` seeds the lots of new lists.

    `methode` of rescaling, None to keep what each amphi has (`tous` for a new one).
    """

    semestre: str
    subdivision: str = ""
    debut: datetime | None = None
    graine: str
    methode: MethodeReclassement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiPrepare:
    """One line of the report; `note` says why an amphi was left as it is."""

    amphi: int
    code: str
    intitule: str
    internes: int
    postes: int
    sessions: int
    debut: datetime | None
    fin: datetime | None
    sans_rang: int = 0
    ex_aequo: int = 0
    note: str = ""


def prepare_amphis(demande: DemandePreparation, *, maintenant: datetime) -> tuple[AmphiPrepare, ...]:
    """One amphi per groupe × phase that has internes. Raises PreparationRefusee when there is nothing."""
    prepares = prepare_groupes(demande, list_groupes(demande), maintenant=maintenant)
    finish_preparation(round(maintenant.timestamp() * 1000))
    return prepares


def list_groupes(demande: DemandePreparation, agent: Visiteur | None = None) -> tuple[int, ...]:
    """The groupes that have internes, in their order; those of his scope for an agent.

    Raises PreparationRefusee when there is none.
    """
    semestre, subdivision = find_semestre(demande), find_subdivision(demande.subdivision)
    connus = {groupe for groupe, _ in group_inscriptions(semestre, subdivision)}
    if agent is not None:
        connus = {groupe for groupe in connus if can_prepare(agent, subdivision.pk, groupe)}
    if not connus:
        raise PreparationRefusee(
            f"Aucun interne pour {semestre.code} dans la subdivision {subdivision}. Importez-les d’abord."
        )
    groupes = Groupe.objects.filter(pk__in=connus)
    tries = sorted(groupes, key=lambda groupe: (not groupe.code.isdigit(), groupe.code.zfill(20)))
    return tuple(groupe.pk for groupe in tries)


def prepare_groupes(
    demande: DemandePreparation, groupes: Iterable[int], *, maintenant: datetime
) -> tuple[AmphiPrepare, ...]:
    """A transaction an amphi; `finish_preparation` comes after the last groupe."""
    semestre, subdivision = find_semestre(demande), find_subdivision(demande.subdivision)
    inscriptions = group_inscriptions(semestre, subdivision)
    prepares: list[AmphiPrepare] = []
    for groupe in (Groupe.objects.get(pk=pk) for pk in groupes):
        prepares += prepare_groupe(demande, semestre, subdivision, groupe, inscriptions, maintenant)
    return tuple(prepares)


def finish_preparation(maintenant: int) -> None:
    """Calendars are told of what moved."""
    note_moves(maintenant)


def prepare_groupe(
    demande: DemandePreparation,
    semestre: Semestre,
    subdivision: Subdivision,
    groupe: Groupe,
    inscriptions: dict[tuple[int, str], list[Inscription]],
    maintenant: datetime,
) -> list[AmphiPrepare]:
    """Amphis of one groupe, in the order of its phases; a chain begins one where the other ends."""
    prepares: list[AmphiPrepare] = []
    precedent: Amphi | None = None
    for phase in PHASES:
        internes = inscriptions.get((groupe.pk, phase), [])
        if not internes:
            continue
        composition = Composition(
            semestre=semestre,
            subdivision=subdivision,
            groupe=groupe,
            phase=phase,
            intitule=f"{groupe.nom}, {phase.label[:1].lower()}{phase.label[1:]}"[:200],
            inscriptions=[inscription.pk for inscription in internes],
            postes=list_postes(semestre, subdivision, groupe, phase),
            debut=demande.debut,
            parametres={
                **choose_parametres({inscription.des.code_des for inscription in internes}),
                **{k: v for k, v in campagne_of(semestre.pk, subdivision.pk).items() if k != OUVERTURE},
            },
            methode=demande.methode,
        )
        amphi, note = prepare_one(composition, precedent, demande.graine, maintenant)
        prepares.append(report(amphi, note))
        precedent = amphi if phase is Phase.ANCIEN_REGIME else None
    return prepares


def chain(composition: Composition, precedent: Amphi, connu: Amphi | None) -> Composition:
    """After the amphi before, when both offer some poste; hours already later are kept."""
    if not precedent.postes.filter(pk__in=composition.postes).exists():
        return composition
    later = connu and connu.debut and precedent.fin and connu.debut >= precedent.fin
    if precedent.fin is None or (composition.debut is None and later):
        return replace(composition, precedent=precedent)
    return replace(composition, precedent=precedent, debut=to_local(precedent, precedent.fin))


def prepare_one(
    composition: Composition, precedent: Amphi | None, graine: str, maintenant: datetime
) -> tuple[Amphi, str]:
    """Make it, or leave it when it has started."""
    connu = Amphi.objects.filter(
        semestre=composition.semestre,
        subdivision=composition.subdivision,
        groupe=composition.groupe,
        phase=composition.phase,
        variante="",
    ).first()
    if connu is not None and (connu.etat in COMMENCES or connu.seq):
        return connu, "a commencé : laissé tel quel"
    if precedent is not None:
        composition = chain(composition, precedent, connu)
    amphi = make_amphi(composition, maintenant=maintenant, graine=graine)
    publiee = amphi.listes.filter(published_at__isnull=False).exists()
    return amphi, "liste publiée : laissée telle quelle" if publiee else ""


def report(amphi: Amphi, note: str) -> AmphiPrepare:
    liste = amphi.listes.order_by("-version").first()
    figures = liste.figures if liste else []
    return AmphiPrepare(
        amphi=amphi.pk,
        code=f"{amphi.semestre.code}/{amphi.groupe.code}/{amphi.phase}",
        intitule=amphi.intitule,
        internes=len(figures),
        postes=amphi.postes.count(),
        sessions=amphi.sessions.count(),
        debut=amphi.debut and to_local(amphi, amphi.debut),
        fin=amphi.fin and to_local(amphi, amphi.fin),
        sans_rang=sum(ligne["rang_local"] is None for ligne in figures),
        ex_aequo=len(liste.a_confirmer) if liste and not liste.ties_confirmed_at else 0,
        note=note,
    )


def find_semestre(demande: DemandePreparation) -> Semestre:
    try:
        code = parse_semestre(demande.semestre).code
    except ValueError as error:
        raise PreparationRefusee(str(error)) from error
    semestre = Semestre.objects.filter(code=code).first()
    if semestre is None:
        raise PreparationRefusee(f"Rien n’est importé pour le semestre {code}. Importez internes et postes.")
    return semestre


def find_subdivision(code: str) -> Subdivision:
    """The one named, or the only one."""
    connues = list(Subdivision.objects.all())
    voulues = [s for s in connues if code.casefold() in (s.code.casefold(), s.nom.casefold())]
    if code and voulues:
        return voulues[0]
    if not code and len(connues) == 1:
        return connues[0]
    codes = ", ".join(subdivision.code for subdivision in connues) or "aucune"
    raise PreparationRefusee(f"Précisez la subdivision avec --subdivision. Connues : {codes}.")


def group_inscriptions(
    semestre: Semestre, subdivision: Subdivision
) -> dict[tuple[int, str], list[Inscription]]:
    """Inscriptions by groupe and phase."""
    groupes: dict[tuple[int, str], list[Inscription]] = defaultdict(list)
    for inscription in Inscription.objects.filter(
        semestre=semestre, subdivision=subdivision, phase__in=PHASES
    ).select_related("des"):
        groupes[inscription.groupe_id, inscription.phase].append(inscription)
    return groupes


def list_postes(semestre: Semestre, subdivision: Subdivision, groupe: Groupe, phase: Phase) -> list[int]:
    """Postes of the groupe whose régime suits the phase, withdrawn ones left out."""
    postes = Poste.objects.filter(
        semestre=semestre, subdivision=subdivision, groupe=groupe, regime__in=REGIMES[phase]
    )
    return list(postes.exclude(etat=EtatPoste.RETIRE).values_list("pk", flat=True))
