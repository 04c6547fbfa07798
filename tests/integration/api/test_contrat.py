"""The surfaces that outsiders rely on, as the contract names them: a list of its own, walked."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import get_commands, load_command_class
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.postes.models import Poste
from gradin.domain.kernel import Motif
from tests.integration.api.conftest import Demandeur

pytestmark = pytest.mark.django_db

COMMANDES = {
    "load-demo": "--seed --internes",
    "serve": "--port --processus --role",
    "import-internes": "fichier --semestre --subdivision --essai",
    "import-postes": "fichier --semestre --subdivision --essai",
    "prepare-amphis": "--semestre --subdivision --debut",
    "show-liste": "amphi --format",
    "check-prevol": "amphi",
    "run-robots": "amphi --url --cadence --absents",
    "export-journal": "amphi --complet",
    "verify-etat": "amphi",
    "move-to": "adresse",
    "verify-journal": "",
    "create-agent": "courriel --portee",
    "create-jeton": "courriel",
    "verify-appariement": "fichier",
    "backup": "fichier",
    "restore": "fichier --accepter-recul",
}
# Address → what somebody without an account is answered; 302 leads to the sign-in page.
PAGES = {
    "/": 200,
    "/postes/": 200,
    "/amphis/": 200,
    "/amphis/{amphi}/liste-appel/": 200,
    "/amphis/{amphi}/sessions/": 200,
    "/amphis/{amphi}/ecran/": 200,
    "/affectations/": 200,
    "/informations/": 200,
    "/calendrier/": 200,
    "/calendrier.ics": 200,
    "/inscription/": 200,
    "/connexion/": 200,
    "/mot-de-passe/": 200,
    "/mon-profil/": 302,
    "/mon-profil/statut/": 302,
    "/mon-profil/procuration/": 302,
    "/mon-classement/": 302,
    "/mon-amphi/": 302,
    "/mon-amphi/favoris/": 302,
    "/mon-parcours/": 302,
    "/mes-attestations/": 302,
    "/verification/inconnu/": 404,
    "/regie/": 302,
    "/regie/amphis/{amphi}/": 302,
    "/gestion/": 302,
    "/api/v1/docs": 200,
    "/api/v1/openapi.json": 200,
}
# Method and address → what anybody is answered, then an interne of the amphi.
ADRESSES = {
    ("get", "/moi"): (401, 200),
    ("get", "/postes"): (200, 200),
    ("get", "/amphis"): (200, 200),
    ("get", "/amphis/{amphi}"): (200, 200),
    ("get", "/amphis/{amphi}/offre"): (200, 200),
    ("get", "/moi/amphis/{amphi}"): (401, 200),
    ("post", "/amphis/{amphi}/choix"): (401, 422),
    ("get", "/amphis/{amphi}/favoris"): (401, 200),
    ("put", "/amphis/{amphi}/favoris"): (401, 422),
    ("post", "/amphis/{amphi}/commandes"): (401, 422),
    ("get", "/affectations"): (200, 200),
    ("get", "/amphis/{amphi}/journal"): (200, 200),
    ("get", "/mes-attestations"): (401, 200),
}
MOTIFS = (
    "pas_votre_tour temps_ecoule amphi_en_pause poste_pourvu poste_reserve poste_retire hors_offre "
    "deja_affecte deja_valide surnombre_plein mandataire_seul vue_perimee deja_passe"
)
ACTES = (
    "approuver valider ouvrir publier_liste corriger_liste demarrer demarrer_session pause reprendre passer "
    "replacer absent present prolonger message choisir_pour retirer_poste ajouter_poste lever_reserve "
    "type_choix multiplicateur hors_choix coupler decoupler corriger_choix rattrapage clore"
)


def options_of(commande: str) -> set[str]:
    nom = commande.replace("-", "_")
    parser: ArgumentParser = load_command_class(get_commands()[nom], nom).create_parser("gradin", nom)
    return {nom for action in parser._actions for nom in (action.option_strings or [action.dest])}


def test_every_command_stands_with_its_options() -> None:
    manquent = {nom: set(dites.split()) - options_of(nom) for nom, dites in COMMANDES.items()}
    assert {nom: quoi for nom, quoi in manquent.items() if quoi} == {}


def test_every_page_stands(client: Client, amphi: Amphi) -> None:
    recus = {page: client.get(page.format(amphi=amphi.pk)).status_code for page in PAGES}
    assert recus == PAGES


def test_every_address_of_the_api_stands_and_says_the_time(ask: Demandeur, amphi: Amphi) -> None:
    recus = {}
    for methode, chemin in ADRESSES:
        corps = {} if methode in ("post", "put") else None
        reponses = [ask(qui, methode, chemin.format(amphi=amphi.pk), corps) for qui in ("anonyme", "interne")]
        assert all(reponse["Gradin-Maintenant"].isdigit() for reponse in reponses)
        recus[methode, chemin] = tuple(reponse.status_code for reponse in reponses)
    assert recus == ADRESSES


def test_each_criterion_of_the_postes_keeps_and_rejects(ask: Demandeur, amphi: Amphi) -> None:
    poste = Poste.objects.get(numero="2")
    Poste.objects.filter(pk=poste.pk).update(
        flechage="Chimiothérapies", type_poste="Ambulatoire", reserve=True, recherche="hematologie"
    )
    service, semestre = poste.service, poste.semestre.code
    cas: dict[str, tuple[Any, Any]] = {
        "etat": ("libre", "retire"),
        "des": (poste.des.code_des, "ZZZ"),
        "groupe": (poste.groupe.code, "999"),
        "departement": (service.etablissement.departement, "99"),
        "etablissement": (service.etablissement.nom, "Nulle part"),
        "service": (service.imotep, "00000000"),
        "chef": (service.chef or service.nom, "Personne du tout"),
        "regime": (poste.regime, "ancien_regime"),
        "type": ("Ambulatoire", "Maritime"),
        "imotep": (service.imotep, "00000000"),
        "numero": ("2", "9999"),
        "flechage": ("Chimiotherapies", "Radiologie"),
        "reserve": ("oui", "peut-être"),
        "q": ("hématologie", "zzzzzzzzzz"),
        "semestre": (semestre, "1999-05"),
        "subdivision": (poste.subdivision.code, "AILLEURS"),
    }
    if not service.chef:
        del cas["chef"]
    assert_criteria(ask, "/postes", cas)


def test_each_criterion_of_the_affectations_keeps_and_rejects(ask: Demandeur, amphi: Amphi) -> None:
    corps = {"poste": "2", "tour": 1, "vu": amphi.seq}
    assert ask("interne", "post", f"/amphis/{amphi.pk}/choix", corps, Idempotency_Key="c").status_code == 201
    Amphi.objects.filter(pk=amphi.pk).update(parametres=amphi.parametres | {"noms_publics": "direct"})
    poste = Poste.objects.get(numero="2")
    Poste.objects.filter(pk=poste.pk).update(
        flechage="Chimiothérapies", type_poste="Ambulatoire", reserve=True
    )
    service = poste.service
    cas: dict[str, tuple[Any, Any]] = {
        "amphi": (amphi.pk, 999_999),
        "regime": ("socle", "approfondissement"),
        "des": (poste.des.code_des, "ZZZ"),
        "interne": ("prén", "Zoé"),
        "groupe": (poste.groupe.code, "999"),
        "departement": (service.etablissement.departement, "99"),
        "etablissement": (service.etablissement.nom, "Nulle part"),
        "service": (service.imotep, "00000000"),
        "imotep": (service.imotep, "00000000"),
        "type": ("Ambulatoire", "Maritime"),
        "des_interne": (poste.des.code_des, "ZZZ"),
        "numero": ("2", "9999"),
        "flechage": ("chimiotherapies", "Radiologie"),
        "reserve": ("oui", "non"),
        "q": ("prénom", "zzzzzzzzzz"),
        "semestre": (poste.semestre.code, "1999-05"),
        "subdivision": (poste.subdivision.code, "AILLEURS"),
    }
    assert_criteria(ask, "/affectations", cas)
    # Who may not be named is not found by his name either.
    Amphi.objects.filter(pk=amphi.pk).update(parametres=amphi.parametres | {"noms_publics": "jamais"})
    assert ask("anonyme", "get", "/affectations?interne=Pr%C3%A9n").json()["total"] == 0
    assert ask("anonyme", "get", "/affectations?q=pr%C3%A9nom").json()["total"] == 0


def assert_criteria(ask: Demandeur, chemin: str, cas: dict[str, tuple[Any, Any]]) -> None:
    """The right value twice: each criterion is repeatable."""
    for nom, (juste, faux) in cas.items():
        garde = urlencode([(nom, juste), (nom, juste), ("par_page", 100)])
        lues = ask("anonyme", "get", f"{chemin}?{garde}").json()["resultats"]
        assert "2" in [ligne["poste"] for ligne in lues], nom
        assert ask("anonyme", "get", f"{chemin}?{urlencode({nom: faux})}").json()["total"] == 0, nom


def test_every_motif_and_every_act_is_known(ask: Demandeur, amphi: Amphi) -> None:
    assert set(MOTIFS.split()) <= set(Motif)
    for acte in ACTES.split():
        corps = {"type": acte, "vu": 0}
        reponse = ask(
            "agent", "post", f"/amphis/{amphi.pk}/commandes", corps, Idempotency_Key=f"contrat-{acte}"
        )
        assert reponse.json().get("motif") != "acte_inconnu", acte
    inconnu = ask("agent", "post", f"/amphis/{amphi.pk}/commandes", {"type": "danser"}, Idempotency_Key="x")
    assert inconnu.json()["motif"] == "acte_inconnu"
