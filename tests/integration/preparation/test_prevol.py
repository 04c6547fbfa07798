"""The pre-flight on real rows, and the commands that show it and the list."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gradin.data.amphis.models import Affectation, Amphi, ListeAppel, Place, Statut
from gradin.data.internes.models import Phase
from gradin.domain.prevol.dossier import CodeConstat, Gravite
from gradin.operations.amphis.actes_avant import run_acte_avant
from gradin.queries.amphis import AmphiInconnu, find_amphi
from gradin.queries.prevol import examine
from tests.factories.referentiel import make_des, make_groupe, make_semestre, make_subdivision
from tests.factories.roster import make_inscrit, make_inscrits, make_offert

pytestmark = pytest.mark.django_db
MS = round(datetime(2027, 3, 1, 8, tzinfo=UTC).timestamp() * 1000)


def call(nom, *arguments):
    sortie = StringIO()
    call_command(nom, *arguments, stdout=sortie)
    return sortie.getvalue()


def prepare(*, publish=True):
    call("prepare_amphis", "--semestre", "2027-05")
    for amphi in Amphi.objects.all():
        if publish:
            run_acte_avant("publier_liste", amphi.pk, auteur=None, maintenant=MS)
    return Amphi.objects.order_by("pk").first()


def codes(amphi):
    return [constat.code for constat in examine(amphi.pk).constats]


@pytest.fixture
def sain():
    """Two internes, three postes, a published list."""
    make_inscrits(["Ana", "Bo"])
    for numero in ("1", "2", "3"):
        make_offert(numero)
    return prepare


def test_sound_amphi_passes(sain):
    amphi = sain()
    assert codes(amphi) == []
    assert "Rien ne bloque" in call("check_prevol", "2027-05/3/approfondissement")


def test_unpublished_list_ends_the_command_with_one(sain):
    amphi = sain(publish=False)
    assert codes(amphi) == [CodeConstat.LISTE_NON_PUBLIEE]
    with pytest.raises(CommandError) as caught:
        call("check_prevol", str(amphi.pk))
    assert caught.value.returncode == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"semestres_valides": 8}, CodeConstat.MAQUETTE_TERMINEE),
        ({"rang_local": None}, CodeConstat.RANG_MANQUANT),
        ({"semestres_valides": 1}, CodeConstat.SEMESTRES_INSUFFISANTS),
        ({"rang_local": 3, "effectif_local": None}, CodeConstat.EFFECTIF_COMPTE),
    ],
)
def test_fault_of_one_interne_is_found_by_name(sain, fields, code):
    make_inscrit("Zoé", **{"rang_local": 3, **fields})
    (constat,) = examine(sain().pk).constats
    assert (constat.code, constat.qui) == (code, ("Prénom Zoé",))


def test_phase_corrected_after_the_list_is_found(sain):
    zoe = make_inscrit("Zoé", rang_local=3)
    amphi = sain()
    zoe.phase = Phase.SOCLE
    zoe.save()
    assert codes(amphi) == [CodeConstat.AUTRE_REGIME]


def test_affectation_given_after_the_list_is_found_unless_hors_choix(sain):
    zoe = make_inscrit("Zoé", rang_local=3)
    amphi = sain()
    Affectation.objects.create(
        interne=zoe.interne,
        semestre=make_semestre(),
        poste=make_offert("9", groupe=make_groupe("8", "Autre")),
        type_choix="classique",
        chosen_at=1,
    )
    assert codes(amphi) == [CodeConstat.DEJA_AFFECTE]
    Place.objects.filter(inscription=zoe).update(statut=Statut.HORS_CHOIX)
    assert codes(amphi) == []


def test_interne_expected_in_a_running_amphi_is_found(sain):
    amphi = sain()
    autre = Amphi.objects.create(
        semestre=make_semestre(),
        subdivision=make_subdivision(),
        groupe=make_groupe(),
        phase=Phase.APPROFONDISSEMENT,
        variante="ambulatoire",
        intitule="Ambulatoire",
        etat="en_cours",
    )
    Place.objects.create(amphi=autre, inscription=amphi.places.first().inscription, rang=1)
    (constat,) = examine(amphi.pk).constats
    assert constat.code is CodeConstat.DEUX_LISTES
    assert "Ambulatoire" in constat.message


def test_equals_block_until_an_agent_confirms_them(sain):
    make_inscrit("Zoé", rang_local=2)
    amphi = sain()
    (constat,) = examine(amphi.pk).constats
    assert (constat.code, constat.gravite) == (CodeConstat.EX_AEQUO, Gravite.BLOQUE)
    assert set(constat.qui) == {"Prénom Bo", "Prénom Zoé"}
    ListeAppel.objects.update(ties_confirmed_at=datetime(2027, 3, 2, tzinfo=UTC))
    assert codes(amphi) == []


def test_rank_corrected_after_publication_is_found(sain):
    amphi = sain()
    ana = amphi.places.get(rang=1).inscription
    ana.rang_local = 9
    ana.save()
    assert codes(amphi) == [CodeConstat.LISTE_PERIMEE]
    make_inscrit("Zoé", rang_local=8)
    assert CodeConstat.ABSENTS_DE_LA_LISTE in codes(amphi)


def test_unusual_groupe_is_only_told(sain):
    pediatrie = make_des("PED", "Pédiatrie")
    make_inscrits(["Pa", "Pb"], des=pediatrie, groupe=make_groupe("6", "Pédiatrie"))
    make_inscrit("Zoé", des=pediatrie, rang_local=3)
    sain()
    (constat,) = examine(Amphi.objects.get(groupe__code="3").pk).constats
    assert (constat.code, constat.gravite) == (CodeConstat.AUTRE_GROUPE, Gravite.A_SAVOIR)


def test_reserved_poste_waits_for_the_later_amphi_of_the_chain(sain):
    make_inscrit("Zoé", phase=Phase.ANCIEN_REGIME)
    psy = make_des("PSY", "Psychiatrie")
    make_offert("4", reserve=True, des=psy)
    sain()
    ancien = Amphi.objects.get(phase=Phase.ANCIEN_REGIME)
    assert codes(ancien) == [CodeConstat.RESERVE_SANS_PRENEUR]
    make_inscrit("Psy", des=psy, rang_local=3)
    ListeAppel.objects.all().delete()
    sain()
    assert codes(ancien) == []


def test_list_is_shown_as_the_contract_says(sain):
    sain()
    lignes = json.loads(call("show_liste", "2027-05/3/approfondissement", "--format", "json"))
    assert lignes[0] == {
        "rang": 1,
        "ine": "INEANA",
        "nom": "Ana",
        "prenom": "Prénom",
        "anciennete": 3,
        "promotion": 2024,
        "rang_local": 1,
        "effectif_local": 10,
        "promotion_theorique": 2025,
        "effectif_theorique": 2,
        "rang_actualise": "1/5",
        "rang_affiche": "0.20",
    }


def test_csv_neutralises_what_a_spreadsheet_would_run(sain):
    make_inscrit("=SOMME(A1)", rang_local=3)
    sain()
    table = call("show_liste", "2027-05/3/approfondissement").splitlines()
    assert table[0].startswith("rang;ine;nom;prenom;anciennete")
    assert ";'=SOMME(A1);" in table[3]


@pytest.mark.parametrize("prefixe", ["", "IDF/", "idf/"])
def test_amphi_is_found_by_its_code(sain, prefixe):
    amphi = sain()
    assert find_amphi(f"{prefixe}2027-05/3/approfondissement") == amphi.pk
    assert find_amphi(str(amphi.pk)) == amphi.pk


@pytest.mark.parametrize(
    "reference", ["", "abc", "2027-05/3", "99999", "2027-05/99/socle", "XX/2027-05/3/socle"]
)
def test_unknown_amphi_is_told_with_those_that_exist(sain, reference):
    sain()
    with pytest.raises(AmphiInconnu, match=r"2027-05/3/approfondissement"):
        find_amphi(reference)


@pytest.mark.parametrize("commande", ["show_liste", "check_prevol"])
def test_unknown_amphi_ends_the_command_with_one(commande):
    with pytest.raises(CommandError, match="lancez prepare-amphis"):
        call(commande, "12")


def test_hour_that_is_no_local_hour_is_refused():
    with pytest.raises(CommandError, match="2027-04-05T09:00"):
        call("prepare_amphis", "--semestre", "2027-05", "--debut", "demain")
