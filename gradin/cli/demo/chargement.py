"""Loads the demonstration through the operations that the ARS's own files go through."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gradin.cli.demo.taille import INTERNES, POSTES, Colonnes, write_at_size
from gradin.operations.demonstration import plan
from gradin.operations.demonstration.agrements import write_agrements
from gradin.operations.demonstration.amphis import has_started, prepare_scenes, publish_scenes
from gradin.operations.demonstration.appariement import open_appariements
from gradin.operations.demonstration.comptes import name_subdivision, open_accounts, open_agents
from gradin.operations.demonstration.evaluations import write_evaluations
from gradin.operations.demonstration.ouverture import write_allocations, write_ouverture
from gradin.operations.demonstration.parcours import write_parcours
from gradin.operations.demonstration.partenaires import open_partners
from gradin.operations.demonstration.passe import write_past
from gradin.operations.demonstration.prechoix import Cadre, open_vagues
from gradin.operations.demonstration.publications import publish_informations
from gradin.operations.demonstration.scenes import play_scenes, write_favoris
from gradin.operations.demonstration.situations import file_demandes
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.imports.import_internes import import_internes
from gradin.operations.imports.import_postes import import_postes
from gradin.queries.public.accueil import count_all
from gradin.queries.public.semestres import find_semestre
from gradin.queries.visiteurs import Visiteur

DOSSIER = Path(__file__).parent
SEMESTRE = "2027-05"
SUBDIVISION = "LYON"
EFFECTIF = 1_350


@dataclass(frozen=True, slots=True, kw_only=True)
class Chargement:
    """`maintenant`: ms UTC, the amphis are set around it. `internes`: another size than the file's."""

    graine: int
    internes: int | None
    maintenant: int
    programme: plan.Programme = plan.DEMONSTRATION

    def run(self) -> Iterator[str]:
        instant = datetime.fromtimestamp(self.maintenant / 1000, UTC)
        with tempfile.TemporaryDirectory() as dossier:
            internes = import_internes(_demande(self._file("internes", INTERNES, Path(dossier))))
            postes = import_postes(_demande(self._file("postes", POSTES, Path(dossier))))
        yield f"{internes.lignes} internes et {postes.lignes} postes."
        name_subdivision(SUBDIVISION, "Lyon", "internat@gradin.demo", "04 00 00 00 00")
        publish_informations(SEMESTRE, SUBDIVISION, instant)
        agent = open_agents(SUBDIVISION, instant)[0]
        yield f"{open_accounts(SEMESTRE, instant)} comptes d’internes ouverts."
        yield f"{open_partners(SUBDIVISION, SEMESTRE, instant)} comptes de partenaires de l’ARS ouverts."
        if has_started(SEMESTRE):
            yield "Les amphithéâtres de la démonstration ont déjà été joués : laissés tels quels."
            return
        yield from self._play(agent, instant)

    def _play(self, agent: Visiteur, instant: datetime) -> Iterator[str]:
        """What the ARS and its people have done of the semester by the time the curtain opens."""
        write_allocations(SEMESTRE, agent, instant)
        proposes = write_ouverture(SEMESTRE, SUBDIVISION, agent, self.maintenant)
        yield f"{proposes} postes proposés à l’ouverture."
        yield f"{write_agrements(SEMESTRE, SUBDIVISION, agent, self.maintenant)} agréments."
        yield f"{write_parcours(SEMESTRE, SUBDIVISION, self.graine, instant)} semestres de parcours."
        recues = write_evaluations(SEMESTRE, SUBDIVISION, "", self.graine, instant)
        yield f"{recues} évaluations de stage."
        graine = f"demonstration-{self.graine}"
        prepare_scenes(SEMESTRE, SUBDIVISION, graine, instant, self.programme)
        yield f"{write_past(SEMESTRE, SUBDIVISION, self.graine)} derniers rangs de semestres passés."
        yield f"{open_appariements(SEMESTRE, SUBDIVISION, agent, instant)} appariements de docteurs juniors."
        publish_scenes(SEMESTRE, agent, instant, self.programme)
        semestre = find_semestre(SEMESTRE)
        yield f"{count_all(semestre).amphis if semestre else 0} amphithéâtres."
        write_favoris(SEMESTRE, self.graine)
        yield f"{open_vagues(SEMESTRE, Cadre(agent=agent, graine=self.graine, maintenant=instant))} préchoix."
        yield f"{file_demandes(SEMESTRE, agent, self.maintenant)} demandes individuelles."
        if self.programme.jouees:
            yield play_scenes(SEMESTRE, agent, self.graine, self.maintenant, self.programme)

    def _file(self, quoi: str, colonnes: Colonnes, dossier: Path) -> Path:
        """The file itself, or one of the same people at the size asked for."""
        source = DOSSIER / f"{quoi}-lyon-2027-05.xlsx"
        if self.internes is None or self.internes == EFFECTIF:
            return source
        cible = dossier / f"{quoi}.csv"
        write_at_size(source, cible, self.internes / EFFECTIF, colonnes)
        return cible


def _demande(chemin: Path) -> DemandeImport:
    return DemandeImport(chemin=chemin, semestre=SEMESTRE, subdivision=SUBDIVISION)
