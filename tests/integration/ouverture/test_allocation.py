"""An allocation d'attractivité is said wherever the poste is: public list, fiche, salle."""

from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.queries.salle_offre import list_services
from gradin.web.salle.rendu import render_service
from tests.factories.amphis import make_amphi

MOTS = "Allocation d’attractivité\u00a0: 300 € brut par mois"


def test_it_is_read_on_the_list_on_the_fiche_and_in_the_salle(db: None) -> None:
    amphi: Amphi = make_amphi(internes=2, postes=3)
    poste = amphi.postes.get(numero="2")
    poste.allocation = "300 € brut par mois"
    poste.save()
    anonyme, semestre = Client(), amphi.semestre.code
    for adresse in (
        f"/postes/?semestre={semestre}",
        f"/postes/?semestre={semestre}&vue=poste",
        f"/services/{poste.service.imotep}/",
    ):
        page = anonyme.get(adresse).content.decode().replace("attractivité :", "attractivité\u00a0:")
        assert page.count(MOTS) == 1, adresse
    salle = "".join(render_service(service) for service in list_services(amphi.pk))
    assert salle.count(MOTS) == 1 and salle.count('data-allocation="300 € brut par mois"') == 1
