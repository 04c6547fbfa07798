"""The trail of acts outside amphis: who changed what, from what to what, and who reads it."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import Client

from gradin.data.comptes.models import ActeGestion, Compte, Portee, Role
from gradin.data.imports.models import Depot, EtatDepot
from gradin.data.publications.models import Contact, Evenement, Publication
from gradin.operations.actes_gestion import Signature
from gradin.operations.publications import ContactSaisi, save_contact
from gradin.queries.actes.journal import GENRES, PAR_PAGE, read_page
from gradin.queries.actes.ligne import ActeLu, FiltreActes
from gradin.queries.visiteurs import Visiteur, visiteur_of
from tests.factories.comptes import make_agent
from tests.factories.publications import publish
from tests.factories.referentiel import make_groupe, make_semestre, make_subdivision

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = pytest.mark.django_db


def read(qui: Visiteur, genre: str) -> list[ActeLu]:
    return [*read_page(qui, FiltreActes(genre=genre), 1).lignes]


def signed_in(agent: Visiteur) -> Client:
    client = Client()
    client.force_login(Compte.objects.get(email=agent.courriel), backend=BACKEND)
    return client


def test_texts_contacts_and_dates_keep_their_author_and_what_they_were() -> None:
    subdivision, semestre = make_subdivision(), make_semestre()
    agent = make_agent(subdivision)
    client, texte = signed_in(agent), publish(subdivision)
    saisie = {"subdivision": subdivision.pk, "jour": "2027-01-05", "heure": "08:00", "ordre": 100}
    adresse = f"/gestion/informations/{texte.pk}/"
    client.post(
        adresse, {**saisie, "titre": "Guide relu", "texte": "Lisez **ceci**.", "geste": "enregistrer"}
    )
    client.post(f"{adresse}retirer/")
    contact = {"subdivision": subdivision.pk, "nom": "Scolarité", "courriel": "s@fac.example", "ordre": 1}
    client.post("/gestion/informations/contacts/nouveau/", contact)
    client.post(
        f"/gestion/informations/contacts/{Contact.objects.get().pk}/",
        {**contact, "courriel": "t@fac.example"},
    )
    client.post(f"/gestion/informations/ars/{subdivision.pk}/", {"courriel": "ars@exemple.fr"})
    date = {
        "subdivision": subdivision.pk, "semestre": semestre.pk,
        "titre": "Commission", "categorie": "commission",
        "concernes": "internes", "jour": "2027-03-02", "heure_debut": "09:00",
    }  # fmt: skip
    client.post("/gestion/calendrier/nouveau/", date)
    client.post(f"/gestion/calendrier/{Evenement.objects.get().pk}/", {**date, "jour": "2027-03-09"})
    client.post(f"/gestion/calendrier/{Evenement.objects.get().pk}/retirer/")

    assert not Publication.objects.exists()
    textes = read(agent, "informations")
    assert [acte.quoi for acte in textes] == ["Texte supprimé", "Texte changé", "Texte publié"]
    assert "titre\u00a0: Guide du choix" in textes[1].avant and "titre\u00a0: Guide relu" in textes[1].apres
    assert "texte" not in textes[1].apres
    contacts = read(agent, "contacts")
    assert [acte.quoi for acte in contacts] == ["Contact de l’ARS changé", "Contact changé", "Contact ajouté"]
    assert (contacts[1].avant, contacts[1].apres) == (
        "courriel\u00a0: s@fac.example",
        "courriel\u00a0: t@fac.example",
    )
    dates = read(agent, "calendrier")
    assert [acte.quoi for acte in dates] == ["Date retirée", "Date changée", "Date ajoutée"]
    assert "02/03/2027" in dates[1].avant and "09/03/2027" in dates[1].apres
    siens = ActeGestion.objects.filter(auteur=agent.courriel)
    assert siens.count() == 8
    page = client.get("/gestion/journal/?genre=contacts").content.decode()
    assert "3 actes, page 1 sur 1" in page and "t@fac.example" in page


def test_an_account_made_by_command_is_read_by_who_holds_its_whole_subdivision() -> None:
    subdivision, ailleurs, groupe = make_subdivision(), make_subdivision("LYON", "Lyon"), make_groupe()
    agent, voisin = make_agent(subdivision), make_agent(ailleurs, courriel="voisin@ars.example")
    restreint = make_agent(subdivision, courriel="groupe@ars.example", groupe=groupe)
    for role in ("agent", "representant"):
        call_command("create_agent", "neuf@ars.example", portee=[subdivision.code], role=role)
    siens = [acte for acte in read(agent, "comptes") if acte.objet == "neuf@ars.example"]
    assert [(acte.quoi, acte.auteur) for acte in siens] == [
        ("Compte repris", "ligne de commande"),
        ("Compte créé", "ligne de commande"),
    ]
    assert siens[0].avant == f"Gestionnaire ARS\u00a0: {subdivision.nom}"
    assert siens[0].apres == f"Représentant des internes\u00a0: {subdivision.nom}"
    assert not any(
        acte.objet == "neuf@ars.example" for acte in (*read(voisin, "comptes"), *read(restreint, "comptes"))
    )
    Compte.objects.filter(email=agent.courriel).update(role=Role.ADMINISTRATEUR)
    Portee.objects.filter(compte=agent.compte).delete()
    assert read(visiteur_of(Compte.objects.get(email=agent.courriel)), "comptes")[:2] == siens


def test_an_agent_reads_the_names_of_the_files_of_others_in_his_scope_and_opens_only_his_own() -> None:
    subdivision, ailleurs = make_subdivision(), make_subdivision("LYON", "Lyon")
    agent, voisin = make_agent(subdivision), make_agent(ailleurs, courriel="voisin@ars.example")
    collegue = make_agent(subdivision, courriel="collegue@ars.example")
    depot = Depot.objects.create(
        nature="postes", semestre="2027-05", subdivision=subdivision.nom, fichier="offre.xlsx",
        auteur_id=collegue.compte, etat=EtatDepot.FAIT, created_at=datetime.now(UTC),
    )  # fmt: skip
    (vu,), (sien,) = read(agent, "imports"), read(collegue, "imports")
    assert (vu.objet, vu.lien, sien.lien) == ("offre.xlsx", "", f"/gestion/imports/{depot.pk}/")
    assert signed_in(agent).get(sien.lien).status_code == 404
    assert read(voisin, "imports") == []


def test_pages_are_counted_and_one_past_the_end_is_the_last() -> None:
    subdivision = make_subdivision()
    agent = make_agent(subdivision)
    signature = Signature(auteur=agent.courriel, maintenant=datetime.now(UTC))
    for rang in range(PAR_PAGE + 1):
        saisi = ContactSaisi(
            subdivision=subdivision.pk, nom=f"N{rang}", sujet="", courriel="",
            telephone="", horaires="", ordre=1
        )  # fmt: skip
        save_contact(None, saisi, signature)
    lu = read_page(agent, FiltreActes(genre="contacts"), 9)
    assert (lu.page, lu.pages, lu.total, lu.suite) == (2, 2, PAR_PAGE + 1, False)
    assert [acte.objet for acte in lu.lignes] == ["N0"]
    assert {"agrements", "commissions", "questionnaires", "evaluations"} <= {genre for genre, _ in GENRES}
    assert "page 1 sur 2" in signed_in(agent).get("/gestion/journal/?genre=contacts").content.decode()
