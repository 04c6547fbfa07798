"""A commission is prepared, convened, decided; its documents reach its members alone, its minutes stand."""

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gradin.data.commissions.models import Commission, LienMembre
from gradin.data.comptes.models import Compte, Role
from gradin.data.courriers.models import Envoi
from gradin.data.ouverture.models import Ouverture, PostePropose
from gradin.data.referentiel.models import Semestre
from gradin.live.temps import maintenant_ms
from gradin.operations.commissions import seances
from gradin.operations.commissions.convocation import address_of, convene
from gradin.operations.commissions.refus import CommissionRefusee
from gradin.operations.permissions import Interdit
from gradin.queries.commissions.seances import read_commission
from gradin.queries.visiteurs import Visiteur
from tests.factories.comptes import make_agent, make_compte
from tests.factories.referentiel import make_des, make_groupe, make_services, make_subdivision

HEURE_MS = 3_600_000
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seance:
    pk: int
    agent: Visiteur
    maintenant: int

    def lien(self) -> str:
        lien = LienMembre.objects.filter(membre__commission=self.pk, revoked_at=None).get()
        return "/commissions" + address_of(lien).split("/commissions")[1]


@pytest.fixture
def seance(db: None) -> Seance:
    lieu, maintenant = make_subdivision(), maintenant_ms()
    agent = make_agent(lieu)
    saisie = seances.CommissionSaisie(
        subdivision=lieu.pk,
        genre="cop",
        intitule="COP de mars",
        debut=maintenant + HEURE_MS,
        visio="https://visio.example/cop",
    )
    pk = seances.create_commission(saisie, agent, maintenant)
    seances.add_membre(pk, "Pr Zoé Ba", "Doyenne", "Zoe@UFR.example", agent, maintenant)
    seances.add_document(pk, "cadrage.pdf", PDF, agent, maintenant)
    return Seance(pk=pk, agent=agent, maintenant=maintenant)


def test_members_are_convened_with_the_visio_and_read_by_their_link_alone(seance: Seance) -> None:
    document = Commission.objects.get(pk=seance.pk).documents.get().pk
    membre, autre = Client(), Client()
    membre.force_login(make_compte("zoe@ufr.example", Role.FACULTE))
    autre.force_login(make_compte("autre@ufr.example", Role.FACULTE))
    page, fichier = f"/commissions/{seance.pk}/", f"/commissions/{seance.pk}/documents/{document}/"
    assert membre.get(page).status_code == 404
    assert convene(seance.pk, seance.agent, seance.maintenant) == 1
    envoi = Envoi.objects.get(destinataire="zoe@ufr.example")
    assert "https://visio.example/cop" in envoi.texte and seance.lien() in envoi.texte
    assert membre.get(page).status_code == membre.get(fichier).status_code == 200
    assert autre.get(page).status_code == autre.get(fichier).status_code == 404
    assert "COP de mars" in membre.get("/commissions/").content.decode()
    public, ancien = Client(), seance.lien()
    ((base, _),) = public.get(ancien, follow=True).redirect_chain
    assert base == f"/commissions/lien/{seance.pk}/"
    assert Client().get(f"{base}documents/{document}/").status_code == 404
    servi = public.get(f"{base}documents/{document}/")
    assert (servi.content, servi["X-Content-Type-Options"]) == (PDF, "nosniff")
    assert "attachment" in servi["Content-Disposition"]
    convene(seance.pk, seance.agent, seance.maintenant + 1)
    assert public.get(ancien).status_code == 410
    assert public.get(f"{base}documents/{document}/").status_code == 404


def test_a_meeting_put_off_by_two_months_keeps_its_links(seance: Seance) -> None:
    convene(seance.pk, seance.agent, seance.maintenant)
    row = Commission.objects.get(pk=seance.pk)
    saisie = seances.CommissionSaisie(
        subdivision=row.subdivision_id,
        genre="cop",
        intitule=row.intitule,
        debut=row.debut + 60 * 24 * HEURE_MS,
    )
    seances.change_commission(seance.pk, saisie, seance.agent, seance.maintenant)
    veille = row.debut + 59 * 24 * HEURE_MS
    assert LienMembre.objects.get(membre__commission=seance.pk).expires_at > veille


def test_a_document_that_lies_about_itself_is_refused_and_others_hold_no_commission(seance: Seance) -> None:
    client = Client()
    client.force_login(Compte.objects.get(pk=seance.agent.compte))
    faux = SimpleUploadedFile("notes.pdf", b"MZ\x90")
    reponse = client.post(f"/gestion/commissions/{seance.pk}/", {"geste": "document", "fichier": faux})
    assert reponse.status_code == 409 and "vrai fichier pdf" in reponse.content.decode()
    ailleurs = make_agent(make_subdivision("AUTRE", "Autre"), "la@ars.example")
    with pytest.raises(Interdit):
        seances.add_point(seance.pk, "Intrus", "", ailleurs, seance.maintenant)


def test_a_commission_is_cancelled_with_a_word_to_who_was_convened_and_a_past_one_is_said(
    seance: Seance,
) -> None:
    client = Client()
    client.force_login(Compte.objects.get(pk=seance.agent.compte))
    seances.add_membre(seance.pk, "Dr Ian Roy", "", "ian@chu.example", seance.agent, seance.maintenant)
    convene(seance.pk, seance.agent, seance.maintenant, Commission.objects.get().membres.last().pk)
    lieu = f"/gestion/commissions/{seance.pk}/"
    assert (
        "1 membre averti par courriel"
        in client.post(lieu, {"geste": "annuler"}, follow=True).content.decode()
    )
    avis = Envoi.objects.get(cle__startswith="commission-annulee-")
    assert "COP de mars" in avis.texte and "annulée" in avis.sujet
    assert not LienMembre.objects.filter(revoked_at=None).exists()
    with pytest.raises(CommissionRefusee, match="annulée"):
        convene(seance.pk, seance.agent, seance.maintenant)
    assert "Annulée" in client.get("/gestion/commissions/").content.decode()
    saisie = {
        "genre": "cop",
        "intitule": "COP de 2020",
        "subdivision": Commission.objects.get().subdivision_id,
        "jour": "2020-01-01",
        "heure": "14:00",
    }
    assert "Cette date est passée" in client.post("/gestion/commissions/", saisie).content.decode()
    tenue = client.post("/gestion/commissions/", {**saisie, "deja_tenue": "on"}, follow=True).content.decode()
    assert "déjà tenue" in tenue and "janvier\u00a02020" in tenue


def test_decisions_are_recorded_then_the_minutes_change_no_more(seance: Seance) -> None:
    row, apres = Commission.objects.get(pk=seance.pk), seance.maintenant + 2 * HEURE_MS
    row.semestre, _ = Semestre.objects.get_or_create(code="2027-05")
    row.save()
    ouverture = Ouverture.objects.create(semestre=row.semestre, subdivision=row.subdivision)
    PostePropose.objects.create(
        ouverture=ouverture,
        service=make_services(["1"])[0],
        groupe=make_groupe(),
        des=make_des("MGE"),
        regime="socle",
        etat="refuse",
        motif="Encadrement insuffisant.",
        auteur_id=seance.agent.compte,
        proposed_at=1,
        decided_at=2,
    )
    with pytest.raises(CommissionRefusee, match="pas encore eu lieu"):
        seances.close_commission(seance.pk, "", seance.agent, seance.maintenant)
    with pytest.raises(CommissionRefusee, match="Sans décision"):
        seances.close_commission(seance.pk, "", seance.agent, apres)
    for point in row.points.all():
        seances.decide_point(seance.pk, point.pk, "adopte", "107 %.", seance.agent, apres)
    with pytest.raises(CommissionRefusee, match="présent"):
        seances.close_commission(seance.pk, "", seance.agent, apres)
    seances.mark_presences(seance.pk, frozenset({row.membres.get().pk}), seance.agent, apres)
    seances.close_commission(seance.pk, "Séance levée à midi.", seance.agent, apres)
    with pytest.raises(CommissionRefusee, match="arrêté"):
        seances.decide_point(seance.pk, row.points.first().pk, "rejete", "", seance.agent, apres)  # type: ignore[union-attr]
    client = Client()
    client.force_login(Compte.objects.get(pk=seance.agent.compte))
    # The minutes keep the postes as they were decided; the ARS reads the date in its calendar, nobody else.
    PostePropose.objects.update(etat="accorde", motif="")
    (refuse,) = read_commission(seance.pk).postes.refuses
    assert refuse.motif == "Encadrement insuffisant." and not read_commission(seance.pk).postes.ouverts
    assert "COP de mars" in client.get("/gestion/calendrier/?semestre=2027-05").content.decode()
    assert "COP de mars" not in Client().get("/calendrier/?semestre=2027-05").content.decode()
    pdf = client.get(f"/commissions/{seance.pk}/proces-verbal.pdf")
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF-")
