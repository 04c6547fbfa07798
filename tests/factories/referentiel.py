"""The world around an amphi: subdivision, groupe, DES, services. Same arguments, same row."""

from collections.abc import Sequence

from gradin.data.referentiel.models import (
    Etablissement,
    Groupe,
    Semestre,
    Service,
    Specialite,
    Subdivision,
)


def make_semestre(code: str = "2027-05") -> Semestre:
    return Semestre.objects.get_or_create(code=code)[0]


def make_subdivision(code: str = "IDF", nom: str = "Île-de-France") -> Subdivision:
    return Subdivision.objects.get_or_create(code=code, defaults={"nom": nom})[0]


def make_groupe(code: str = "3", nom: str = "Médecine générale") -> Groupe:
    return Groupe.objects.get_or_create(code=code, defaults={"nom": nom})[0]


def make_des(code: str = "33", intitule: str = "Médecine générale", annees: int = 4) -> Specialite:
    return Specialite.objects.get_or_create(code_des=code, defaults={"intitule": intitule, "annees": annees})[
        0
    ]


def make_hopital() -> Etablissement:
    return Etablissement.objects.get_or_create(
        nom="Hôpital de la Grange", ville="Paris", defaults={"departement": "75", "cle_tri": "hopital"}
    )[0]


def make_services(numeros: Sequence[str]) -> list[Service]:
    """« Service <n> » of IMOTEP 75<n>, one for each number."""
    hopital = make_hopital()
    wanted = {f"75{int(numero):06d}": numero for numero in numeros}
    Service.objects.bulk_create(
        (
            Service(
                imotep=imotep,
                nom=f"Service {numero}",
                chef="Pr Ève Martin",
                etablissement=hopital,
                cle_tri=f"service {int(numero):06d}",
            )
            for imotep, numero in wanted.items()
        ),
        ignore_conflicts=True,
    )
    found = {service.imotep: service for service in Service.objects.filter(imotep__in=wanted)}
    return [found[imotep] for imotep in wanted]
