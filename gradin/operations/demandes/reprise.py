"""What a decision taken back undoes: absences, research counted, lines of the parcours, a dérogation."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from gradin.data.demandes.models import DemandeIndividuelle, Mouvement
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import EtatParcours, LigneParcours, SourceParcours
from gradin.data.profils.models import Changement
from gradin.domain.demandes.effets import Effet, research_before
from gradin.domain.demandes.natures import Nature
from gradin.domain.parcours.anciennete import AncienneteCalculee
from gradin.domain.parcours.ecarts import SourceAnciennete
from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.individuelles.restes import Reste, absent_semestres, accepted_of, effets_de, say_recherche
from gradin.queries.parcours.anciennete import source_of
from gradin.queries.parcours.lignes import compute_for

FIGURES = {"semestres_valides": "Semestres validés", "semestres_recherche": "Semestres de recherche"}

CALCULES: Mapping[str, Callable[[Semestres], int]] = {
    "semestres_valides": lambda semestres: semestres.valides,
    "semestres_recherche": lambda semestres: semestres.recherche,
}


def take_back(demande: DemandeIndividuelle) -> tuple[Reste, ...]:
    """The demand is accepted no more: its unjudged lines go at once, the roster is left to be written."""
    if demande.nature == Nature.DEROGATION_DESC.value:
        return tuple(_derogation(demande))
    interne = demande.inscription.interne_id
    rows = tuple(Inscription.objects.filter(interne=interne).select_related("semestre"))
    avant = compute_for(rows)
    codes = _left(demande)
    LigneParcours.objects.filter(
        interne=interne,
        semestre__code__in=codes,
        source=SourceParcours.DEMANDE,
        etat=EtatParcours.PRESUME,
    ).delete()
    apres = compute_for(rows)
    restes: list[Reste] = []
    for row in rows:
        if row.semestre.code in codes and row.absence_prevue:
            restes.append(_reste(row, "absence_prevue", "Non", "Absence prévue\u00a0: Non"))
        if source_of(row.semestre_id, row.subdivision_id) is not SourceAnciennete.CALCULEE:
            restes += _recherche(demande, row)
        elif row.pk in avant:
            restes += _computed(row, avant[row.pk], apres.get(row.pk))
    return tuple(restes)


def _left(demande: DemandeIndividuelle) -> tuple[str, ...]:
    """Its semesters, less those that another accepted demand holds."""
    gardes = absent_semestres(demande.inscription.interne_id, sauf=demande.pk)
    return tuple(un.semestre for un in effets_de(demande) if un.absent and un.semestre not in gardes)


def _computed(
    row: Inscription, ancien: AncienneteCalculee, neuf: AncienneteCalculee | None
) -> Iterable[Reste]:
    """Figures that the campaign had taken from the parcours follow it."""
    for champ, lire in CALCULES.items():
        dit, reste = lire(ancien.semestres), lire(neuf.semestres) if neuf else 0
        if getattr(row, champ) == dit != reste:
            yield _figure(row, champ, reste)


def _recherche(demande: DemandeIndividuelle, row: Inscription) -> Iterable[Reste]:
    """Back to what stood before the platform wrote it; what somebody has corrected since stays."""
    siens, code = effets_de(demande), row.semestre.code
    autres = _others(demande)
    ecrits = research_before((*autres, *siens), code)
    if not research_before(siens, code) or row.semestres_recherche != ecrits:
        return
    depart = _before(demande.inscription.interne_id, code)
    if depart is not None and (voulu := max(depart, research_before(autres, code))) != ecrits:
        yield _figure(row, "semestres_recherche", voulu)


def _others(demande: DemandeIndividuelle) -> tuple[Effet, ...]:
    rows = accepted_of(demande.inscription.interne_id).exclude(pk=demande.pk)
    return tuple(un for row in rows for un in effets_de(row))


def _before(interne: int, code: str) -> int | None:
    """The figure before the first demand changed it; None when none did."""
    ecritures = Mouvement.objects.filter(
        individuelle__inscription__interne=interne, acte="effet", texte__startswith=say_recherche(code)
    ).order_by("a", "pk")
    for ecriture in ecritures:
        change = Changement.objects.filter(
            interne=interne,
            champ="semestres_recherche",
            apres=ecriture.texte.removeprefix(say_recherche(code)),
            at=datetime.fromtimestamp(ecriture.a / 1000, UTC),
        ).first()
        if change is not None and change.avant.isdecimal():
            return int(change.avant)
    return None


def _derogation(demande: DemandeIndividuelle) -> Iterable[Reste]:
    """The one that this demand wrote: an empty motive takes it back."""
    rows = Inscription.objects.filter(
        interne=demande.inscription.interne_id,
        semestre__code=demande.debut,
        derogation__motif__startswith="Dérogation DESC",
    )
    for row in rows.select_related("semestre"):
        yield _reste(row, "derogation", "", "Dérogation à la maquette retirée")


def _figure(row: Inscription, champ: str, valeur: int) -> Reste:
    choix = parse_semestre(row.semestre.code).libelle
    return _reste(row, champ, str(valeur), f"{FIGURES[champ]} remis à {valeur} pour le choix de {choix}")


def _reste(row: Inscription, champ: str, valeur: str, mots: str) -> Reste:
    return Reste(
        inscription=row.pk,
        interne=row.interne_id,
        semestre=row.semestre.code,
        champ=champ,
        valeur=valeur,
        mots=mots,
    )
