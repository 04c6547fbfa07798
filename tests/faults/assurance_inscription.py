"""C03 at full size (minutes; `make assurance`): how long an answer takes tells nobody who is known.

2,000 answers of each kind, drawn in a shuffled order, compared by ranks (Mann and Whitney). Statements and
bodies are compared by the ordinary tests; this one is what they cannot see.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from random import Random
from time import perf_counter_ns

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from tests.factories.comptes import make_compte
from tests.factories.roster import make_inscrit

pytestmark = pytest.mark.django_db
ESSAIS = 2_000
ECHAUFFEMENT = 100
SEUIL = 0.01
CAMILLE = {
    "prenom": "Camille",
    "nom": "L’Hermite",
    "ne_le": "14/03/1999",
    "courriel": "camille@exemple.fr",
    "ine": "120394857KX",
    "telephone": "0612345678",
}
INCONNU = {"ine": "999999999ZZ", "nom": "Personne", "prenom": "Inconnu", "ne_le": "01/01/1990"}
SAISIES = {
    "connue": CAMILLE,
    "autre adresse": CAMILLE | {"courriel": "autrui@exemple.fr"},
    "sans INE": CAMILLE | {"ine": "0000"},
    "inconnue": CAMILLE | INCONNU,
}
Geste = Callable[[], object]


@pytest.fixture(autouse=True)
def promotion() -> None:
    """A roster of its usual size around her: a search that stops early would show."""
    camille = make_inscrit("L’Hermite", ne_le=date(1999, 3, 14)).interne
    Interne.objects.filter(pk=camille.pk).update(
        ine=CAMILLE["ine"], prenom="Camille", courriel=CAMILLE["courriel"], telephone=CAMILLE["telephone"]
    )
    Interne.objects.bulk_create(
        Interne(ine=f"{n:09d}AA", nom=f"Nom{n}", prenom="P", ne_le=date(1998, 1, 1), cle_tri=f"nom{n} p")
        for n in range(2_000)
    )
    cache.clear()


def test_signing_up_takes_as_long_whatever_is_wrong() -> None:
    client = Client()
    gestes = {nom: _second_screen(client, saisie) for nom, saisie in SAISIES.items()}
    _check_alike(gestes, "inconnue")


def test_asking_for_a_new_password_takes_as_long_for_somebody_unknown() -> None:
    client = Client()
    make_compte("connue@exemple.fr")
    Compte.objects.create(email="jamais@exemple.fr", password="!")
    gestes = {
        nom: _post(client, "/mot-de-passe/", {"email": f"{nom}@exemple.fr"})
        for nom in ("connue", "jamais", "inconnue")
    }
    _check_alike(gestes, "inconnue")


def _second_screen(client: Client, saisie: Mapping[str, str]) -> Geste:
    """The first one reads nothing: what is known or not is found when the address is confirmed."""
    premiere = client.post("/inscription/", dict(saisie), follow=True).content.decode()
    dossier = re.search(r'name="dossier" value="([^"]+)"', premiere)
    assert dossier is not None
    courriel = saisie["courriel"]
    corps = {"courriel": courriel, "confirmation": courriel, "dossier": dossier[1]}
    return _post(client, "/inscription/courriel/", corps)


def _post(client: Client, chemin: str, corps: dict[str, str]) -> Geste:
    def geste() -> None:
        assert client.post(chemin, corps).status_code == 302

    return geste


def _check_alike(gestes: Mapping[str, Geste], temoin: str) -> None:
    durees = _measure(gestes)
    p = {nom: _p_value(durees[nom], durees[temoin]) for nom in durees if nom != temoin}
    print({nom: f"{sorted(d)[len(d) // 2] / 1e6:.3f} ms" for nom, d in durees.items()}, p)
    assert min(p.values()) > SEUIL, p


def _measure(gestes: Mapping[str, Geste]) -> dict[str, list[int]]:
    """Nothing stays of a try: neither rows nor counts of tries."""
    durees: dict[str, list[int]] = {nom: [] for nom in gestes}
    ordre = [nom for nom in gestes for _ in range(ESSAIS + ECHAUFFEMENT)]
    Random(3).shuffle(ordre)
    for nom in ordre:
        cache.clear()
        with transaction.atomic():
            debut = perf_counter_ns()
            gestes[nom]()
            durees[nom].append(perf_counter_ns() - debut)
            transaction.set_rollback(True)
    return {nom: lues[ECHAUFFEMENT:] for nom, lues in durees.items()}


def _p_value(ici: list[int], la: list[int]) -> float:
    """Two-sided, by the normal approximation: ties are rare in nanoseconds."""
    rangs = sorted([(duree, True) for duree in ici] + [(duree, False) for duree in la])
    somme = sum(rang for rang, (_, d_ici) in enumerate(rangs, start=1) if d_ici)
    n, m = len(ici), len(la)
    ecart = somme - n * (n + 1) / 2 - n * m / 2
    return math.erfc(abs(ecart) / math.sqrt(n * m * (n + m + 1) / 12) / math.sqrt(2))
