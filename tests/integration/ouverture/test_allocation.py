"""An allocation d'attractivité is said wherever the poste is: public list, fiche, salle."""

from django.test import Client

from gradin.api.amphis import OFFRES
from gradin.data.amphis.models import Amphi
from gradin.queries.salle_offre import list_services
from gradin.web.salle.rendu import render_service
from tests.factories.amphis import compte_of, make_amphi

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


def test_it_is_read_by_programs_in_files_and_among_one_s_favourites(db: None) -> None:
    amphi = make_amphi(internes=2, postes=3)
    amphi.postes.filter(numero="2").update(allocation="300 € brut par mois")
    semestre, client = amphi.semestre.code, Client()
    # Kept by amphi and version, which another test may have had.
    OFFRES.clear()
    lus = client.get(f"/api/v1/postes?semestre={semestre}&numero=2").json()["resultats"]
    assert [lu["allocation"] for lu in lus] == ["300 € brut par mois"]
    offre = client.get(f"/api/v1/amphis/{amphi.pk}/offre").json()["postes"]
    assert sorted(un["allocation"] for un in offre) == ["", "", "300 € brut par mois"]
    csv = b"".join(client.get(f"/postes/?semestre={semestre}&format=csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "Allocation d’attractivité" in csv.splitlines()[0] and csv.count("300 € brut par mois") == 1
    moi = Client()
    moi.force_login(compte_of(amphi, 1), backend="allauth.account.auth_backends.AuthenticationBackend")
    imotep = amphi.postes.get(numero="2").service.imotep
    offerte = moi.get(f"/mon-amphi/favoris/?imotep={imotep}&vue=poste").content.decode()
    moi.post("/mon-amphi/favoris/", {"geste": "ajouter-poste:2"})
    miens = moi.get("/mon-amphi/favoris/").content.decode().split('id="offre"')[0]
    assert MOTS in offerte and miens.count(MOTS) == 1
