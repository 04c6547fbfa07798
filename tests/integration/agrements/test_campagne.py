"""From the signed link to the decision: who may, until when, and what is granted."""

from datetime import timedelta

import pytest
from django.test import Client

from gradin.data.agrements.models import ActeAgrement, Agrement, DemandeAgrement
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.referentiel.models import Service
from gradin.operations.agrements.annonces import tell_expiring
from gradin.operations.agrements.avis import give_avis
from gradin.operations.agrements.campagnes import revoke_liens, send_lien
from gradin.operations.agrements.decisions import DecisionAgrement, decide_demandes, set_etat
from gradin.operations.agrements.demandes import DemandeSaisie, file_demande
from gradin.operations.agrements.imports import import_agrements
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.agrements.reprises import reopen_demande
from gradin.operations.commissions.convocation import cancel_commission
from gradin.operations.commissions.refus import CommissionRefusee
from gradin.operations.commissions.seances import CommissionSaisie, create_commission
from gradin.operations.permissions import Interdit
from gradin.queries.agrements.campagnes import list_commissions
from tests.factories.referentiel import make_des
from tests.integration.agrements.conftest import JOUR_MS, Campagne


def renew(une: Campagne, **changes: object) -> DemandeSaisie:
    champs = {"nature": "renouvellement", "agrement": une.tenu.pk, "phases": ["socle"], "capacite": 3}
    return DemandeSaisie(**{**champs, **changes})  # type: ignore[arg-type]


def test_a_head_of_service_checks_asks_and_corrects_by_his_link_alone(campagne: Campagne) -> None:
    client = Client()
    page = client.get(campagne.lien, follow=True).content.decode()
    assert "Pr Ève Martin" in page and "Demander le renouvellement" in page
    assert Envoi.objects.filter(destinataire="chef@hopital.example", texte__contains=campagne.lien).exists()
    client.post(campagne.lien, {"geste": "verifier", "chef": "Pr Zoé Ba", "site": "Bâtiment B"})
    demande = {"geste": "demander", "nature": "renouvellement", "agrement": campagne.tenu.pk}
    assert client.post(campagne.lien, demande | {"capacite": "3"}).status_code == 409
    for capacite in ("3", "4"):
        client.post(campagne.lien, demande | {"phases": ["socle", "approfondissement"], "capacite": capacite})
    campagne.dossier.refresh_from_db()
    assert (campagne.dossier.chef, campagne.dossier.site) == ("Pr Zoé Ba", "Bâtiment B")
    (une,) = DemandeAgrement.objects.all()
    assert (une.capacite, une.phases) == (4, ["socle", "approfondissement"])
    assert [*ActeAgrement.objects.filter(demande=une).values_list("acte", flat=True)] == ["depose", "corrige"]


def test_a_link_replaced_revoked_forged_or_expired_opens_nothing(campagne: Campagne) -> None:
    client = Client()
    neuf = (
        "/agrements"
        + send_lien(campagne.dossier.pk, "", campagne.agent, campagne.maintenant).split("/agrements")[1]
    )
    assert client.get(campagne.lien).status_code == 410
    assert client.get(neuf[:-2] + "x/").status_code == 410
    ouverte = client.get(neuf, follow=True)
    assert ouverte.status_code == 200
    # What stays on the screen opens nothing elsewhere, and holds the secret nowhere.
    sans_secret = f"/agrements/dossier/{campagne.dossier.pk}/"
    secret = neuf.removeprefix("/agrements/dossier/")[:20]
    assert ouverte.redirect_chain == [(sans_secret, 302)] and secret not in ouverte.content.decode()
    cookie = client.cookies[f"lien-{campagne.dossier.pk}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (sans_secret, True, "Lax")
    assert "Ouvrez le lien du courriel" in Client().get(sans_secret).content.decode()
    revoke_liens(campagne.dossier.pk, campagne.agent, campagne.maintenant)
    assert (client.get(neuf).status_code, client.get(sans_secret).status_code) == (410, 410)
    with pytest.raises(AgrementRefuse, match="close depuis"):
        file_demande(campagne.dossier.pk, renew(campagne), campagne.maintenant + 12 * JOUR_MS)


def test_the_coordonnateur_advises_and_the_decision_makes_the_agrement(campagne: Campagne) -> None:
    pk = file_demande(campagne.dossier.pk, renew(campagne), campagne.maintenant)
    client = Client()
    client.force_login(_compte(campagne))
    assert "Hôpital de la Grange" in client.get("/mon-espace/agrements/").content.decode()
    with pytest.raises(AgrementRefuse, match="pourquoi"):
        give_avis([pk], "defavorable", "", campagne.coordonnateur, campagne.maintenant)
    give_avis([pk], "reserve", "Un seul senior.", campagne.coordonnateur, campagne.maintenant)
    assert "Rien n’attend" in client.get("/mon-espace/agrements/").content.decode()
    with pytest.raises(Interdit):
        decide_demandes(
            campagne.pk, [pk], DecisionAgrement(accorde=True), campagne.coordonnateur, campagne.maintenant
        )
    with pytest.raises(AgrementRefuse, match="quel jour"):
        decide_demandes(
            campagne.pk, [pk], DecisionAgrement(accorde=True), campagne.agent, campagne.maintenant
        )
    du, fin = campagne.jour + timedelta(days=30), campagne.tenu.au
    accord = DecisionAgrement(accorde=True, du=du, au=du + timedelta(days=1_000))
    assert decide_demandes(campagne.pk, [pk], accord, campagne.agent, campagne.maintenant) == 1
    neuf = Agrement.objects.get(du=du)
    campagne.tenu.refresh_from_db()
    assert (neuf.capacite, neuf.chef, campagne.tenu.au) == (3, "Pr Ève Martin", du - timedelta(days=1))
    assert Envoi.objects.filter(cle=f"agrement-decision-{pk}").exists()
    _go_back(campagne, pk)
    campagne.tenu.refresh_from_db()
    demande = DemandeAgrement.objects.get(pk=pk)
    assert not Agrement.objects.filter(du=du).exists()
    assert (campagne.tenu.au, demande.etat, demande.agrement) == (fin, "deposee", campagne.tenu)
    decide_demandes(campagne.pk, [pk], accord, campagne.agent, campagne.maintenant)
    assert Envoi.objects.filter(cle=f"agrement-decision-{pk}-2").exists()
    ancien = Agrement.objects.filter(pk=campagne.tenu.pk)
    ancien.update(au=du - timedelta(days=9))
    with pytest.raises(AgrementRefuse, match="changé ou servi"):
        _go_back(campagne, pk)
    ancien.update(au=du - timedelta(days=1))
    set_etat(Agrement.objects.get(du=du).pk, "suspendu", "Travaux.", campagne.agent, campagne.maintenant)
    with pytest.raises(AgrementRefuse, match="changé ou servi"):
        _go_back(campagne, pk)


def _go_back(campagne: Campagne, pk: int) -> None:
    with pytest.raises(AgrementRefuse, match="pourquoi"):
        reopen_demande(pk, campagne.pk, " ", campagne.agent, campagne.maintenant)
    reopen_demande(pk, campagne.pk, "Mauvaise ligne.", campagne.agent, campagne.maintenant)
    acte = ActeAgrement.objects.get(demande=pk, acte="revenir")
    assert acte.details["avant"].startswith("Accordée, du") and acte.details["motif"] == "Mauvaise ligne."


def test_a_refusal_says_why_and_a_change_of_head_reaches_the_service(campagne: Campagne) -> None:
    saisie = DemandeSaisie(nature="chef", agrement=campagne.tenu.pk, chef="Pr Zoé Ba")
    chef = file_demande(campagne.dossier.pk, saisie, campagne.maintenant)
    autre = file_demande(
        campagne.dossier.pk,
        DemandeSaisie(nature="nouveau", des=make_des("PSY", "Psychiatrie").pk, phases=["socle"]),
        campagne.maintenant,
    )
    decide_demandes(campagne.pk, [chef], DecisionAgrement(accorde=True), campagne.agent, campagne.maintenant)
    campagne.tenu.refresh_from_db()
    assert campagne.tenu.chef == campagne.tenu.service.chef == "Pr Zoé Ba"
    with pytest.raises(AgrementRefuse, match="Dites pourquoi"):
        decide_demandes(
            campagne.pk, [autre], DecisionAgrement(accorde=False), campagne.agent, campagne.maintenant
        )
    refus = DecisionAgrement(accorde=False, motif="Pas d’encadrement.")
    decide_demandes(campagne.pk, [autre], refus, campagne.agent, campagne.maintenant)
    reopen_demande(chef, campagne.pk, "Erreur.", campagne.agent, campagne.maintenant)
    campagne.tenu.refresh_from_db()
    assert campagne.tenu.chef == campagne.tenu.service.chef == "Pr Ève Martin"
    decide_demandes(campagne.pk, [chef], DecisionAgrement(accorde=True), campagne.agent, campagne.maintenant)
    Service.objects.filter(pk=campagne.tenu.service_id).update(chef="Pr Léa Cy")
    reopen_demande(chef, campagne.pk, "Erreur.", campagne.agent, campagne.maintenant)
    campagne.tenu.refresh_from_db()
    assert (campagne.tenu.chef, campagne.tenu.service.chef) == ("Pr Ève Martin", "Pr Léa Cy")
    assert "Pas d’encadrement." in Client().get(campagne.lien, follow=True).content.decode()


def test_a_cancelled_commission_decides_nothing_and_one_that_decided_is_not_cancelled(
    campagne: Campagne,
) -> None:
    pk = file_demande(campagne.dossier.pk, renew(campagne), campagne.maintenant)
    lieu, agent, maintenant = campagne.lieu.pk, campagne.agent, campagne.maintenant
    saisie = CommissionSaisie(subdivision=lieu, genre="agrement", intitule="Agréments", debut=maintenant)
    annulee, tenue = (create_commission(saisie, agent, maintenant) for _ in range(2))
    cancel_commission(annulee, agent, maintenant)
    assert list_commissions(lieu) == ((tenue, "Agréments"),)

    def refuse(commission: int) -> None:
        refus = DecisionAgrement(accorde=False, motif="Pas d’encadrement.", commission=commission)
        decide_demandes(campagne.pk, [pk], refus, agent, maintenant)

    with pytest.raises(AgrementRefuse, match="annulée"):
        refuse(annulee)
    refuse(tenue)
    with pytest.raises(CommissionRefusee, match="reçu sa décision"):
        cancel_commission(tenue, agent, maintenant)


def test_a_file_of_agrements_is_imported_once_listed_for_anybody_and_announced(campagne: Campagne) -> None:
    fichier = (
        "IMOTEP;Établissement;Ville;Service;DES;Phases;Capacité;Du;Au;Courriel\n"
        "75000009;Clinique du Lac;Lyon;Pédiatrie;PED - Pédiatrie;Socle|Approfondissement;2;"
        f"01/11/2024;{campagne.jour + timedelta(days=60):%d/%m/%Y};lac@hopital.example\n"
    ).encode()
    arguments = (campagne.lieu.pk, "agrements.csv", fichier, campagne.agent, campagne.maintenant)
    assert (import_agrements(*arguments).crees, import_agrements(*arguments).modifies) == (1, 0)
    page = Client().get("/agrements/?q=lac&quand=expire").content.decode()
    assert "Clinique du Lac" in page and "lac@hopital.example" not in page
    csv = Client().get("/agrements/?des=PED&format=csv").content.decode("utf-8-sig")
    assert "75000009" in csv and "MGE" not in csv and "lac@hopital.example" not in csv
    campagne.lieu.contact_courriel = "ars@ars.example"
    campagne.lieu.save()
    assert tell_expiring(campagne.maintenant) == tell_expiring(campagne.maintenant) == 1
    assert Envoi.objects.filter(destinataire="ars@ars.example").count() == 1


def _compte(campagne: Campagne) -> Compte:
    return Compte.objects.get(pk=campagne.coordonnateur.compte)
