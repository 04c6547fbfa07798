"""The ARS's tables with 6,000 internes and 7,000 postes, beside raw SQL.

Each address goes through the whole of Django, in process, signed in as an agent. Goal: 300 ms of the
server for a page; the export is every row.
"""

import random
from collections.abc import Iterator
from statistics import median

from django.conf import settings

from bench import tailles
from bench.mesures.listes import make_postes, page_lines, plain_client, read_floor, times_ms
from bench.tableau import Tableau
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription, Interne, Phase
from gradin.data.referentiel.models import Groupe, Semestre, Specialite, Subdivision
from gradin.live.serveur import quiet_process
from gradin.operations.imports.comparaison_internes import write_cles

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
# More exports in a row than an agent is let read are refused.
EXPORTES = 5
PAGE_MS = 300
EXPORTS = (
    ("export of internes", "/gestion/internes/export.xlsx"),
    ("export of postes", "/gestion/postes/export.xlsx"),
)


def make_internes(nombre: int) -> None:
    """Beside the postes of `listes`: same semestre, subdivision, groupes and DES."""
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


def tables() -> Iterator[Tableau]:
    settings.GRADIN_SECOND_FACTEUR_ARS = False
    client = plain_client()
    make_postes(tailles.POSTES)
    make_internes(tailles.INTERNES)
    # What it costs inside a server, which looks for garbage more rarely than a script.
    quiet_process()
    agent = Compte.objects.create_user("banc@ars.example", "x", role="administrateur")
    client.force_login(agent, backend="allauth.account.auth_backends.AuthenticationBackend")
    nue = median(times_ms(read_floor))
    pages = (un for nom, adresse in ADRESSES for un in page_lines(client, nom, adresse, nue, PAGE_MS))
    exports = (un for nom, adresse in EXPORTS for un in page_lines(client, nom, adresse, nue, None, EXPORTES))
    yield Tableau(
        titre=f"the ARS, {tailles.INTERNES} internes and {tailles.POSTES} postes, a page of 50",
        reference="one SELECT",
        lignes=(*pages, *exports),
    )
