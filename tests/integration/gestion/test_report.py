"""« Reporter »: everything kept, sessions recut, the chain moved along, everybody told once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gradin.data.amphis.models import ActeAgent, Amphi, Favori
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import EtatProcuration, Procuration
from gradin.data.internes.models import Interne, Phase
from gradin.data.notifications.models import Abonnement, Notification
from gradin.data.postes.models import Regime
from gradin.data.publications.models import Publication, SuiteAmphi
from gradin.operations.courriers import redige
from gradin.operations.courriers.redaction import SansDestinataire
from gradin.operations.preparation.amphis import DemandePreparation, prepare_amphis
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.operations.preparation.report import DemandeReport, plan_report, report
from tests.factories.comptes import make_agent, make_compte
from tests.factories.referentiel import make_subdivision
from tests.factories.roster import make_inscrits, make_offert, start_prepared

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Thursday 1 April 2027, noon.
MAINTENANT = datetime(2027, 4, 1, 12, tzinfo=UTC)
MS = round(MAINTENANT.timestamp() * 1000)
LUNDI = datetime.fromisoformat("2027-04-05T09:00")


def make_chain() -> tuple[Amphi, Amphi]:
    """Ancien régime, then approfondissement on the same postes, both on Monday."""
    ancien = make_inscrits(["Un", "Deux"], phase=Phase.ANCIEN_REGIME)
    make_inscrits(["Trois", "Quatre"], phase=Phase.APPROFONDISSEMENT)
    compte = make_compte("quatre@exemple.fr")
    Interne.objects.update(courriel="qui@exemple.fr")
    Interne.objects.filter(nom="Quatre").update(compte=compte)
    Abonnement.objects.create(
        compte=compte, adresse="https://push.example/4", created_at=MAINTENANT, seen_at=MAINTENANT
    )
    poste = make_offert("1", regime=Regime.AR_APPROFONDISSEMENT)
    make_offert("2", regime=Regime.AR_APPROFONDISSEMENT)
    Favori.objects.create(inscription=ancien[0], poste=poste, ordre=1)
    prepare_amphis(DemandePreparation(semestre="2027-05", debut=LUNDI, graine="0"), maintenant=MAINTENANT)
    premier = Amphi.objects.get(phase=Phase.ANCIEN_REGIME)
    return premier, Amphi.objects.get(precedent=premier)


def do(demande: DemandeReport) -> None:
    plan = plan_report(demande, maintenant=MAINTENANT)
    report(demande, plan.empreinte, auteur=None, maintenant=MS)


def test_a_postponed_amphi_takes_its_chain_along_and_keeps_all_the_rest() -> None:
    premier, suivant = make_chain()
    assert suivant.debut == premier.fin
    graines = [*premier.listes.values_list("empreinte", flat=True)]
    do(
        DemandeReport(
            amphis=(premier.pk,),
            debut=datetime.fromisoformat("2027-04-07T17:30"),
            texte="Grève des transports",
        )
    )
    premier.refresh_from_db(), suivant.refresh_from_db()
    assert premier.debut == datetime(2027, 4, 7, 15, 30, tzinfo=UTC)
    assert suivant.debut == premier.fin == premier.sessions.last().fin
    assert premier.ouverture_favoris < MAINTENANT < premier.debut
    assert (Favori.objects.count(), [*premier.listes.values_list("empreinte", flat=True)]) == (1, graines)
    annonce = Publication.objects.get()
    assert annonce.titre == "2 amphithéâtres reportés"
    assert (
        "Grève des transports" in annonce.texte
        and "mercredi 7\u00a0avril 2027 à 17\u00a0h\u00a030" in annonce.texte
    )
    assert ActeAgent.objects.filter(acte="reporter").count() == 2
    assert {*SuiteAmphi.objects.values_list("sequence", flat=True)} == {1}
    assert Envoi.objects.count() == 4
    assert [n.abonnement.compte.email for n in Notification.objects.all()] == ["quatre@exemple.fr"]
    courrier = redige(Envoi.objects.get(cle__endswith=f"-{Interne.objects.get(nom='Trois').pk}"))
    assert (
        courrier.destinataire == "qui@exemple.fr"
        and "mercredi 7\u00a0avril 2027 à 17\u00a0h\u00a040" in courrier.texte
    )


def test_who_chooses_in_somebodys_place_is_told_too() -> None:
    premier, suivant = make_chain()
    qui = Interne.objects.get(nom="Quatre")
    Procuration.objects.create(
        inscription=qui.inscriptions.get(),
        semestre=premier.semestre,
        courriel="marcel@exemple.fr",
        mandataire=make_compte("marcel@exemple.fr", nom="Marcel Proust"),
        etat=EtatProcuration.ACCEPTEE,
        sent_at=MS,
        expires_at=MS,
        accepted_at=MS,
    )
    do(DemandeReport(amphis=(suivant.pk,), debut=datetime.fromisoformat("2027-04-08T09:00")))
    siens = Envoi.objects.filter(cle__contains=f"-{qui.pk}").order_by("cle")
    assert [redige(envoi).destinataire for envoi in siens] == ["quatre@exemple.fr", "marcel@exemple.fr"]
    assert (
        "Vous choisissez pour" in redige(siens[1]).texte and "Vous choisissez" not in redige(siens[0]).texte
    )
    Procuration.objects.update(ended_at=MS)
    Envoi.objects.update(texte="", destinataire="")
    with pytest.raises(SansDestinataire):
        redige(Envoi.objects.get(cle__endswith="-m"))


def test_what_was_read_is_what_is_done_and_nothing_moves_into_the_past_or_once_started() -> None:
    premier, suivant = make_chain()
    demande = DemandeReport(amphis=(premier.pk, suivant.pk), debut=datetime.fromisoformat("2027-04-09T17:50"))
    plan = plan_report(demande, maintenant=MAINTENANT)
    # The second has no room left on Friday evening: Monday morning.
    assert [un.debut for un in plan.amphis] == [
        datetime(2027, 4, 9, 15, 50, tzinfo=UTC),
        datetime(2027, 4, 12, 7, tzinfo=UTC),
    ]
    for refuse, empreinte, debut in (
        ("ont changé depuis votre lecture", "autre", demande.debut),
        ("heure est passée", plan.empreinte, datetime.fromisoformat("2027-04-01T09:00")),
    ):
        with pytest.raises(PreparationRefusee, match=refuse):
            report(DemandeReport(amphis=demande.amphis, debut=debut), empreinte, auteur=None, maintenant=MS)
    start_prepared(premier)
    with pytest.raises(PreparationRefusee, match="a commencé"):
        plan_report(demande, maintenant=MAINTENANT)


def test_a_whole_phase_moves_in_one_act_after_its_hours_were_read() -> None:
    agent = make_agent(make_subdivision())
    client = Client()
    client.force_login(Compte.objects.get(pk=agent.compte), backend=BACKEND)
    premier, suivant = make_chain()
    demain = datetime.now(UTC) + timedelta(days=40)
    while demain.weekday() != 1:
        demain += timedelta(days=1)
    saisie = {
        "semestre": "2027-05",
        "subdivision": premier.subdivision_id,
        "phase": premier.phase,
        "jour": f"{demain:%Y-%m-%d}",
        "heure": "09:00",
        "texte": "",
    }
    page = client.post("/gestion/reporter/", {**saisie, "geste": "apercu"}).content.decode()
    assert "suit, postes partagés" in page
    empreinte = page.split('name="empreinte" value="')[1].split('"')[0]
    client.post("/gestion/reporter/", {**saisie, "geste": "reporter", "empreinte": empreinte})
    premier.refresh_from_db(), suivant.refresh_from_db()
    assert premier.debut.date() == suivant.debut.date() == demain.date()
    assert "2 amphithéâtres reportés" in client.get("/").content.decode()
    pareil = client.post("/gestion/reporter/", {**saisie, "geste": "apercu"}).content.decode()
    assert "Rien ne change" in pareil and 'value="reporter"' not in pareil
    soir = client.post("/gestion/reporter/", {**saisie, "heure": "20:00", "geste": "apercu"})
    assert (
        "est hors des heures de choix (9\u00a0h–12\u00a0h\u00a030, 13\u00a0h\u00a030–18\u00a0h)"
        in soir.content.decode()
    )
