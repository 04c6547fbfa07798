"""What an interne reads of himself: his person, his semestre, his figures, his past postes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from gradin.data.amphis.models import Amphi, EtatAmphi, Place
from gradin.data.internes.models import Inscription, Interne
from gradin.data.profils.models import LienCourriel, NatureLien, QuestionSecrete
from gradin.data.referentiel.models import Ufr
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.listes import read_liste

AVANT_AMPHI = timedelta(hours=24)
EN_DIRECT = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class InscriptionLue:
    semestre: str
    subdivision: str
    groupe: str
    des: str
    desc: str
    fst: str
    option: str
    regime: str
    promotion: int
    type_choix: str
    contact_courriel: str
    contact_telephone: str
    contact_horaires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffresLus:
    """The figures of one call list, as the manual's page shows them; `publies`: they are frozen."""

    amphi: int
    intitule: str
    publies: bool
    rang: int | None
    anciennete: int | None
    promotion: int | None
    rang_local: int | None
    effectif_local: int | None
    promotion_theorique: int | None
    effectif_theorique: int | None
    rang_affiche: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilLu:
    interne: int
    prenom: str
    nom: str
    ne_le: date | None
    courriel: str
    telephone: str
    adresse: str
    ine: str
    rpps: str
    ufr: str
    formation: str
    concours: str
    question: str
    inscription: InscriptionLue | None
    chiffres: tuple[ChiffresLus, ...]


def read_profil(interne: int) -> ProfilLu:
    row = Interne.objects.select_related("ufr").get(pk=interne)
    question = QuestionSecrete.objects.filter(interne=row).values_list("question", flat=True).first()
    inscription = last_inscription(interne)
    return ProfilLu(
        interne=row.pk,
        prenom=row.prenom,
        nom=row.nom,
        ne_le=row.ne_le,
        courriel=row.compte.email if row.compte else row.courriel,
        telephone=row.telephone,
        adresse=row.adresse,
        ine=row.ine,
        rpps=row.rpps,
        ufr=row.ufr.nom if row.ufr else "",
        formation=row.get_formation_display(),
        concours=row.concours,
        question=question or "",
        inscription=_read_inscription(inscription) if inscription else None,
        chiffres=tuple(read_chiffres(place, row.ine) for place in places_of(inscription)),
    )


def last_inscription(interne: int) -> Inscription | None:
    rows = Inscription.objects.filter(interne=interne).order_by("-semestre__code")
    return rows.select_related("semestre", "subdivision", "groupe", "des", "desc").first()


def places_of(inscription: Inscription | None) -> QuerySet[Place]:
    """His amphis of that semestre, the first to come first."""
    rows = Place.objects.filter(inscription=inscription) if inscription else Place.objects.none()
    return rows.select_related("amphi").order_by(F("amphi__debut").asc(nulls_last=True), "amphi")


def read_chiffres(place: Place, ine: str) -> ChiffresLus:
    liste = read_liste(place.amphi_id)
    ligne = find_ligne(liste.lignes, ine) if liste else {}
    return ChiffresLus(
        amphi=place.amphi_id,
        intitule=place.amphi.intitule,
        publies=liste is not None and liste.publiee is not None,
        rang=place.rang,
        anciennete=ligne.get("anciennete"),
        promotion=ligne.get("promotion"),
        rang_local=ligne.get("rang_local"),
        effectif_local=ligne.get("effectif_local"),
        promotion_theorique=ligne.get("promotion_theorique"),
        effectif_theorique=ligne.get("effectif_theorique"),
        rang_affiche=str(ligne.get("rang_affiche") or "").replace(".", ","),
    )


def find_ligne(lignes: tuple[Mapping[str, Any], ...], ine: str) -> Mapping[str, Any]:
    """His line of a list; empty when he is not on it."""
    return next((ligne for ligne in lignes if ligne["ine"] == ine), {})


def list_ufr() -> tuple[tuple[int, str], ...]:
    return tuple(Ufr.objects.values_list("pk", "nom"))


def missing_ufr(interne: int) -> tuple[tuple[int, str], ...]:
    """The UFR to choose among, when nobody has said his yet."""
    return list_ufr() if Interne.objects.filter(pk=interne, ufr=None).exists() else ()


def pending_courriel(compte: int, maintenant: datetime) -> str:
    """The new address whose link has not been opened yet."""
    rows = LienCourriel.objects.filter(
        compte=compte, nature=NatureLien.CONFIRMER, used_at=None, expires_at__gt=maintenant
    )
    return rows.order_by("-pk").values_list("nouveau", flat=True).first() or ""


def freeze_of(interne: int, maintenant: datetime) -> datetime | None:
    """The start of the amphi for which his e-mail may not change now: 24 h before it, to its end."""
    places = Place.objects.filter(inscription__interne=interne, amphi__debut__isnull=False)
    amphis = Amphi.objects.filter(pk__in=places.values("amphi")).exclude(etat=EtatAmphi.CLOS)
    return next((amphi.debut for amphi in amphis.order_by("debut") if _is_near(amphi, maintenant)), None)


def _is_near(amphi: Amphi, maintenant: datetime) -> bool:
    """One that never started is over with its last hour."""
    if amphi.etat in EN_DIRECT:
        return True
    assert amphi.debut is not None
    fin = amphi.fin or amphi.debut + AVANT_AMPHI
    return amphi.debut - AVANT_AMPHI <= maintenant <= fin


def _read_inscription(row: Inscription) -> InscriptionLue:
    return InscriptionLue(
        semestre=parse_semestre(row.semestre.code).libelle,
        subdivision=row.subdivision.nom,
        groupe=row.groupe.nom,
        des=row.des.intitule,
        desc=row.desc.intitule if row.desc else "",
        fst=row.fst,
        option=row.option,
        regime=row.get_phase_display(),
        promotion=row.promotion,
        type_choix=row.get_type_choix_display(),
        contact_courriel=row.subdivision.contact_courriel,
        contact_telephone=row.subdivision.contact_telephone,
        contact_horaires=row.subdivision.contact_horaires,
    )
