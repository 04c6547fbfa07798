"""Postes given before the choice: the ARS's list in its scope, what a form finds of an INE and a numéro."""

from dataclasses import dataclass

from django.db.models import Q

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.demandes.models import HorsChoix, NatureHorsChoix
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.visiteurs import Visiteur

# Those that an agent gives by hand; matching gives its own.
A_LA_MAIN = (NatureHorsChoix.HORS_CHOIX, NatureHorsChoix.AMBULATOIRE)
NATURES = tuple((un.value, str(un.label)) for un in A_LA_MAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class HorsChoixLu:
    """`motifs`: (words, author, ms UTC) of each act. `fige`: an amphi has taken account of it."""

    pk: int
    interne: int
    nom: str
    groupe: str
    semestre: str
    nature: str
    poste: str
    service: str
    etablissement: str
    donne_le: int
    annule_le: int | None
    motifs: tuple[tuple[str, str, int], ...]
    fige: bool
    fuseau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Apercu:
    """What one line of the form means, before it is written; `attention`: what an agent should know."""

    inscription: Inscription
    poste: Poste
    attention: tuple[str, ...]


def list_hors_choix(agent: Visiteur, semestre: SemestreLu | None) -> tuple[HorsChoixLu, ...]:
    """Of this semestre, the latest first; annulled ones too."""
    if semestre is None:
        return ()
    rows = (
        HorsChoix.objects.filter(scope_of_hors_choix(agent), affectation__semestre=semestre.pk)
        .select_related(
            "affectation__interne",
            "affectation__semestre",
            "affectation__poste__groupe",
            "affectation__poste__subdivision",
            "affectation__poste__service__etablissement",
        )
        .prefetch_related("mouvements__auteur")
    )
    figes = _frozen(semestre.pk)
    return tuple(_read(row, figes) for row in rows)


def find_hors_choix(agent: Visiteur, pk: int) -> HorsChoix | None:
    """None outside the scope."""
    return HorsChoix.objects.filter(scope_of_hors_choix(agent), pk=pk).first()


def scope_of_hors_choix(agent: Visiteur) -> Q:
    dans = Q(pk__in=())
    for subdivision, groupe in agent.portees if agent.is_agent else ():
        ici = Q(affectation__poste__subdivision=subdivision)
        dans |= ici if groupe is None else ici & Q(affectation__poste__groupe=groupe)
    return dans


def find_ligne(semestre: SemestreLu, ine: str, numero: str) -> Apercu | str:
    """The interne and the poste that a line names; else what is wrong with it, in French."""
    inscription = (
        Inscription.objects.filter(semestre=semestre.pk, interne__ine__iexact=ine.strip())
        .select_related("interne", "des", "groupe", "subdivision")
        .first()
    )
    if inscription is None:
        return f"Aucun interne de ce semestre n’a l’INE «\u00a0{ine.strip()}\u00a0»."
    poste = (
        Poste.objects.filter(
            semestre=semestre.pk, subdivision=inscription.subdivision_id, numero=numero.strip()
        )
        .select_related("des", "service__etablissement", "groupe")
        .first()
    )
    if poste is None:
        return f"Aucun poste de ce semestre n’a le numéro «\u00a0{numero.strip()}\u00a0»."
    if empeche := _hinder(inscription, poste):
        return empeche
    return Apercu(inscription=inscription, poste=poste, attention=tuple(_warn(inscription, poste)))


def _hinder(inscription: Inscription, poste: Poste) -> str:
    """What would be refused once confirmed, told before; `operations.demandes.hors_choix` judges."""
    tenu = (
        Affectation.objects.filter(
            interne=inscription.interne_id, semestre=inscription.semestre_id, annulee=False
        )
        .select_related("poste", "amphi")
        .first()
    )
    if tenu is not None:
        ou = f", dans l’amphi «\u00a0{tenu.amphi.intitule}\u00a0»" if tenu.amphi else ""
        return f"{inscription.interne} a déjà le poste n° {tenu.poste.numero} ce semestre{ou}."
    commence = (
        Amphi.objects.filter(Q(places__inscription=inscription) | Q(offre__poste=poste), seq__gt=0)
        .order_by("pk")
        .first()
    )
    if commence is not None:
        return (
            f"l’amphi «\u00a0{commence.intitule}\u00a0» a commencé. Donnez ce poste à "
            f"{inscription.interne} depuis la régie de cet amphi."
        )
    return ""


def _warn(inscription: Inscription, poste: Poste) -> list[str]:
    """The ARS decides; it is told first."""
    mots = []
    if poste.reserve and inscription.des.code_des not in (poste.reserve_a or [poste.des.code_des]):
        mots.append(f"Poste réservé à {', '.join(poste.reserve_a or [poste.des.code_des])}.")
    if poste.des_id != inscription.des_id:
        mots.append(f"Poste d’un autre DES\u00a0: {poste.des.intitule}.")
    if inscription.type_choix != "classique":
        mots.append(
            "Cet interne est en surnombre\u00a0: le poste attribué sera pris comme un poste classique."
        )
    if inscription.absence_prevue:
        mots.append("Absence prévue ce semestre.")
    return mots


def _frozen(semestre: int) -> frozenset[int]:
    """Affectations that a started amphi has read: its interne is on the list, or its poste in the offer."""
    commences = Amphi.objects.filter(semestre=semestre, seq__gt=0)
    rows = Affectation.objects.filter(semestre=semestre, amphi=None).filter(
        Q(interne__inscriptions__places__amphi__in=commences) | Q(poste__offre__amphi__in=commences)
    )
    return frozenset(rows.values_list("pk", flat=True))


def _read(row: HorsChoix, figes: frozenset[int]) -> HorsChoixLu:
    affectation = row.affectation
    service = affectation.poste.service
    return HorsChoixLu(
        pk=row.pk,
        interne=affectation.interne_id,
        nom=str(affectation.interne),
        groupe=affectation.poste.groupe.nom,
        semestre=parse_semestre(affectation.semestre.code).libelle,
        nature=row.get_nature_display(),
        poste=affectation.poste.numero,
        service=service.nom,
        etablissement=service.etablissement.nom,
        donne_le=row.given_at,
        annule_le=row.annulled_at,
        motifs=tuple(
            (un.texte, (un.auteur.nom_affiche or un.auteur.email) if un.auteur else "", un.a)
            for un in row.mouvements.all()
        ),
        fige=affectation.pk in figes,
        fuseau=affectation.poste.subdivision.fuseau,
    )
