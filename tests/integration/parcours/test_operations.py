"""From the choice to the seniority: filled, declared, validated, imported, confronted, switched."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gradin.data.amphis.models import ActeCampagne, Affectation
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.imports.models import Depot
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import LigneParcours, SituationSemestrielle
from gradin.data.profils.models import Changement
from gradin.domain.amphi.commands import Clore
from gradin.domain.maquettes.modele import NatureAgrement
from gradin.domain.parcours.coherence import Declaration
from gradin.domain.parcours.ecarts import SourceAnciennete
from gradin.domain.parcours.modele import Situation
from gradin.operations.imports.annulation import begin_undo, list_obstacles, undo_depot
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.parcours import affectations, anciennete
from gradin.operations.parcours.affectations import fill_parcours
from gradin.operations.parcours.anciennete import set_source
from gradin.operations.parcours.declaration import declare_semestre
from gradin.operations.parcours.demandes import fill_demandes
from gradin.operations.parcours.import_parcours import import_parcours
from gradin.operations.parcours.import_rangs_nationaux import import_rangs_nationaux
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.parcours.situations import declare_situation, open_campagne, send_due
from gradin.queries.parcours.affectations import lines_of
from gradin.queries.parcours.anciennete import confront
from gradin.queries.parcours.lignes import read_parcours
from gradin.queries.parcours.situations import count_situations
from tests.factories.amphis import T0, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import choose, play, start
from tests.integration.parcours.conftest import QUAND, add_ligne, inscription_of, service

pytestmark = pytest.mark.django_db
JOUR = timedelta(days=1)
PLUS_TARD = QUAND + JOUR


def test_the_affectations_of_a_closed_amphi_reach_the_parcours_once(monkeypatch: pytest.MonkeyPatch) -> None:
    amphi = make_amphi(internes=2, postes=3)
    add_ligne(inscription_of(amphi, 2).interne, "2027-05", situation="etranger", lieu="Lausanne", des=None)
    start(amphi, T0)
    choose(amphi, 1, "2", T0 + 1_000)
    assert fill_parcours(QUAND) == 0
    choose(amphi, 2, "3", T0 + 2_000)
    play(amphi, Clore(), T0 + 3_000)
    with monkeypatch.context() as another_process:
        another_process.setattr(affectations, "lines_of", written_meanwhile)
        assert [fill_parcours(QUAND), fill_parcours(QUAND)] == [2, 0]
    sienne = LigneParcours.objects.get(interne=inscription_of(amphi, 1).interne, semestre__code="2027-05")
    assert (sienne.service, sienne.etat, sienne.source, sienne.agrement, sienne.phase) == (
        service(2),
        "presume",
        "affectation",
        "principal",
        "socle",
    )
    # What somebody wrote of that semestre stands; it is tied to its affectation.
    autre = LigneParcours.objects.get(interne=inscription_of(amphi, 2).interne)
    assert autre.situation == "etranger" and autre.affectation is not None


def written_meanwhile(rows: list[Affectation], maintenant: datetime) -> list[LigneParcours]:
    """Another process brings the same lines between our look and our writing."""
    siennes, notres = (list(lines_of(rows, maintenant)) for _ in range(2))
    LigneParcours.objects.bulk_create(siennes, ignore_conflicts=True)
    return notres


def test_an_accepted_leave_reaches_the_parcours_as_its_semesters_begin() -> None:
    amphi = make_amphi(internes=1, postes=1)
    une = inscription_of(amphi, 1)
    DemandeIndividuelle.objects.create(
        inscription=une,
        nature="disponibilite",
        forme="recherche",
        debut="2026-11",
        duree=2,
        etat="acceptee",
        asked_at=0,
    )
    assert [fill_demandes(QUAND), fill_demandes(QUAND)] == [1, 0]
    ligne = LigneParcours.objects.get()
    assert (ligne.semestre.code, ligne.situation) == ("2026-11", "disponibilite_recherche")
    lu = read_parcours(une.interne_id)
    assert lu is not None and lu.calcule.semestres.recherche == 1


def test_an_accepted_stage_libre_reaches_the_parcours_with_its_place() -> None:
    amphi = make_amphi(internes=1, postes=1)
    une = inscription_of(amphi, 1)
    faits = {"debut": "2026-11", "duree": 1, "etat": "acceptee", "asked_at": 0, "objet": "CH de Vienne"}
    DemandeIndividuelle.objects.create(inscription=une, nature="stage_libre", **faits)
    assert fill_demandes(QUAND) == 1
    ligne = LigneParcours.objects.get()
    assert (ligne.situation, ligne.lieu, ligne.des) == ("stage", "CH de Vienne", une.des)
    lu = read_parcours(une.interne_id)
    assert lu is not None and lu.calcule.semestres.valides == 1


def test_a_declared_past_waits_for_the_faculty_and_a_contradiction_is_refused() -> None:
    amphi = make_amphi(internes=1, postes=2)
    un = inscription_of(amphi, 1)
    dite = Declaration(
        semestre="2026-11",
        situation=Situation.STAGE,
        phase="socle",
        des="33",
        agrement=NatureAgrement.PRINCIPAL,
        service="75000001",
    )
    declare_semestre(un.interne_id, dite, QUAND)
    lu = read_parcours(un.interne_id)
    assert lu is not None and lu.calcule.attente == 1 and lu.calcule.semestres.valides == 0
    with pytest.raises(ParcoursRefuse, match="déjà dans votre parcours"):
        declare_semestre(un.interne_id, dite, QUAND)


def test_the_ars_sees_every_difference_and_takes_the_computed_figures_and_back() -> None:
    amphi = make_amphi(internes=3, postes=3)
    agent = make_agent(amphi.subdivision)
    # Imported: one semester each. The second has two, the third is known to nobody.
    for rang, semestres in ((1, ["2026-11"]), (2, ["2026-05", "2026-11"])):
        for code in semestres:
            add_ligne(inscription_of(amphi, rang).interne, code)
    vue = confront(agent, amphi.semestre_id, amphi.subdivision_id)
    assert (vue.internes, vue.connus, vue.accordes) == (3, 2, 1)
    assert [(lu.ecart.importee.valides, lu.ecart.calculee.semestres.valides) for lu in vue.ecarts] == [(1, 2)]
    ici = (amphi.semestre_id, amphi.subdivision_id)
    with pytest.raises(ParcoursRefuse, match="confirmation"):
        set_source(agent, *ici, SourceAnciennete.CALCULEE, confirme=False, maintenant=QUAND)
    assert set_source(agent, *ici, SourceAnciennete.CALCULEE, confirme=True, maintenant=QUAND) == 1
    assert _valides(amphi) == [1, 2, 1]
    vue = confront(agent, *ici)
    assert vue.source is SourceAnciennete.CALCULEE and len(vue.ecarts) == 1
    assert set_source(agent, *ici, SourceAnciennete.IMPORTEE, confirme=True, maintenant=QUAND) == 1
    assert _valides(amphi) == [1, 1, 1]
    assert ActeCampagne.objects.count() == 2


def test_a_file_of_past_semesters_is_all_or_nothing_and_keeps_what_the_faculty_holds(tmp_path: Path) -> None:
    amphi = make_amphi(internes=2, postes=2)
    tenu = add_ligne(inscription_of(amphi, 2).interne, "2026-11", source="faculte")
    fichier = tmp_path / "parcours.csv"
    ines = [inscription_of(amphi, rang).interne.ine for rang in (1, 2)]
    lignes = [
        "INE;Semestre;IMOTEP;DES;Phase;Situation;État",
        f"{ines[0]};2026-11;75000001;33;Phase socle;Stage;Validé",
        f"{ines[1]};2026-11;75000002;33;Phase socle;Stage;Validé",
    ]
    fichier.write_text("\n".join([*lignes, f"{ines[0]};2026-11;;;;Lune;Validé"]), "utf-8")
    with pytest.raises(FichierRefuse) as refus:
        import_parcours(DemandeImport(chemin=fichier, semestre=""), QUAND)
    assert "Lune" in str(refus.value) and LigneParcours.objects.count() == 1
    fichier.write_text("\n".join(lignes), "utf-8")
    rapport = import_parcours(DemandeImport(chemin=fichier, semestre=""), QUAND)
    assert (rapport.crees, rapport.modifies, len(rapport.conflits)) == (1, 0, 1)
    assert import_parcours(DemandeImport(chemin=fichier, semestre=""), QUAND).crees == 0
    tenu.refresh_from_db()
    assert tenu.service is None
    # Brought by an account, another file is undone until somebody works on its lines.
    auteur = make_agent(amphi.subdivision).compte
    fichier.write_text("\n".join([lignes[0], lignes[1].replace("75000001", "75000002")]), "utf-8")
    import_parcours(DemandeImport(chemin=fichier, semestre=""), PLUS_TARD, auteur)
    depot = Depot.objects.get()
    assert (depot.auteur_id, depot.apercu["modifies"]) == (auteur, 1)
    begin_undo(depot.pk, PLUS_TARD)
    undo_depot(depot.pk, PLUS_TARD)
    ligne = LigneParcours.objects.get(interne=inscription_of(amphi, 1).interne)
    assert ligne.service is not None and (ligne.service.imotep, ligne.updated_at) == ("75000001", QUAND)
    ligne.delete()
    import_parcours(DemandeImport(chemin=fichier, semestre=""), PLUS_TARD, auteur)
    depot = Depot.objects.latest("pk")
    LigneParcours.objects.filter(pk__in=depot.retour["crees"]["parcours.ligneparcours"]).update(
        updated_at=QUAND
    )
    assert "modifiés ou validés depuis" in list_obstacles(depot.pk)[0]


def test_a_rang_local_is_proved_from_the_ranks_of_the_promotion(tmp_path: Path) -> None:
    amphi = make_amphi(internes=2, postes=2)
    Inscription.objects.update(effectif_local=3)
    fichier = tmp_path / "rangs.csv"
    ines = [inscription_of(amphi, rang).interne.ine for rang in (1, 2)]
    fichier.write_text(
        f"INE;Groupe;Promotion;Rang national\n{ines[0]};3;2026;4000\n{ines[1]};3;2026;1200\n;3;2026;77\n",
        "utf-8",
    )
    demande = DemandeImport(chemin=fichier, semestre="2027-05")
    assert import_rangs_nationaux(demande).crees == 3
    assert import_rangs_nationaux(demande).changements == 0
    vue = confront(make_agent(amphi.subdivision), amphi.semestre_id, amphi.subdivision_id)
    # The second holds the second rank: 77, then 1200. The first is the third, imported as first.
    assert [(un.rang.calcule, un.rang.importe, un.rang.effectif) for un in vue.rangs] == [(3, 1, 3)]
    # The switch writes it, an import respects it, the way back gives back what the file said.
    agent, ici = make_agent(amphi.subdivision), (amphi.semestre_id, amphi.subdivision_id)
    assert set_source(agent, *ici, SourceAnciennete.CALCULEE, confirme=True, maintenant=QUAND) == 1
    changee = inscription_of(amphi, 1)
    assert (changee.rang_local, changee.effectif_local) == (3, 3) and "rang_local" in changee.champs_modifies
    (ecart,) = confront(agent, *ici).rangs
    assert (ecart.rang.calcule, ecart.rang.importe, ecart.rang.en_vigueur) == (3, 1, True)
    assert set_source(agent, *ici, SourceAnciennete.IMPORTEE, confirme=True, maintenant=QUAND) == 1
    rendue = inscription_of(amphi, 1)
    assert (rendue.rang_local, rendue.champs_modifies) == (1, [])


def test_a_correction_made_while_the_figures_are_computed_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    amphi = make_amphi(internes=2, postes=2)
    agent, ici = make_agent(amphi.subdivision), (amphi.semestre_id, amphi.subdivision_id)
    for code in ("2026-05", "2026-11"):
        add_ligne(inscription_of(amphi, 1).interne, code)

    def correct_meanwhile(rang: int) -> None:
        corrigee = Inscription.objects.filter(pk=inscription_of(amphi, rang).pk)
        monkeypatch.setattr(
            anciennete, "tell_salle", lambda _: "" if corrigee.update(semestres_valides=4) else "personne"
        )

    correct_meanwhile(1)
    with pytest.raises(ParcoursRefuse, match="changé pendant le calcul"):
        set_source(agent, *ici, SourceAnciennete.CALCULEE, confirme=True, maintenant=QUAND)
    assert not ActeCampagne.objects.exists() and not Changement.objects.exists()
    # The parcours of the other is not known: his row is his own, and none of the switch.
    correct_meanwhile(2)
    assert set_source(agent, *ici, SourceAnciennete.CALCULEE, confirme=True, maintenant=QUAND) == 1
    assert [inscription_of(amphi, rang).semestres_valides for rang in (1, 2)] == [2, 4]
    assert not Changement.objects.filter(interne=inscription_of(amphi, 2).interne_id).exists()


def test_the_campaign_of_situations_opens_reminds_counts_and_locks() -> None:
    amphi = make_amphi(internes=3, postes=3)
    agent, ici = make_agent(amphi.subdivision), (amphi.semestre_id, amphi.subdivision_id)
    qui = inscription_of(amphi, 1).interne_id
    with pytest.raises(ParcoursRefuse, match="pas encore ouverte"):
        declare_situation(qui, "cas_general", "", QUAND)
    open_campagne(agent, *ici, ouvre=QUAND, verrou=QUAND + 10 * JOUR, rappels=[3], maintenant=QUAND)
    assert [send_due(QUAND), send_due(QUAND)] == [3, 0]
    declare_situation(qui, "disponibilite", "Un SASPAS ensuite", QUAND + JOUR)
    declare_situation(inscription_of(amphi, 2).interne_id, "cas_general", "", QUAND + JOUR)
    assert send_due(QUAND + 7 * JOUR) == 1
    assert Envoi.objects.filter(cle__startswith="situation-").count() == 4
    bilan = count_situations(agent, *ici)
    (compte,) = bilan.comptes
    assert (compte.choisissent, compte.autrement, compte.silencieux, bilan.silencieux) == (1, 1, 1, 1)
    assert compte.requis > compte.requis_dits
    # The rule speaks of the whole DES: one and one want 3 postes in all, not 4; the third is matched.
    Inscription.objects.filter(pk=inscription_of(amphi, 3).pk).update(phase="approfondissement")
    Inscription.objects.filter(pk=inscription_of(amphi, 1).pk).update(phase="consolidation")
    comptes = count_situations(agent, *ici).comptes
    assert [(un.phase, un.requis) for un in comptes] == [
        ("Ancien régime et approfondissement", 1),
        ("Phase socle", 2),
    ]
    with pytest.raises(ParcoursRefuse, match="verrouillée"):
        declare_situation(qui, "cas_general", "", QUAND + 11 * JOUR)
    assert SituationSemestrielle.objects.get(inscription__interne=qui).nature == "disponibilite"


def _valides(amphi) -> list[int]:  # type: ignore[no-untyped-def]
    return [inscription_of(amphi, rang).semestres_valides for rang in (1, 2, 3)]
