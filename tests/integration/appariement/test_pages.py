"""The pages of a matching: notes, file, ranks by account or link, the ARS's; nobody reads the other side."""

import re
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gradin.data.appariement.models import (
    CampagneAppariement,
    Candidature,
    LienResponsable,
    NoteSite,
    RangCandidat,
    ResultatCandidat,
    SiteAppariement,
)
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.referentiel.models import Service
from gradin.domain.appariement.calendrier import Etape
from gradin.domain.appariement.engagements import verify_in_file, verify_recu
from gradin.domain.appariement.publication import verify_publication
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.annonces import remind
from gradin.operations.appariement.liens import revoke_liens, send_lien
from gradin.operations.appariement.pieces import OCTETS
from gradin.operations.appariement.reponses import set_note
from gradin.queries.donnees import read_donnees
from gradin.queries.visiteurs import visiteur_of
from gradin.travaux import retention
from tests.factories.amphis import make_poste
from tests.factories.appariement import Campagne, make_responsable
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_des, make_groupe, make_subdivision
from tests.integration.appariement.conftest import answer, run
from tests.integration.favoris.conftest import BACKEND

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
JSON = {"HTTP_ACCEPT": "application/json"}
PASSAGER = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def client_of(compte: Compte) -> Client:
    client = Client()
    client.force_login(compte, backend=BACKEND)
    return client


def agent_of(campagne: Campagne) -> Client:
    return client_of(Compte.objects.get(pk=campagne.agent.compte))


def read(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return PASSAGER.sub("", reponse.content.decode())


def test_a_note_is_kept_at_once_and_counted(campagne: Campagne) -> None:
    campagne.at(Etape.VOEUX, maintenant=maintenant_ms())
    moi, adresse = client_of(campagne.compte(0)), f"/appariement/campagnes/{campagne.row.pk}/"
    note = {"tour": campagne.tour().pk, "site": campagne.sites[0].pk, "note": 4}
    assert moi.post(f"{adresse}note/", note, **JSON).json() == {"site": note["site"], "note": 4, "donnes": 1}
    assert moi.post(f"{adresse}note/", note | {"note": 6}, **JSON).status_code == 409
    suite = moi.post(f"{adresse}note/", note | {"note": 2, "retour": "?tri=nom"})
    assert suite["Location"] == f"{adresse}?tri=nom#site-{note['site']}"
    assert NoteSite.objects.get().note == 2
    page = read(moi, f"{adresse}?notes=sans")
    assert "Service 2" in page and "Service 1" not in page and "Vous prenez part au tour" in page


def test_home_and_mon_espace_count_what_is_still_waited_for(campagne: Campagne) -> None:
    make_poste("1")
    campagne.at(Etape.VOEUX, maintenant=maintenant_ms())
    assert "0\u00a0site noté sur" in read(client_of(campagne.compte(0)), "/")
    terrain = client_of(make_responsable(campagne.sites[0]))
    assert "candidat classé" not in read(terrain, "/mon-espace/")
    campagne.at(Etape.CLASSEMENT, maintenant=maintenant_ms())
    page = read(terrain, "/mon-espace/")
    assert "0\u00a0candidat classé sur" in page and f"/appariement/sites/{campagne.sites[0].pk}/" in page
    assert "site noté sur" not in read(client_of(campagne.compte(0)), "/")


def test_a_file_is_a_whole_pdf_read_by_its_owner_the_ars_and_the_site(campagne: Campagne) -> None:
    moi, adresse = client_of(campagne.compte(0)), f"/appariement/campagnes/{campagne.row.pk}/dossier/"
    refus = ((b"MZ executable", "n’est pas un PDF"), (b"%PDF-" + b"0" * OCTETS, "trop grand"), (b"", "vide"))
    for contenu, mots in refus:
        fichier = SimpleUploadedFile("cv.pdf", contenu)
        page = moi.post(adresse, {"geste": "deposer:cv", "fichier": fichier}, follow=True)
        assert mots in page.content.decode()
    fichier = SimpleUploadedFile('../"cv<b>.pdf', PDF)
    moi.post(adresse, {"geste": "deposer:cv", "fichier": fichier})
    (piece,) = campagne.candidatures[0].pieces.all()
    lecteurs = [campagne.compte(0), make_responsable(campagne.sites[0])]
    lecteurs.append(Compte.objects.get(pk=campagne.agent.compte))
    for compte in lecteurs:
        reponse = client_of(compte).get(f"/appariement/pieces/{piece.pk}/")
        assert reponse.content == PDF and reponse["Content-Disposition"].startswith("attachment")
    assert client_of(campagne.compte(1)).get(f"/appariement/pieces/{piece.pk}/").status_code == 404


def test_marks_never_reach_sites_nor_ranks_candidates_nor_either_the_ars(campagne: Campagne) -> None:
    """Each page is the same whatever the other side answered, as long as no result is told."""
    answer(campagne)
    site = campagne.sites[0]
    responsable, moi, agent = (
        client_of(make_responsable(site)),
        client_of(campagne.compte(0)),
        agent_of(campagne),
    )
    du_site, du_candidat = f"/appariement/sites/{site.pk}/", f"/appariement/campagnes/{campagne.row.pk}/"
    suivi = f"/gestion/appariement/{campagne.row.pk}/tours/1/"
    maintenant = maintenant_ms()
    for etape in (Etape.CLASSEMENT, Etape.CALCUL):
        campagne.at(etape, maintenant=maintenant)
        avant = read(responsable, du_site), read(moi, du_candidat), read(agent, suivi)
        NoteSite.objects.filter(note__gt=0).update(note=1)
        assert read(responsable, du_site) == avant[0]
        assert read(agent, suivi) == avant[2]
        answer(campagne)
        campagne.at(etape, maintenant=maintenant)
        RangCandidat.objects.filter(rang__gt=0).update(rang=2)
        assert (read(moi, du_candidat), read(agent, suivi)) == avant[1:]
        answer(campagne)
    donnees = {une.nom: une.lignes for une in read_donnees(visiteur_of(campagne.compte(0)))}
    assert all("rang" not in ligne for ligne in donnees["appariement.RangCandidat"])


def test_a_site_ranks_by_a_signed_link_that_expires_and_can_be_closed(campagne: Campagne) -> None:
    maintenant = campagne.at(Etape.CLASSEMENT, maintenant=maintenant_ms())
    site, personne = campagne.sites[0], Client()
    assert remind(campagne.tour().pk, campagne.agent, maintenant) == 3
    courriel = Envoi.objects.get(destinataire=site.courriel)
    premier = re.findall(r"/appariement/lien/\S+/", courriel.texte)[0]
    a, b = campagne.candidatures[0].pk, campagne.candidatures[1].pk
    for geste in (f"classer:{a}", f"classer:{b}", f"monter:{b}"):
        assert personne.post(premier, {"geste": geste}).status_code == 302
    assert dict(RangCandidat.objects.values_list("candidature", "rang")) == {b: 1, a: 2}
    fragment, parti = {"Gradin-Fragment": "1"}, b + 1000
    numeros = {"geste": "numeros:", f"rang-{a}": "9"}
    assert "Un rang va de 1 à 3" in personne.post(premier, numeros, headers=fragment).content.decode()
    for geste in (f"monter:{parti}", f"avant:{parti}", f"sur:{a}", ""):
        # A page of before somebody left: its numbers are not what the gesture asked.
        page = {"geste": geste, "repere": str(parti), f"rang-{a}": "3", f"rang-{b}": "3"}
        assert "La liste a changé" in personne.post(premier, page, headers=fragment).content.decode()
    assert dict(RangCandidat.objects.values_list("candidature", "rang")) == {b: 1, a: 2}
    assert LienResponsable.objects.get(site=site).used_at is not None
    second = send_lien(site.pk, campagne.agent, maintenant)
    second = second[second.index("/appariement/") :]
    page = personne.get(second, follow=True)
    assert (personne.get(premier).status_code, page.status_code) == (410, 200)
    sans_secret = f"/appariement/lien/{site.pk}/"
    assert page.redirect_chain == [(sans_secret, 302)]
    assert second.removeprefix("/appariement/lien/")[:20] not in page.content.decode()
    assert Client().get(sans_secret).status_code == 410
    revoke_liens(site.pk, campagne.agent, maintenant)
    assert (personne.get(second).status_code, personne.get(sans_secret).status_code) == (410, 410)
    troisieme = send_lien(site.pk, campagne.agent, maintenant)
    LienResponsable.objects.filter(revoked_at=None).update(expires_at=maintenant - 1)
    assert personne.get(troisieme[troisieme.index("/appariement/") :]).status_code == 410


def test_the_whole_file_reaches_the_ars_alone_its_hash_everybody_and_is_not_kept(campagne: Campagne) -> None:
    """In few sites a code hides none: its responsable would read the marks."""
    answer(campagne)
    run(campagne)
    adresse, agent = f"/gestion/appariement/{campagne.row.pk}/tours/1/33.json", agent_of(campagne)
    campagne.at(Etape.CALCUL, maintenant=maintenant_ms())
    assert agent.get(adresse).status_code == 404
    campagne.at(Etape.RESULTAT, maintenant=maintenant_ms())
    contenu = agent.get(adresse).content
    assert len(verify_publication(contenu.decode()).candidats) == 3
    page = Client().get("/appariement/").content.decode()
    assert sha256(contenu).hexdigest() in page and campagne.tour().graine in page
    assert adresse not in page
    assert campagne.row.actes.get(acte="fichier").auteur_id == campagne.agent.compte
    liste = Client().get(f"/appariement/campagnes/{campagne.row.pk}/tours/1/33.json").content.decode()
    mien = client_of(campagne.compte(0)).get(f"/appariement/campagnes/{campagne.row.pk}/recu/1/")
    lu = verify_recu(mien.content.decode(), liste)
    verify_in_file(lu, liste, contenu.decode())
    assert {lu.noms[code].partition(",")[0]: note for code, note in lu.ligne["notes"].items()} == {
        "Service 1": 5,
        "Service 2": 3,
    }
    site = client_of(make_responsable(campagne.sites[0])).get(
        f"/appariement/sites/{campagne.sites[0].pk}/recu/1/"
    )
    assert sorted(verify_recu(site.content.decode(), liste).ligne["rangs"].values()) == [1, 2, 3]
    autre = client_of(make_responsable(campagne.sites[0]))
    assert autre.get(f"/appariement/campagnes/{campagne.row.pk}/recu/1/").status_code == 404
    assert 'tours/1/33.json"' in read(agent, f"/gestion/appariement/{campagne.row.pk}/tours/1/")
    for autre in (make_responsable(campagne.sites[0]), campagne.compte(0)):
        assert client_of(autre).get(adresse).status_code == 403
    Candidature.objects.update(presentation="Moi")
    LienResponsable.objects.create(site=campagne.sites[0], cle="cle", created_at=1, expires_at=2)
    effaces = retention.run_once(round(datetime(2028, 1, 15, tzinfo=UTC).timestamp() * 1000))
    assert (effaces["presentations_candidature"], effaces["explications_appariement"]) == (3, 3)
    assert (effaces["fichiers_appariement"], effaces["liens_appariement"]) == (1, 1)
    assert set(Candidature.objects.values_list("presentation", flat=True)) == {""}
    assert not any(ResultatCandidat.objects.values_list("explications", flat=True))
    assert ResultatCandidat.objects.filter(site__isnull=False).count() == 2
    agent = agent_of(campagne)
    assert agent.get(adresse).status_code == 404
    assert sha256(contenu).hexdigest() in read(agent, f"/gestion/appariement/{campagne.row.pk}/tours/1/")


@pytest.mark.django_db
def test_the_ars_creates_a_campaign_and_brings_its_two_files() -> None:
    ici = make_subdivision()
    make_des(), make_groupe()
    agent = client_of(Compte.objects.get(pk=make_agent(ici).compte))
    champs = {
        "intitule": "Docteurs juniors",
        "semestre": "2023-11",
        "subdivision": ici.pk,
        "mode": "appariement",
        "notes_au_moins": 4,
        "part_notee": 20,
        "part_classee": 80,
        "priorite_locale": "on",
    }
    passee = agent.post("/gestion/appariement/", champs).content.decode()
    assert "Le semestre de novembre 2023 a déjà commencé" in passee
    champs["semestre"] = f"{datetime.now(UTC).year + 1}-11"
    assert agent.post("/gestion/appariement/", champs).status_code == 302
    retiree = CampagneAppariement.objects.get()
    assert "Retirer la campagne" in agent.get(f"/gestion/appariement/{retiree.pk}/").content.decode()
    agent.post(f"/gestion/appariement/{retiree.pk}/retirer/")
    assert not CampagneAppariement.objects.exists()
    agent.post("/gestion/appariement/", champs)
    campagne = CampagneAppariement.objects.get()
    assert [tour.numero for tour in campagne.tours.all()] == [1, 2, 3]

    def importer(quoi: str, texte: str, geste: str = "confirmer") -> str:
        fichier = SimpleUploadedFile(f"{quoi}.csv", texte.encode())
        adresse = f"/gestion/appariement/{campagne.pk}/importer/{quoi}/"
        lu = agent.post(adresse, {"fichier": fichier}, follow=True)
        if lu.redirect_chain and "/depots/" in (ici := lu.redirect_chain[-1][0]):
            lu = agent.post(ici, {"geste": geste}, follow=True)
        return lu.content.decode()

    sites = (
        "Code;Groupe;DES;Établissement;Service;IMOTEP;Places;Courriel\n"
        "S1;3;33;CHU;Cardiologie;37000001;{};a@b.fr\n"
    )
    assert "n’est pas un nombre de places" in importer("sites", sites.format("x"))
    assert not SiteAppariement.objects.exists()
    assert "rien n’a été enregistré" in importer("sites", sites.format(2), "abandonner")
    assert not SiteAppariement.objects.exists()
    for attendu in ("Le fichier est enregistré", "dit la même chose"):
        assert attendu in importer("sites", sites.format(2))
    candidats = "INE;Nom;Prénom;DES;Courriel;Rang\nX1;Curie;Ève;33;eve@exemple.fr;7\n"
    assert "Le fichier est enregistré" in importer("candidats", candidats)
    assert Candidature.objects.get().rang == 7 and SiteAppariement.objects.get().places == 2
    site = SiteAppariement.objects.get()
    LienResponsable.objects.create(site=site, cle="cle", created_at=1, expires_at=2)
    importer("sites", sites.format(3))
    assert LienResponsable.objects.get().revoked_at is None
    refus = agent.post(f"/gestion/appariement/{campagne.pk}/retirer/", follow=True).content.decode()
    assert "Cette campagne a commencé" in refus
    importer("sites", sites.format(3).replace("a@b.fr", "c@d.fr"))
    assert LienResponsable.objects.get().revoked_at is not None
    doublon = candidats + "X1;Curie;Ève;33;;\n"
    assert "cet INE est déjà à la ligne 2" in importer("candidats", doublon)


def test_a_file_is_undone_as_long_as_nothing_depends_on_it(campagne: Campagne) -> None:
    agent, base = agent_of(campagne), f"/gestion/appariement/{campagne.row.pk}/"

    def receive(texte: str) -> str:
        """The address of its differences."""
        fichier = SimpleUploadedFile("sites.csv", texte.encode())
        return str(agent.post(f"{base}importer/sites/", {"fichier": fichier})["Location"])

    entete = "Code;Groupe;DES;Établissement;Service;IMOTEP;Places\n"
    connu = f"S1;3;33;CHU;Service 1;{campagne.sites[0].service.imotep};4\n"
    premier = receive(f"{entete}{connu}S9;3;33;CHU;Neuf;37000009;1\n")
    page = read(agent, premier)
    assert "Enregistrer ces différences" in page and "Neuf" in page and "<td>4</td>" in page
    assert not SiteAppariement.objects.filter(code="S9").exists()
    agent.post(premier, {"geste": "confirmer"})
    assert SiteAppariement.objects.get(code="S1").places == 4
    assert not bytes(campagne.row.depots.get().contenu)
    assert "n’attend plus" in agent.post(premier, {"geste": "abandonner"}, follow=True).content.decode()
    agent.post(premier, {"geste": "annuler"})
    assert SiteAppariement.objects.get(code="S1").places == 1
    assert not Service.objects.filter(imotep="37000009").exists()
    assert not SiteAppariement.objects.filter(code="S9").exists()
    second = receive(f"{entete}S9;3;33;CHU;Neuf;37000009;1\n")
    agent.post(second, {"geste": "confirmer"})
    neuf = SiteAppariement.objects.get(code="S9")
    now = campagne.at(Etape.VOEUX)
    set_note(campagne.tour().pk, campagne.candidatures[0].pk, neuf.pk, 3, now)
    page = read(agent, second)
    assert "Ce n’est plus possible" in page and "déjà donné des notes" in page
    agent.post(second, {"geste": "annuler"})
    assert SiteAppariement.objects.filter(code="S9").exists()


@pytest.mark.django_db
def test_the_method_is_explained_to_anybody_and_its_toy_computes() -> None:
    page = Client().get("/appariement/methode/").content.decode()
    assert (
        "<strong>Ana</strong>\u00a0: Clinique" in page and "<strong>Chloé</strong>\u00a0: aucun site" in page
    )
    essai = Client().get("/appariement/methode/?r00=1&r01=2&n99=zz&n00=9").content.decode()
    assert "<strong>Ana</strong>\u00a0: CHU" in essai
    # The three links that the page proposes.
    for lien, obtenu in (
        ("n01=0", "Ana</strong>\u00a0: Maternité"),
        ("n22=1", "Chloé</strong>\u00a0: Maternité"),
    ):
        assert (
            f"?{lien}#" in page and obtenu in Client().get(f"/appariement/methode/?{lien}").content.decode()
        )
