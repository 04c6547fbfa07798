"""The world around an amphi: subdivision, groupe, DES, services. Same arguments, same row."""

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


def make_service(imotep: str = "75000001", nom: str = "Médecine interne") -> Service:
    hopital, _ = Etablissement.objects.get_or_create(
        nom="Hôpital de la Grange", ville="Paris", defaults={"departement": "75", "cle_tri": "hopital"}
    )
    return Service.objects.get_or_create(
        imotep=imotep,
        defaults={"nom": nom, "chef": "Pr Ève Martin", "etablissement": hopital, "cle_tri": nom.lower()},
    )[0]
