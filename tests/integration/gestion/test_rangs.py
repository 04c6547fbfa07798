"""The call list in the hands of the ARS: sources, equals, publication, correction by two, pre-flight."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gradin.data.amphis.models import ActeAgent, Amphi, ListeAppel, Place
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Inscription, Interne, Phase
from gradin.operations.amphis import run_commande_agent
from gradin.operations.courriers.redaction import redige
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from gradin.operations.roster.internes import correct_interne
from gradin.queries.cockpit.amphis import read_listes
from gradin.queries.rangs.perimees import list_perimees
from gradin.web.gestion import corriger_lot
from gradin.web.gestion.suivi_listes import follow_lists
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_groupe, make_subdivision
from tests.factories.roster import make_inscrit, make_inscrits, make_offert
from tests.integration.gestion.test_imports import sign_in

pytestmark = pytest.mark.django_db
AVRIL = datetime(2027, 4, 1, 8, tzinfo=UTC)
MS = round(AVRIL.timestamp() * 1000)


@pytest.fixture
def amphi() -> Amphi:
    """Four ranked internes and one equal to the last, five postes, a provisional list."""
    make_inscrits(["Ana", "Bo", "Cy", "Dé"])
    make_inscrit("Eve", rang_local=4)
    for n, interne in enumerate(Interne.objects.order_by("pk")):
        Interne.objects.filter(pk=interne.pk).update(ine=f"{n:010d}EJ")
    for numero in "12345":
        make_offert(numero)
    prepare_amphis(DemandePreparation(semestre="2027-05", graine="graine"), maintenant=AVRIL)
    return Amphi.objects.get()


@pytest.fixture
def agent(amphi: Amphi) -> Client:
    return sign_in(make_agent(make_subdivision()).courriel)


@pytest.fixture
def second(amphi: Amphi) -> Client:
    return sign_in(make_agent(make_subdivision(), "second@ars.example").courriel)


def text(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def place(amphi: Amphi, nom: str) -> Place:
    return Place.objects.select_related("inscription__interne").get(
        amphi=amphi, inscription__interne__nom=nom
    )


def correct(amphi: Amphi, nom: str, **champs: str) -> int:
    """How many provisional lists followed."""
    agent = make_agent(make_subdivision())
    bilan = correct_interne(place(amphi, nom).inscription_id, champs, agent, maintenant=AVRIL)
    return follow_lists(bilan.lieux, AVRIL)


def change_apart(amphi: Amphi, nom: str, **champs: int) -> None:
    """By a way that computes nothing again."""
    Inscription.objects.filter(pk=place(amphi, nom).inscription_id).update(**champs)


def test_each_figure_says_where_it_comes_from_and_the_list_is_filtered(amphi: Amphi, agent: Client) -> None:
    lieu = f"/gestion/amphis/{amphi.pk}/liste/"
    correct(amphi, "Cy", rang_local="8", effectif_local="20")
    change_apart(amphi, "Cy", rang_local=9, effectif_local=21)
    page = text(agent.get(lieu))
    assert "Version 1, provisoire" in page and "Changé depuis : effectif local, rang local" in page
    cherche = text(agent.get(lieu, {"voir": "ex_aequo"}))
    assert "Prénom Eve" in cherche and "Prénom Ana" not in cherche
    assert "Prénom Ana" in text(agent.get(lieu, {"q": "ana"}))
    assert "Personne ne répond" in text(agent.get(lieu, {"anciennete": "42"}))
    fiche = text(agent.get(f"{lieu}{place(amphi, 'Cy').pk}/"))
    assert "Corrigé par Agnès Agent" in fiche and "Aujourd’hui 9" in fiche
    assert "Votre rang actualisé" in fiche and "Signaler une erreur" not in fiche
    feuille = openpyxl.load_workbook(BytesIO(agent.get(f"{lieu}export.xlsx").content)).active
    assert feuille.max_row == 6 and feuille["C2"].value == "Ana"


def test_equals_are_confirmed_group_by_group_as_they_were_read(amphi: Amphi, agent: Client) -> None:
    lieu = f"/gestion/amphis/{amphi.pk}/liste/ex-aequo/"
    empreinte = ListeAppel.objects.get().empreinte
    assert "Prénom Eve" in text(agent.get(lieu))
    assert "Cochez chaque groupe" in text(agent.post(lieu, {"empreinte": empreinte}))
    assert "La liste a changé" in text(agent.post(lieu, {"empreinte": "autre", "groupe": "1"}))
    assert ListeAppel.objects.get().ties_confirmed_at is None
    assert agent.post(lieu, {"empreinte": empreinte, "groupe": "1"}).status_code == 302
    assert ListeAppel.objects.get().ties_confirmed_by == "agent@ars.example"


def test_provisional_list_is_computed_again_after_naming_whom_it_moves(amphi: Amphi, agent: Client) -> None:
    change_apart(amphi, "Cy", rang_local=1, effectif_local=20)
    lieu = f"/gestion/amphis/{amphi.pk}/liste/corriger/"
    page = text(agent.get(lieu))
    assert "1 interne a été corrigé" in page and "2 autres internes changent de rang" in page
    assert place(amphi, "Cy").rang == 3
    assert agent.post(lieu).status_code == 302
    assert (place(amphi, "Cy").rang, ListeAppel.objects.get().version) == (1, 1)
    assert "La liste suit les données" in text(agent.get(lieu))


def test_a_corrected_rank_reaches_the_provisional_list_and_old_figures_are_never_published(
    amphi: Amphi, agent: Client
) -> None:
    correct(amphi, "Cy", rang_local="1", effectif_local="20")
    assert place(amphi, "Cy").rang == 1
    change_apart(amphi, "Cy", rang_local=9)
    ListeAppel.objects.update(ties_confirmed_at=AVRIL)
    ici = {"semestre": "2027-05", "subdivision": amphi.subdivision_id, "amphi": amphi.pk}
    lue = f"{amphi.pk}:{ListeAppel.objects.get().empreinte}"
    assert "1 interne a des chiffres changés depuis le calcul" in text(agent.get("/gestion/"))
    page = text(agent.get("/gestion/publier/"))
    assert "1 interne a des chiffres changés depuis le calcul" in page and 'name="liste"' not in page
    refus = "Recalculez-la, relisez-la, puis publiez-la"
    assert refus in text(agent.post(f"/gestion/amphis/{amphi.pk}/liste/publier/"))
    reponse = agent.post("/gestion/publier/", {**ici, "relu": "oui", "liste": lue}, follow=True)
    lien = f'<a href="/gestion/amphis/{amphi.pk}/liste/corriger/">{amphi.intitule}</a>'
    assert f"{refus}. {lien}" in text(reponse)
    assert agent.post("/gestion/publier/", {**ici, "geste": "recalculer"}).status_code == 302
    ListeAppel.objects.update(ties_confirmed_at=AVRIL)
    assert place(amphi, "Cy").rang == 5
    reponse = agent.post("/gestion/publier/", {**ici, "relu": "oui", "liste": lue}, follow=True)
    assert "recalculée depuis votre lecture" in text(reponse)
    assert ListeAppel.objects.get().published_at is None
    lue = f"{amphi.pk}:{ListeAppel.objects.get().empreinte}"
    assert lue in text(agent.get("/gestion/publier/"))
    agent.post("/gestion/publier/", {**ici, "relu": "oui", "liste": lue})
    assert ListeAppel.objects.get().published_at is not None


def test_whatever_the_publication_refuses_is_said_before_and_computed_again_from_the_page(
    amphi: Amphi, agent: Client
) -> None:
    saisie = {"semestre": "2027-05", "subdivision": amphi.subdivision_id, "amphi": amphi.pk}

    def recompute() -> str:
        agent.post("/gestion/publier/", {**saisie, "geste": "recalculer"})
        ListeAppel.objects.update(ties_confirmed_at=AVRIL)
        return text(agent.get("/gestion/publier/"))

    # The size of the promotion is counted over the roster: a figure of the list that nobody imported.
    Inscription.objects.update(effectif_local=None)
    assert 'name="liste"' in recompute()
    make_inscrit("Ailleurs", phase=Phase.SOCLE)
    assert "5 internes ont des chiffres changés" in text(agent.get("/gestion/publier/"))
    assert 'name="liste"' in recompute()
    dernier = max((place(amphi, nom) for nom in ("Dé", "Eve")), key=lambda une: une.rang or 0)
    Interne.objects.filter(pk=dernier.inscription.interne_id).update(ne_le=date(1980, 1, 1))
    page = text(agent.get("/gestion/publier/"))
    assert "2 internes ont des chiffres changés" in page and 'name="liste"' not in page
    assert 'name="liste"' in recompute()
    dernier.refresh_from_db()
    assert dernier.rang == 4


def test_a_correction_computes_the_lists_of_its_groupe_again_and_no_other(
    amphi: Amphi, agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    zed = make_inscrit("Zed", groupe=make_groupe("9", "Biologie"))
    Interne.objects.filter(pk=zed.interne_id).update(ine="0000000099EJ")
    prepare_amphis(DemandePreparation(semestre="2027-05", graine="graine"), maintenant=AVRIL)
    autre = Amphi.objects.get(groupe__code="9")
    change_apart(autre, "Zed", rang_local=7)
    assert correct(amphi, "Cy", rang_local="1", effectif_local="20") == 1
    assert list_perimees("2027-05") == (autre.pk,)
    # Row by row: each list is computed once, after all of them, and counted once.
    monkeypatch.setattr(corriger_lot, "PAR_ECRITURE", 1)
    lot = {"champ": "semestres_valides", "portee": "tous", "semestre": "2027-05", "retour": ""}
    confirme = {**lot, "confirme": "1", "nombre": "6", "semestres_valides": "5"}
    page = text(agent.post("/gestion/internes/lot/", confirme, follow=True))
    assert "2 listes d’appel provisoires recalculées aussitôt" in page
    # Who comes waits for « Recalculer »: the list stays marked, as it was read.
    make_inscrit("Neuf", rang_local=7)
    assert correct(amphi, "Cy", rang_local="9") == 0
    assert place(amphi, "Cy").rang == 1
    assert "2 internes ont des chiffres changés depuis le calcul" in text(agent.get("/gestion/publier/"))


def test_published_rank_is_corrected_by_two_agents_with_a_motive(
    amphi: Amphi, agent: Client, second: Client
) -> None:
    base = f"/gestion/amphis/{amphi.pk}/liste/"
    assert agent.post(f"{base}publier/").status_code == 302
    publiee = ListeAppel.objects.get()
    correct(amphi, "Cy", rang_local="1", effectif_local="20")
    assert "Un motif est demandé" in text(agent.post(f"{base}corriger/"))
    motif = {"motif": "Rang local rectifié par le CNG"}
    agent.post(f"{base}corriger/", motif)
    agent.post(f"{base}corriger/", motif)
    (proposition,) = amphi.proposition_set.all()
    avis = Envoi.objects.get(cle__startswith="second-")
    assert avis.destinataire == "second@ars.example" and f"{base}corriger/" in avis.texte
    approuver = {"acte": "approuver", "proposition": str(proposition.pk)}
    assert "ne peut pas l’approuver" in text(agent.post(f"{base}corriger/", approuver))
    assert "attend un second agent" in text(second.get(base))
    assert ListeAppel.objects.count() == 1 and place(amphi, "Cy").rang == 3
    assert second.post(f"{base}corriger/", approuver).status_code == 302
    corrigee = ListeAppel.objects.get(version=2)
    assert corrigee.published_at is not None and corrigee.motif == motif["motif"]
    assert ListeAppel.objects.get(version=1).figures == publiee.figures
    with CaptureQueriesContext(connection) as lues:
        assert read_listes([amphi])[amphi.pk].empreinte == corrigee.empreinte != publiee.empreinte
    assert sum('"figures"' in une["sql"] for une in lues) == 1
    assert place(amphi, "Cy").rang == 1
    page = text(agent.get(f"{base}versions/"))
    assert "Rang local : 3 → 1" in page and "gagne 2 places" in page
    assert "D’autres passent avant ou après" in page
    acte = ActeAgent.objects.get(acte="corriger_liste")
    assert acte.details["second"] == amphi.proposition_set.get().approved_by_id


def test_somebody_added_after_the_publication_enters_by_a_correction(
    amphi: Amphi, agent: Client, second: Client
) -> None:
    base = f"/gestion/amphis/{amphi.pk}/liste/"
    agent.post(f"{base}publier/")
    make_inscrit("Oubliée", rang_local=2)
    assert "Ajouté à la liste" in text(agent.get(f"{base}corriger/"))
    agent.post(f"{base}corriger/", {"motif": "Oubliée du fichier"})
    second.post(f"{base}corriger/", {"acte": "approuver", "proposition": str(amphi.proposition_set.get().pk)})
    assert place(amphi, "Oubliée").rang in (2, 3)
    assert max(amphi.sessions.values_list("rang_a", flat=True), default=6) == 6


def test_correction_is_void_when_the_data_change_again(amphi: Amphi, agent: Client, second: Client) -> None:
    base = f"/gestion/amphis/{amphi.pk}/liste/"
    agent.post(f"{base}publier/")
    correct(amphi, "Cy", rang_local="1")
    agent.post(f"{base}corriger/", {"motif": "Rectifié"})
    correct(amphi, "Bo", rang_local="8")
    approuver = {"acte": "approuver", "proposition": str(amphi.proposition_set.get().pk)}
    assert "plus valable" in text(second.post(f"{base}corriger/", approuver))
    assert ListeAppel.objects.count() == 1


def test_preflight_leads_to_what_mends_it_and_keeps_who_acknowledged(amphi: Amphi, agent: Client) -> None:
    base, lieu = f"/gestion/amphis/{amphi.pk}/liste/", f"/gestion/amphis/{amphi.pk}/controle/"
    page = text(agent.get(lieu))
    assert f'href="{base}ex-aequo/"' in page and f'href="{base}publier/"' in page
    empreinte = ListeAppel.objects.get().empreinte
    agent.post(f"{base}ex-aequo/", {"empreinte": empreinte, "groupe": "1"})
    agent.post(f"{base}publier/")
    amphi.offre_set.first().delete()
    page = text(agent.get(lieu))
    assert "2 points à confirmer" in page and "/gestion/postes/?semestre=2027-05" in page
    un, deux = (morceau.split('"')[0] for morceau in page.split('name="constat" value="')[1:])
    assert "a changé depuis" in text(agent.post(lieu, {"constat": "autre"}, follow=True))
    assert "1 point à confirmer" in text(agent.post(lieu, {"constat": un}, follow=True))
    page = text(agent.post(lieu, {"constat": deux}, follow=True))
    assert "Prêt à démarrer" in page and "Confirmé par Agnès Agent" in page
    acte = ActeAgent.objects.filter(acte="confirmer_constat").first()
    assert acte.details["code"] == "postes_insuffisants" and acte.auteur is not None
    # Days before its hour, which no acknowledgement made ahead covers.
    tot = {"type": "demarrer", "confirme": ["en_avance"]}
    assert run_commande_agent(amphi.pk, tot, make_agent(make_subdivision()), MS).statut == 201


def test_acknowledgement_falls_when_its_finding_changes(amphi: Amphi, agent: Client) -> None:
    lieu = f"/gestion/amphis/{amphi.pk}/controle/"
    amphi.offre_set.first().delete()
    cle = text(agent.get(lieu)).split('name="constat" value="')[1].split('"')[0]
    assert "Confirmé par" in text(agent.post(lieu, {"constat": cle}, follow=True))
    amphi.offre_set.first().delete()
    assert "Confirmé par" not in text(agent.get(lieu))


def test_publication_is_told_to_all_and_correction_to_whom_it_touches(
    amphi: Amphi, agent: Client, second: Client
) -> None:
    base = f"/gestion/amphis/{amphi.pk}/liste/"
    Interne.objects.update(courriel="interne@exemple.fr")
    agent.post(f"{base}publier/")
    assert Envoi.objects.filter(cle__startswith=f"liste-{amphi.pk}-1-").count() == 5
    dit = redige(Envoi.objects.get(cle=f"liste-{amphi.pk}-1-{place(amphi, 'Bo').inscription.interne_id}"))
    assert "2 sur 5" in dit.texte and dit.destinataire == "interne@exemple.fr"
    correct(amphi, "Dé", rang_local="5")
    agent.post(f"{base}corriger/", {"motif": "Rectifié"})
    approuver = {"acte": "approuver", "proposition": str(amphi.proposition_set.get().pk)}
    second.post(f"{base}corriger/", approuver)
    avertis = Envoi.objects.filter(cle__startswith=f"liste-{amphi.pk}-2-")
    touches = {place(amphi, nom).inscription.interne_id for nom in ("Dé", "Eve")}
    assert {int(envoi.cle.split("-")[3]) for envoi in avertis} <= touches and avertis
    assert "vient d’être corrigée" in redige(avertis.first()).texte
