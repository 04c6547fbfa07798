"""The last receipt of a site: whoever it got, by its link, until nobody may refuse any more."""

import pytest
from django.test import Client

from gradin.data.appariement.models import TourCampagne
from gradin.domain.appariement.calendrier import Etape
from gradin.domain.appariement.engagements import verify_recu
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.liens import send_lien
from gradin.operations.appariement.refus import AppariementRefuse
from tests.factories.appariement import Campagne
from tests.integration.appariement.conftest import answer, run
from tests.integration.appariement.test_pages import agent_of


def test_a_site_that_got_nobody_reads_its_last_receipt_by_its_link(campagne: Campagne) -> None:
    """The rankings are closed for good: the link still lives, until the last refusals end."""
    TourCampagne.objects.exclude(numero=1).delete()
    answer(campagne)
    run(campagne)
    maintenant = campagne.at(Etape.RESULTAT, maintenant=maintenant_ms())
    site, personne = campagne.sites[2], Client()
    lien = send_lien(site.pk, campagne.agent, maintenant)
    page = personne.get(lien[lien.index("/appariement/") :], follow=True)
    lue = page.content.decode()
    assert "Qui vient" not in lue and 'href="recu/1/"' in lue
    recu = personne.get(f"{page.redirect_chain[-1][0]}recu/1/").content.decode()
    listes = f"/appariement/campagnes/{campagne.row.pk}/tours/1/"
    ligne = verify_recu(recu, Client().get(f"{listes}33.json").content.decode()).ligne
    assert ligne["pris"] == [] and len(ligne["rangs"]) == 3
    assert Client().get(f"{listes}%00.json").status_code == 404
    fichiers = f"/gestion/appariement/{campagne.row.pk}/tours/1/"
    assert agent_of(campagne).get(f"{fichiers}%00.json").status_code == 404
    campagne.at(Etape.FINI, maintenant=maintenant)
    with pytest.raises(AppariementRefuse, match="Cette campagne est finie"):
        send_lien(site.pk, campagne.agent, maintenant)
