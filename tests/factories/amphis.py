"""A small amphi in the words of the field: internes, postes, a published list, ready to start."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from gradin.data.amphis.models import Amphi, EtatAmphi, Favori, ListeAppel, Offre, Place, SessionChoix
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription, Interne, Phase, TypeChoix
from gradin.data.postes.models import Poste, Regime
from gradin.queries.visiteurs import Visiteur, visiteur_of
from tests.factories.comptes import MOT_DE_PASSE
from tests.factories.referentiel import make_des, make_groupe, make_semestre, make_services, make_subdivision

# Monday 5 April 2027, 9:00 in Paris, ms UTC: the hour of the first session.
T0 = 1_806_908_400_000
EN_CLAIR = {"duree_tour_ms": 90_000, "grace_ms": 2_000, "delai_absence_ms": 15_000}


def make_amphi(
    *,
    internes: int = 3,
    postes: int = 4,
    types: Mapping[int, TypeChoix] | None = None,
    reserves: Mapping[str, Sequence[str]] | None = None,
    parametres: Mapping[str, Any] | None = None,
    phase: Phase = Phase.SOCLE,
    variante: str = "",
    precedent: Amphi | None = None,
    debut: int = T0,
) -> Amphi:
    """State `ouvert`, list published: internes of rank 1..n (`interne_of`), postes numbered "1".."m".

    `types`: type de choix by rank. `reserves`: poste → codes of DES. A second amphi needs another `phase` or
    `variante`; with `precedent` it shares that amphi's postes.
    """
    ouverture = datetime.fromtimestamp(debut / 1000, UTC)
    amphi = Amphi.objects.create(
        semestre=make_semestre(),
        subdivision=make_subdivision(),
        groupe=make_groupe(),
        phase=phase,
        variante=variante,
        intitule=f"Médecine générale, {phase.label}{variante and ', '}{variante}",
        etat=EtatAmphi.OUVERT,
        debut=ouverture,
        fin=ouverture + timedelta(hours=8),
        ouverture_favoris=ouverture - timedelta(days=7),
        precedent=precedent,
        parametres={**EN_CLAIR, **(parametres or {})},
    )
    _offre(amphi, postes, reserves or {})
    _liste(amphi, internes, types or {})
    SessionChoix.objects.create(
        amphi=amphi, numero=1, debut=ouverture, fin=ouverture + timedelta(hours=8), rang_de=1, rang_a=internes
    )
    return amphi


def make_poste(numero: str, *, reserve_a: Sequence[str] = ()) -> Poste:
    return make_postes([numero], {numero: reserve_a})[0]


def make_postes(numeros: Sequence[str], reserves: Mapping[str, Sequence[str]]) -> list[Poste]:
    """One service each, in the subdivision; those already there stay as they are."""
    here = Poste.objects.filter(semestre=make_semestre(), subdivision=make_subdivision())
    known = set(here.values_list("numero", flat=True))
    new = [numero for numero in numeros if numero not in known]
    lieu = _lieu()
    Poste.objects.bulk_create(
        Poste(
            **lieu,
            numero=numero,
            service=service,
            regime=Regime.SOCLE,
            reserve=bool(reserves.get(numero)),
            reserve_a=list(reserves.get(numero, ())),
            cle_tri=f"{int(numero):06d}",
        )
        for numero, service in zip(new, make_services(new), strict=True)
    )
    return list(here.filter(numero__in=numeros).order_by("cle_tri"))


def _lieu() -> dict[str, Any]:
    """What every poste and every inscription refers to, read once for all of them."""
    return {
        "semestre": make_semestre(),
        "subdivision": make_subdivision(),
        "groupe": make_groupe(),
        "des": make_des(),
    }


def make_inscription(rang: int, phase: Phase, type_choix: TypeChoix = TypeChoix.CLASSIQUE) -> Inscription:
    """The interne « Prénom Interne<rang> » of that phase, with an account of his own."""
    return make_inscriptions([rang], phase, {rang: type_choix})[0]


def make_inscriptions(
    rangs: Sequence[int], phase: Phase, types: Mapping[int, TypeChoix]
) -> list[Inscription]:
    """Those already there stay as they are."""
    names = {_ine(phase, rang): rang for rang in rangs}
    known = set(Interne.objects.filter(ine__in=names).values_list("ine", flat=True))
    new = {ine: rang for ine, rang in names.items() if ine not in known}
    hashed = make_password(MOT_DE_PASSE)
    comptes = Compte.objects.bulk_create(
        Compte(email=f"{ine}@internes.example", password=hashed, nom_affiche=f"Prénom Interne{rang}")
        for ine, rang in new.items()
    )
    internes = Interne.objects.bulk_create(
        Interne(
            ine=ine,
            nom=f"Interne{rang}",
            prenom="Prénom",
            courriel=compte.email,
            compte=compte,
            cle_tri=f"interne{rang:05d}",
        )
        for (ine, rang), compte in zip(new.items(), comptes, strict=True)
    )
    lieu = _lieu()
    Inscription.objects.bulk_create(
        Inscription(
            **lieu,
            interne=interne,
            phase=phase,
            promotion=2026,
            rang_local=new[interne.ine],
            effectif_local=1_000,
            semestres_valides=1,
            type_choix=types.get(new[interne.ine], TypeChoix.CLASSIQUE),
        )
        for interne in internes
    )
    inscriptions = Inscription.objects.select_related("interne").filter(semestre=lieu["semestre"])
    return list(inscriptions.filter(interne__ine__in=names).order_by("interne__ine"))


def _ine(phase: Phase, rang: int) -> str:
    return f"{phase.value[:6]}-{rang:05d}"


def _offre(amphi: Amphi, postes: int, reserves: Mapping[str, Sequence[str]]) -> None:
    numeros = [str(numero) for numero in range(1, postes + 1)]
    Offre.objects.bulk_create(Offre(amphi=amphi, poste=poste) for poste in make_postes(numeros, reserves))


def _liste(amphi: Amphi, internes: int, types: Mapping[int, TypeChoix]) -> None:
    inscriptions = make_inscriptions(range(1, internes + 1), Phase(amphi.phase), types)
    Place.objects.bulk_create(
        Place(amphi=amphi, inscription=inscription, rang=rang)
        for rang, inscription in enumerate(inscriptions, start=1)
    )
    ListeAppel.objects.create(
        amphi=amphi,
        version=1,
        computed_at=amphi.debut,
        published_at=amphi.debut,
        graine="0" * 64,
        figures=[
            {"rang": rang, "ine": inscription.interne.ine, "rang_affiche": f"{rang}.00"}
            for rang, inscription in enumerate(inscriptions, start=1)
        ],
        empreinte="a" * 64,
    )


def compte_of(amphi: Amphi, rang: int) -> Compte:
    """The account of the interne of that rank."""
    place = Place.objects.select_related("inscription__interne__compte").get(amphi=amphi, rang=rang)
    compte = place.inscription.interne.compte
    assert compte is not None
    return compte


def visiteur(amphi: Amphi, rang: int) -> Visiteur:
    """The interne of that rank, as an operation receives him."""
    return visiteur_of(compte_of(amphi, rang))


def add_favoris(amphi: Amphi, rang: int, numeros: Sequence[str]) -> None:
    """His ranked favourites, best first."""
    place = Place.objects.get(amphi=amphi, rang=rang)
    Favori.objects.bulk_create(
        Favori(inscription_id=place.inscription_id, ordre=ordre, poste=make_poste(numero))
        for ordre, numero in enumerate(numeros, start=1)
    )
