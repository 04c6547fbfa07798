"""The ARS's tables with 6,000 internes and 7,000 postes, beside raw SQL: `python -m bench.roster`.

Each address goes through the whole of Django, in process, signed in as an agent. Goal: 300 ms of the
server for a page; the export is every row. GRADIN_BENCH_POSTES, GRADIN_BENCH_INTERNES: other sizes.
"""

import os
import random
import tempfile
from statistics import median

from bench.listes import ESSAIS, REFERENCE, make_postes, times_ms

ADRESSES = (
    ("internes", "/gestion/internes/"),
    ("internes, words, sorted", "/gestion/internes/?q=nom+12&tri=-rang_local"),
    (
        "internes, four criteria",
        "/gestion/internes/?groupe=2&groupe=3&phase=socle&promotion=2025&a_voir=sans_amphi",
    ),
    ("internes, last page", "/gestion/internes/?page=120"),
    ("postes", "/gestion/postes/"),
    ("postes, words, sorted", "/gestion/postes/?q=cardiologie&tri=-etablissement"),
    ("postes, four criteria", "/gestion/postes/?groupe=2&groupe=3&departement=69&reserve=non&etat=libre"),
    ("services", "/gestion/referentiels/services/?q=cardio"),
)
EXPORTES = 5
EXPORTS = (
    ("export of internes", "/gestion/internes/export.xlsx"),
    ("export of postes", "/gestion/postes/export.xlsx"),
)


def make_internes(nombre: int) -> None:
    """Beside the postes of `bench.listes`: same semestre, subdivision, groupes and DES."""
    from gradin.data.internes.models import Inscription, Interne, Phase
    from gradin.data.referentiel.models import Groupe, Semestre, Specialite, Subdivision
    from gradin.operations.imports.comparaison_internes import write_cles

    hasard = random.Random(nombre)
    internes = [
        Interne(ine=f"{n:010d}EJ", nom=f"Nom {n % 1500}", prenom=f"Prénom {n % 90}") for n in range(nombre)
    ]
    for interne in internes:
        write_cles(interne)
    Interne.objects.bulk_create(internes, batch_size=500)
    groupes, des = list(Groupe.objects.all()), list(Specialite.objects.all())
    Inscription.objects.bulk_create(
        (
            Inscription(
                interne=interne,
                semestre=Semestre.objects.get(code="2027-05"),
                subdivision=Subdivision.objects.get(code="BANC"),
                groupe=hasard.choice(groupes),
                des=hasard.choice(des),
                phase=hasard.choice(Phase.values),
                promotion=hasard.choice((2023, 2024, 2025)),
                rang_local=hasard.randrange(1, 300),
            )
            for interne in internes
        ),
        batch_size=500,
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.reglages")
    os.environ.setdefault("GRADIN_DATA", tempfile.mkdtemp())
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from gradin.data.comptes.models import Compte
    from gradin.live.serveur import quiet_process

    # The names of static files are no part of the figure.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.GRADIN_SECOND_FACTEUR_ARS = False
    call_command("migrate", verbosity=0)
    make_postes(int(os.environ.get("GRADIN_BENCH_POSTES", "7000")))
    make_internes(int(os.environ.get("GRADIN_BENCH_INTERNES", "6000")))
    # What it costs inside a server, which looks for garbage more rarely than a script.
    quiet_process()
    client = Client(headers={"host": "localhost"})
    agent = Compte.objects.create_user("banc@ars.example", "x", role="administrateur")
    client.force_login(agent, backend="allauth.account.auth_backends.AuthenticationBackend")

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(REFERENCE)
            cursor.fetchall()

    _, reference = times_ms(floor)
    print(f"| a page of 50 | p50 ms | p95 ms | CPU ms | x raw SQL ({reference:.1f} ms) |")
    print("|---|---|---|---|---|")

    def read(adresse: str) -> None:
        assert client.get(adresse).status_code == 200, adresse

    for nom, adresse in (*ADRESSES, *EXPORTS):
        # More exports in a row than an agent is let read are refused.
        essais = EXPORTES if (nom, adresse) in EXPORTS else ESSAIS
        mesures, cpu = times_ms(lambda adresse=adresse: read(adresse), essais)  # type: ignore[misc]
        p50, p95 = median(mesures), mesures[int(essais * 0.95) - 1]
        print(f"| {nom} | {p50:.1f} | {p95:.1f} | {cpu:.1f} | {cpu / reference:.1f} |")


if __name__ == "__main__":
    main()
