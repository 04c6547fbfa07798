"""What accepted demands still ask of the roster: compared each time, so that nothing is done in silence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import Derogation
from gradin.domain.demandes.effets import Effet, effets_of, research_before
from gradin.domain.demandes.etats import EtatIndividuelle
from gradin.domain.demandes.natures import Nature
from gradin.domain.rang.semestre import parse_semestre


@dataclass(frozen=True, slots=True, kw_only=True)
class Reste:
    """One column of one inscription that does not say yet what was decided. `valeur`: as a file says it.

    `champ` is empty when an agent must write it himself (a change of DES moves ranks too), `derogation`
    for what lifts the maquette's check.
    """

    inscription: int
    interne: int
    semestre: str
    champ: str
    valeur: str
    mots: str


def effets_de(demande: DemandeIndividuelle) -> tuple[Effet, ...]:
    return effets_of(Nature(demande.nature), demande.forme, demande.debut, demande.duree)


def list_restes(demande: DemandeIndividuelle) -> tuple[Reste, ...]:
    """Empty unless it is accepted, and once the roster says it."""
    if demande.etat != EtatIndividuelle.ACCEPTEE.value:
        return ()
    interne = demande.inscription.interne_id
    rows = Inscription.objects.filter(interne=interne).select_related("semestre", "des")
    par_code = {row.semestre.code: row for row in rows}
    return (
        *_absences(effets_de(demande), par_code),
        *_recherche(demande, par_code),
        *_remords(demande, par_code),
        *_derogation(demande, par_code),
    )


def absent_semestres(interne: int, sauf: int | None = None) -> frozenset[str]:
    """Codes of the semesters out of which an accepted demand takes him."""
    rows = accepted_of(interne).exclude(pk=sauf or 0)
    return frozenset(un.semestre for row in rows for un in effets_de(row) if un.absent)


def accepted_of(interne: int) -> QuerySet[DemandeIndividuelle]:
    return DemandeIndividuelle.objects.filter(
        inscription__interne=interne, etat=EtatIndividuelle.ACCEPTEE.value
    )


def _absences(effets: Iterable[Effet], par_code: Mapping[str, Inscription]) -> Iterable[Reste]:
    for un in effets:
        row = par_code.get(un.semestre)
        if un.absent and row is not None and not row.absence_prevue:
            mots = f"Absence prévue pour {parse_semestre(un.semestre).libelle}\u00a0: Oui"
            yield _reste(row, "absence_prevue", "Oui", mots)


def _recherche(demande: DemandeIndividuelle, par_code: Mapping[str, Inscription]) -> Iterable[Reste]:
    """Semesters of research already behind him, in each roster that follows them."""
    if not any(research_before((un,), "9999-11") for un in effets_de(demande)):
        return
    tous = tuple(un for row in accepted_of(demande.inscription.interne_id) for un in effets_de(row))
    for code, row in par_code.items():
        faits = research_before(tous, code)
        propres = research_before(effets_de(demande), code)
        if propres and row.semestres_recherche < faits:
            yield _reste(row, "semestres_recherche", str(faits), f"{say_recherche(code)}{faits}")


def say_recherche(code: str) -> str:
    """Also what tells, in the record of a demand, that it wrote this figure."""
    return f"Semestres de recherche au choix de {parse_semestre(code).libelle}\u00a0: "


def _remords(demande: DemandeIndividuelle, par_code: Mapping[str, Inscription]) -> Iterable[Reste]:
    """The DES asked for stands before « - » in `objet`."""
    if demande.nature != Nature.REMORDS.value:
        return
    voulu = demande.objet.partition(" - ")[0].strip()
    for code, row in par_code.items():
        if code >= demande.debut and row.des.code_des != voulu:
            mots = (
                f"DES, groupe et rang local pour {parse_semestre(code).libelle}\u00a0: passer de "
                f"«\u00a0{row.des.intitule}\u00a0» à «\u00a0{demande.objet.partition(' - ')[2]}\u00a0»"
            )
            yield _reste(row, "", voulu, mots)


def _derogation(demande: DemandeIndividuelle, par_code: Mapping[str, Inscription]) -> Iterable[Reste]:
    row = par_code.get(demande.debut)
    if demande.nature != Nature.DEROGATION_DESC.value or row is None:
        return
    if not Derogation.objects.filter(inscription=row).exists():
        mots = f"Dérogation à la maquette pour {parse_semestre(demande.debut).libelle}"
        yield _reste(row, "derogation", f"Dérogation DESC\u00a0: {demande.objet}", mots)


def _reste(row: Inscription, champ: str, valeur: str, mots: str) -> Reste:
    return Reste(
        inscription=row.pk,
        interne=row.interne_id,
        semestre=row.semestre.code,
        champ=champ,
        valeur=valeur,
        mots=mots,
    )
