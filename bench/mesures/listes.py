"""The list of postes with 7,000 of them, beside raw SQL in the same session.

Each address goes through the whole of Django, in process; the reference is one SELECT of the same thirty
rows on the same connection.
"""

import random
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client

from bench import tailles
from bench.tableau import Ligne, Tableau
from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import (
    Etablissement,
    Groupe,
    Semestre,
    Service,
    Specialite,
    Subdivision,
)
from gradin.operations.imports.comparaison_postes import write_cles

ESSAIS = 40
PAGE_MS = 100
NOMS = ("cardiologie", "pneumologie", "néphrologie", "urologie", "hématologie", "oncologie", "pédiatrie")
LIEUX = ("Saint-Antoine", "Beaujon", "Cochin", "Necker", "Tenon", "Bichat", "Trousseau", "Avicenne")
ADRESSES = (
    ("by service", "/postes/"),
    ("by poste, sorted", "/postes/?vue=poste&tri=-chef"),
    ("by poste, page 100", "/postes/?vue=poste&page=100"),
    ("words", "/postes/?q=cardiologie+beaujon"),
    ("a word with a slip", "/postes/?q=cardiolgie"),
    ("a word that is nowhere", "/postes/?q=introuvable"),
    (
        "six criteria",
        "/postes/?vue=poste&des=D1&des=D2&departement=69&chef=dr+12&flechage=urgences&etat=libre",
    ),
    ("programs", "/api/v1/postes?q=cardiologie"),
)
REFERENCE = """
SELECT p.numero, p.etat, s.nom, e.nom, d.intitule FROM postes_poste p
JOIN referentiel_service s ON s.id = p.service_id
JOIN referentiel_etablissement e ON e.id = s.etablissement_id
JOIN referentiel_specialite d ON d.id = p.des_id
WHERE p.etat <> 'retire' AND p.recherche LIKE '%cardiologie%' ORDER BY e.cle_tri, s.cle_tri, p.numero LIMIT 30
"""


def make_postes(nombre: int) -> None:
    hasard = random.Random(nombre)
    semestre, _ = Semestre.objects.get_or_create(code="2027-05")
    subdivision, _ = Subdivision.objects.get_or_create(code="BANC", defaults={"nom": "Banc"})
    groupes = [Groupe.objects.create(code=str(n), nom=f"Groupe {n}") for n in range(1, 25)]
    des = [Specialite.objects.create(code_des=f"D{n}", intitule=f"Spécialité {n}") for n in range(60)]
    lieux = Etablissement.objects.bulk_create(
        Etablissement(
            nom=f"Hôpital {hasard.choice(LIEUX)} {n}",
            ville="Lyon",
            departement=hasard.choice(("01", "69", "42", "38")),
            cle_tri=f"hopital {n}",
        )
        for n in range(200)
    )
    services = Service.objects.bulk_create(
        Service(
            imotep=f"{n:08d}",
            nom=f"{hasard.choice(NOMS).title()} {n}",
            chef=f"Dr {n}",
            etablissement=hasard.choice(lieux),
            cle_tri=f"service {n}",
        )
        for n in range(nombre // 3)
    )
    postes = [
        Poste(
            semestre=semestre,
            subdivision=subdivision,
            numero=str(n),
            service=hasard.choice(services),
            groupe=hasard.choice(groupes),
            des=hasard.choice(des),
            regime=hasard.choice(Regime.values),
            etat=hasard.choice(("libre", "libre", "pourvu")),
            flechage=hasard.choice(("", "", "urgences", "consultations")),
        )
        for n in range(nombre)
    ]
    for poste in postes:
        write_cles(poste)
    Poste.objects.bulk_create(postes, batch_size=500)


def times_ms(run: Callable[[], object], essais: int = ESSAIS) -> list[float]:
    """Sorted; the first one is not counted."""
    run()
    mesures = []
    for _ in range(essais):
        debut = perf_counter()
        run()
        mesures.append((perf_counter() - debut) * 1000)
    return sorted(mesures)


def plain_client() -> Client:
    """The names of static files are no part of the figure."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    return Client(headers={"host": "localhost"})


def read_floor() -> None:
    with connection.cursor() as cursor:
        cursor.execute(REFERENCE)
        cursor.fetchall()


def page_lines(
    client: Client, nom: str, adresse: str, reference: float, au_plus: float | None, essais: int = ESSAIS
) -> Iterator[Ligne]:
    """The 95th centile has the goal."""

    def read() -> None:
        assert client.get(adresse).status_code == 200, adresse

    mesures = times_ms(read, essais)
    yield Ligne(nom=f"{nom}, p50", valeur=median(mesures), reference=reference)
    yield Ligne(
        nom=f"{nom}, p95", valeur=mesures[int(essais * 0.95) - 1], reference=reference, au_plus=au_plus
    )


def tables() -> Iterator[Tableau]:
    client = plain_client()
    make_postes(tailles.POSTES)
    nue = median(times_ms(read_floor))
    yield Tableau(
        titre=f"{tailles.POSTES} postes, a page of 30",
        reference="one SELECT",
        lignes=tuple(
            ligne for nom, adresse in ADRESSES for ligne in page_lines(client, nom, adresse, nue, PAGE_MS)
        ),
    )
