"""An import beside what others do: a correction of the same seconds, a service stopped half-way."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from gradin.data.comptes.models import Compte
from gradin.data.imports.models import Depot, EtatDepot
from gradin.data.internes.models import Inscription, Interne
from gradin.data.postes.models import Poste
from gradin.operations.imports import depots
from gradin.operations.imports.anomalies import DonneesChangees
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_internes import import_internes
from gradin.operations.imports.import_postes import import_postes, prepare_postes
from gradin.operations.roster.internes import correct_interne
from gradin.operations.roster.postes import correct_poste
from gradin.queries.visiteurs import Visiteur
from tests.factories.comptes import make_agent
from tests.factories.fichiers import make_internes, make_postes, write_csv
from tests.factories.referentiel import make_subdivision

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MAINTENANT = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def agent() -> Visiteur:
    return make_agent(make_subdivision("LYON", "Lyon"))


def received(agent: Visiteur, fichier: Path, nature: str = "internes") -> int:
    pk = depots.receive_depot(
        agent,
        nature=nature,
        fichier=fichier.name,
        contenu=fichier.read_bytes(),
        semestre="2027-05",
        subdivision="LYON",
        creer_subdivision=False,
        maintenant=MAINTENANT,
    )
    depots.read_depot(pk)
    return pk


def demande(fichier: Path) -> DemandeImport:
    return DemandeImport(chemin=fichier, semestre="2027-05", subdivision="LYON")


def test_a_correction_made_while_a_file_is_written_stands(
    agent: Visiteur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_internes(demande(write_csv(tmp_path / "internes.csv", make_internes(1))))
    inscription = Inscription.objects.get()
    pk = received(agent, write_csv(tmp_path / "autre.csv", make_internes(1, **{"Rang local": 9})))
    depots.confirm_depot(pk, MAINTENANT)
    advance = depots._advance

    def correct_meanwhile(pk: int, etape: int) -> None:
        advance(pk, etape)
        if etape == depots.COMPARAISON:
            correct_interne(inscription.pk, {"rang_local": "5"}, agent, maintenant=MAINTENANT)

    monkeypatch.setattr(depots, "_advance", correct_meanwhile)
    depots.write_depot(pk, MAINTENANT)
    depot = Depot.objects.get(pk=pk)
    inscription.refresh_from_db()
    assert (inscription.rang_local, depot.etat, depot.apercu["perime"]) == (5, EtatDepot.PRET, True)
    assert "modifié sur la plateforme, est gardé" in str(depot.apercu["conflits"])


def test_the_same_holds_of_a_poste(agent: Visiteur, tmp_path: Path) -> None:
    import_postes(demande(write_csv(tmp_path / "postes.csv", make_postes(1))))
    poste = Poste.objects.get()
    preparation = prepare_postes(
        demande(write_csv(tmp_path / "autre.csv", make_postes(1, Fléchage="Du fichier")))
    )
    correct_poste(poste.pk, {"flechage": "De l’agent"}, agent, maintenant=MAINTENANT)
    with pytest.raises(DonneesChangees, match="corrigé pendant l’import"):
        preparation.write()
    poste.refresh_from_db()
    assert poste.flechage == "De l’agent"


def test_a_work_cut_short_is_said_and_taken_up_again(agent: Visiteur, tmp_path: Path) -> None:
    pk = received(agent, write_csv(tmp_path / "internes.csv", make_internes(2)))
    client = Client()
    client.force_login(
        Compte.objects.get(email=agent.courriel),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    adresse = f"/gestion/imports/{pk}/"
    depots.confirm_depot(pk, datetime.now(UTC))
    assert "Enregistrement" in client.get(adresse).content.decode()
    client.post(f"{adresse}reprendre/")
    assert Depot.objects.get(pk=pk).etat == EtatDepot.ECRITURE, "somebody may still be at work"
    Depot.objects.filter(pk=pk).update(travail_depuis=datetime.now(UTC) - timedelta(minutes=11))
    assert "Travail interrompu" in client.get(adresse).content.decode()
    client.post(f"{adresse}reprendre/")
    assert "Enregistrer ces différences" in client.get(adresse).content.decode()
    client.post(f"{adresse}confirmer/")
    depot = Depot.objects.get(pk=pk)
    assert (depot.etat, Inscription.objects.count()) == (EtatDepot.FAIT, 2)
    Depot.objects.filter(pk=pk).update(etat=EtatDepot.ECRITURE, travail_depuis=None)
    client.post(f"{adresse}reprendre/")
    assert (Depot.objects.get(pk=pk).etat, Inscription.objects.count()) == (EtatDepot.FAIT, 2)


def test_an_import_that_dies_half_way_leaves_nothing(
    agent: Visiteur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B12: persons are written by then, their inscriptions are not."""
    pk = received(agent, write_csv(tmp_path / "internes.csv", make_internes(3)))
    depots.confirm_depot(pk, MAINTENANT)

    def die(*args: object, **options: object) -> None:
        assert Interne.objects.count() == 3
        raise KeyboardInterrupt

    monkeypatch.setattr(Inscription.objects, "bulk_create", die)
    with pytest.raises(KeyboardInterrupt):
        depots.write_depot(pk, MAINTENANT)
    assert (Interne.objects.count(), Depot.objects.get(pk=pk).etat) == (0, EtatDepot.ECRITURE)


def test_hostile_words_of_a_file_are_inert_on_pages(agent: Visiteur, tmp_path: Path) -> None:
    """B15."""
    hostile = "<script>alert(1)</script>{{7*7}}"
    import_postes(demande(write_csv(tmp_path / "postes.csv", make_postes(1, Service=hostile))))
    client = Client()
    client.force_login(Compte.objects.get(email=agent.courriel), backend=BACKEND)
    for adresse in ("/postes/", "/gestion/postes/?semestre=2027-05"):
        page = client.get(adresse).content.decode()
        assert "<script>alert" not in page and "49" not in page.split("{{7*7}}")[0][-40:]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page, adresse
