"""« Statistiques »: what was chosen here and what was brought, in the agent’s scope; pages and a file."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from gradin.data.internes.models import Phase, TypeChoix
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Etablissement, Semestre
from gradin.data.services.models import DernierRang
from gradin.domain.amphi.commands import Clore
from tests.factories.amphis import T0, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import alive, choose, pass_time, play, start
from tests.factories.referentiel import make_subdivision
from tests.integration.gestion.test_imports import sign_in

pytestmark = pytest.mark.django_db
ADRESSE = "/gestion/statistiques/"


@pytest.fixture
def agent() -> Client:
    """Rank 1 takes n° 2 in 20 s, rank 2 (surnombre) n° 2 in 40 s, rank 3 lets his time run out; closed."""
    amphi = make_amphi(types={2: TypeChoix.SURNOMBRE_NON_VALIDANT})
    Etablissement.objects.update(departement="69")
    start(amphi)
    choose(amphi, 1, "2", T0 + 20_000)
    choose(amphi, 2, "2", T0 + 60_000)
    pass_time(amphi, T0 + 160_000)
    alive(T0 + 160_000)
    play(amphi, Clore(auteur="agent@ars.example"), T0 + 161_000)
    service = Poste.objects.get(numero="2").service
    for phase in (Phase.SOCLE, Phase.APPROFONDISSEMENT):
        for code in ("2026-11", "2027-05"):
            DernierRang.objects.create(
                service=service,
                semestre=Semestre.objects.get_or_create(code=code)[0],
                subdivision=amphi.subdivision,
                groupe=amphi.groupe,
                phase=phase,
                rang=7,
                offerts=10,
                pourvus=9,
            )
    return sign_in(make_agent(amphi.subdivision).courriel)


def text(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_the_choice_made_here_is_counted_rather_than_the_figure_brought_for_it(agent: Client) -> None:
    ici = agent.get(f"{ADRESSE}?phase=socle").context
    assert (ici["actuel"].compte.offerts, ici["actuel"].compte.choisis, ici["actuel"].surnombres) == (4, 1, 1)
    deux = agent.get(ADRESSE).context
    assert (deux["actuel"].compte.offerts, deux["actuel"].compte.choisis) == (14, 10)
    avant = deux["semestres"][1]
    assert (avant.compte.offerts, avant.compte.choisis, avant.surnombres) == (20, 18, None)
    assert "Rhône" in text(agent.get(ADRESSE)) and "90 %" in text(agent.get(ADRESSE))


def test_times_absences_and_last_ranks_come_from_the_journal(agent: Client) -> None:
    temps = agent.get(f"{ADRESSE}?vue=temps").context["temps"]
    assert (temps.durees.nombre, temps.durees.mediane, temps.durees.p90) == (2, 20_000, 40_000)
    assert (temps.passes, temps.absents, temps.ecoules) == (1, 0, 1)
    lignes = agent.get(f"{ADRESSE}?vue=rangs&phase=socle").context["page"].object_list
    chosen = next(ligne for ligne in lignes if any(ligne.rangs) and ligne.rangs[0])
    assert [(rang.rang, rang.restants) for rang in chosen.rangs] == [(7, 1), (1, 0)]


def test_the_workbook_holds_numbers_and_the_scope_of_another_agent_holds_nothing(agent: Client) -> None:
    fichier = openpyxl.load_workbook(BytesIO(agent.get(f"{ADRESSE}?format=xlsx&phase=socle").content))
    assert fichier.sheetnames[0] == "Semestres" and fichier.sheetnames[-1] == "Critères de stage"
    assert len(fichier.sheetnames) == 6
    derniere = [case.value for case in [*fichier["Semestres"].rows][-1]]
    assert derniere[:8] == ["mai 2027", 4, 1, 3, 25, 1, 0, 1]
    ailleurs = sign_in(make_agent(make_subdivision("AUTRE", "Autre"), "autre@ars.example").courriel)
    assert "Aucun semestre à compter" in text(ailleurs.get(ADRESSE))
