"""After the creation: minima and seats, a seat that an affectation held elsewhere keeps from its winner."""

import pytest

from gradin.data.amphis.models import Affectation
from gradin.data.appariement.models import ActeAppariement
from gradin.data.comptes.models import Compte
from gradin.data.postes.models import Poste
from gradin.domain.appariement.calendrier import Etape
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.resultats import give_place, record_agreement, settle_due
from gradin.queries.appariement.places import list_unplaced
from gradin.queries.noms import noms_lisibles
from gradin.queries.visiteurs import ANONYME
from tests.factories.amphis import T0
from tests.factories.appariement import Campagne
from tests.integration.appariement.conftest import answer, run
from tests.integration.appariement.test_pages import client_of, read


def hold_another(campagne: Campagne, rang: int) -> Affectation:
    """An affectation of the semestre that the matching knows nothing of."""
    site, un = campagne.sites[2], campagne.candidatures[rang]
    poste = Poste.objects.create(
        semestre=campagne.row.semestre,
        subdivision=campagne.row.subdivision,
        numero="77",
        service=site.service,
        groupe=site.groupe,
        des=site.des,
        regime="approfondissement",
    )
    return Affectation.objects.create(
        interne=un.interne,
        semestre=campagne.row.semestre,
        poste=poste,
        amphi=None,
        type_choix="classique",
        chosen_at=T0,
    )


def test_a_seat_whose_winner_holds_another_affectation_waits_for_the_agent(campagne: Campagne) -> None:
    autre = hold_another(campagne, 0)
    answer(campagne)
    run(campagne)
    campagne.at(Etape.FINI)
    assert list_unplaced(campagne.row.pk) == ()
    settle_due(T0)
    agent = client_of(Compte.objects.get(pk=campagne.agent.compte))
    adresse, nom = f"/gestion/appariement/{campagne.row.pk}/", str(campagne.candidatures[0].interne.nom)
    page = read(agent, adresse)
    assert (
        "1\u00a0place non donnée" in page
        and nom in page
        and "Tient\u00a0: poste n°\u00a077, Service 3" in page
    )
    assert "affectation déjà tenue" in page and ">Donner la place<" not in page
    (attend,) = list_unplaced(campagne.row.pk)
    with pytest.raises(AppariementRefuse, match="Annulez-la d’abord"):
        give_place(attend.resultat, campagne.agent, T0)
    Affectation.objects.filter(pk=autre.pk).update(annulee=True)
    page = agent.post(adresse, {"resultat": attend.resultat}, follow=True).content.decode()
    assert "l’affectation est donnée" in page and "place non donnée" not in page.replace(
        "Place non donnée", ""
    )
    donnee = Affectation.objects.get(interne=campagne.candidatures[0].interne, annulee=False)
    assert donnee.poste.service_id == campagne.sites[1].service_id
    assert "Relisez la page" in agent.post(adresse, {"resultat": "1"}, follow=True).content.decode()


def test_an_agreement_is_refused_to_whom_holds_an_affectation(campagne: Campagne) -> None:
    hold_another(campagne, 0)
    campagne.at(Etape.VOEUX, 3)
    with pytest.raises(AppariementRefuse, match="déjà une affectation"):
        record_agreement(
            campagne.tour(3).pk, campagne.candidatures[0].pk, campagne.sites[0].pk, "", campagne.agent, T0
        )


def test_minima_and_seats_change_between_rounds_with_the_trail_and_not_while_one_runs(
    campagne: Campagne,
) -> None:
    maintenant = maintenant_ms()
    for numero in (1, 2, 3):
        campagne.at(Etape.A_VENIR, numero, maintenant)
    agent = client_of(Compte.objects.get(pk=campagne.agent.compte))
    adresse = f"/gestion/appariement/{campagne.row.pk}/parametres/"
    champs = {"notes_au_moins": 3, "part_notee": 20, "part_classee": 70, "priorite_locale": "on"}
    champs |= {f"places_{site.pk}": 1 for site in campagne.sites}
    voulu = champs | {f"places_{campagne.sites[0].pk}": 4}
    page = agent.post(adresse, voulu, follow=True).content.decode()
    assert "au moins 3 sites" in page and "places du site S1\u00a0: 1 → 4" in page
    campagne.row.refresh_from_db()
    campagne.sites[0].refresh_from_db()
    assert (campagne.row.part_classee, campagne.sites[0].places) == (70, 4)
    acte = ActeAppariement.objects.get(acte="parametres")
    assert acte.auteur_id == campagne.agent.compte and "sites à noter\u00a0: 1 → 3" in acte.details["changes"]
    for etape in (Etape.VOEUX, Etape.CLASSEMENT, Etape.CALCUL):
        campagne.at(etape, 1, maintenant)
        assert "1er tour en cours" in read(agent, adresse)
        page = agent.post(adresse, champs).content.decode()
        assert "ne changent plus depuis l’ouverture" in page
    campagne.sites[0].refresh_from_db()
    assert campagne.sites[0].places == 4


def test_a_site_cannot_have_fewer_seats_than_it_gave(campagne: Campagne) -> None:
    answer(campagne)
    run(campagne)
    maintenant = maintenant_ms()
    campagne.at(Etape.FINI, 1, maintenant)
    for numero in (2, 3):
        campagne.at(Etape.A_VENIR, numero, maintenant)
    agent = client_of(Compte.objects.get(pk=campagne.agent.compte))
    champs = {"notes_au_moins": 1, "part_notee": 20, "part_classee": 80, "priorite_locale": "on"}
    champs |= {f"places_{site.pk}": 0 for site in campagne.sites}
    adresse = f"/gestion/appariement/{campagne.row.pk}/parametres/"
    assert "a déjà donné 1 place" in agent.post(adresse, champs).content.decode()


def test_the_public_list_names_the_matched_as_the_others(campagne: Campagne) -> None:
    answer(campagne)
    run(campagne)
    campagne.at(Etape.FINI)
    settle_due(T0)
    hold_another(campagne, 2)
    nommees = Affectation.objects.filter(noms_lisibles(ANONYME).named())
    assert set(nommees.values_list("interne", flat=True)) == {
        un.interne_id for un in campagne.candidatures[:2]
    }
