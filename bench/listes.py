"""The list of postes with 7,000 of them, beside raw SQL in the same session: `python -m bench.listes`.

Each address goes through the whole of Django, in process; the reference is one SELECT of the same thirty
rows on the same connection. GRADIN_BENCH_POSTES: another size.
"""

import os
import random
import tempfile
from statistics import median
from time import perf_counter, process_time

ESSAIS = 40
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


def times_ms(run: object, essais: int = ESSAIS) -> tuple[list[float], float]:
    """Sorted waits, and CPU of one run: neighbours lengthen the first, not the second."""
    run()  # type: ignore[operator]
    mesures, cpu = [], process_time()
    for _ in range(essais):
        debut = perf_counter()
        run()  # type: ignore[operator]
        mesures.append((perf_counter() - debut) * 1000)
    return sorted(mesures), (process_time() - cpu) * 1000 / essais


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.reglages")
    os.environ.setdefault("GRADIN_DATA", tempfile.mkdtemp())
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    # The names of static files are no part of the figure.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    call_command("migrate", verbosity=0)
    make_postes(nombre := int(os.environ.get("GRADIN_BENCH_POSTES", "7000")))
    client = Client(headers={"host": "localhost"})

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(REFERENCE)
            cursor.fetchall()

    _, reference = times_ms(floor)
    print(f"| {nombre} postes, a page of 30 | p50 ms | p95 ms | CPU ms | x raw SQL ({reference:.1f} ms) |")
    print("|---|---|---|---|---|")
    for nom, adresse in ADRESSES:
        mesures, cpu = times_ms(lambda adresse=adresse: client.get(adresse))  # type: ignore[misc]
        p50, p95 = median(mesures), mesures[int(ESSAIS * 0.95) - 1]
        print(f"| {nom} | {p50:.1f} | {p95:.1f} | {cpu:.1f} | {cpu / reference:.1f} |")


if __name__ == "__main__":
    main()
