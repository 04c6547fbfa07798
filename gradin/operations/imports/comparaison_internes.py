"""What a file of internes changes: persons found by INE, and their inscription of the semestre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gradin.data.amphis.models import Place
from gradin.data.internes.models import Inscription, Interne
from gradin.data.referentiel.models import Formation, Semestre
from gradin.domain.texte import fold
from gradin.operations.imports.anomalies import Anomalie
from gradin.operations.imports.comparaison import Champs, Difference, apply_champs, show_champ, show_valeur
from gradin.operations.imports.demande import ETATS_COMMENCES, Bilan, DemandeImport
from gradin.operations.imports.internes import ENTETES, LigneInterne
from gradin.operations.imports.referentiel import Referentiel


@dataclass(slots=True)
class EcritureInternes:
    """Rows to write. `*_changes`: known rows with the fields to update and what they held."""

    internes: list[Interne] = field(default_factory=list)
    inscriptions: list[Inscription] = field(default_factory=list)
    internes_changes: list[tuple[Interne, Champs]] = field(default_factory=list)
    inscriptions_changes: list[tuple[Inscription, Champs]] = field(default_factory=list)
    lignes_changees: set[int] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)


@dataclass(slots=True)
class ComparaisonInternes:
    """One pass over the lines; nothing is written here."""

    semestre: Semestre
    subdivision: str
    referentiel: Referentiel
    bilan: Bilan
    demande: DemandeImport
    ecriture: EcritureInternes = field(default_factory=EcritureInternes)
    internes: dict[str, Interne] = field(default_factory=dict)
    inscriptions: dict[int, Inscription] = field(default_factory=dict)

    def run(self, lignes: tuple[LigneInterne, ...]) -> EcritureInternes:
        self.internes = {interne.ine: interne for interne in Interne.objects.select_related("ufr")}
        connues = Inscription.objects.filter(semestre__code=self.semestre.code)
        references = connues.select_related("interne", "subdivision", "groupe", "des", "desc")
        self.inscriptions = {inscription.interne_id: inscription for inscription in references}
        for ligne in lignes:
            self.compare_inscription(ligne, self.find_interne(ligne))
        self.refuse_commencees()
        return self.ecriture

    def find_interne(self, ligne: LigneInterne) -> Interne:
        """The person of this INE, new or brought up to date."""
        voulus = {**ligne.personne, **({"ufr": self.referentiel.ufr(ligne.ufr)} if ligne.ufr else {})}
        interne = self.internes.get(ligne.ine)
        if interne is None:
            interne = Interne(ine=ligne.ine, **voulus)
            write_cles(interne)
            self.ecriture.internes.append(interne)
            return interne
        changes = apply_champs(interne, voulus, interne.champs_modifies, self.tell_conflit(ligne))
        if changes:
            write_cles(interne)
            self.ecriture.internes_changes.append((interne, changes))
            self.tell_differences(ligne, interne, interne, changes)
        return interne

    def compare_inscription(self, ligne: LigneInterne, interne: Interne) -> None:
        """His inscription of this semestre, new or brought up to date."""
        voulus = self.read_voulus(ligne)
        connue = self.inscriptions.get(interne.pk) if interne.pk is not None else None
        if connue is None:
            nouvelle = Inscription(interne=interne, semestre=self.semestre, **voulus)
            self.check_portee(ligne, nouvelle.subdivision_id, nouvelle.groupe_id)
            self.ecriture.inscriptions.append(nouvelle)
            return
        self.check_portee(ligne, connue.subdivision_id, connue.groupe_id)
        changes = apply_champs(connue, voulus, connue.champs_modifies, self.tell_conflit(ligne))
        if changes:
            self.check_portee(ligne, connue.subdivision_id, connue.groupe_id)
            self.ecriture.inscriptions_changes.append((connue, changes))
            self.tell_differences(ligne, interne, connue, changes)

    def check_portee(self, ligne: LigneInterne, subdivision: int | None, groupe: int | None) -> None:
        """An agent brings the internes of his own scope, and takes none from another's."""
        if not self.demande.is_inside(subdivision, groupe):
            self.bilan.refuse_hors_portee(ligne.numero, f"l’interne {ligne.ine}")

    def tell_differences(
        self, ligne: LigneInterne, interne: Interne, objet: Interne | Inscription, changes: Champs
    ) -> None:
        self.ecriture.lignes_changees.add(ligne.numero)
        self.ecriture.differences += [
            Difference(
                ligne=ligne.numero,
                cle=ligne.ine,
                nom=str(interne),
                colonne=ENTETES.get(champ, champ),
                avant=show_champ(type(objet), champ, avant),
                apres=show_champ(type(objet), champ, getattr(objet, champ)),
            )
            for champ, avant in changes.items()
        ]

    def list_absents(self, lignes: tuple[LigneInterne, ...]) -> tuple[str, ...]:
        """Those of the file's subdivisions whom it no longer names: kept, and told."""
        vus = {ligne.ine for ligne in lignes}
        noms = {ligne.subdivision or self.subdivision for ligne in lignes}
        ici = {self.referentiel.subdivision(nom).pk for nom in noms}
        return tuple(
            f"{inscription.interne} (INE {inscription.interne.ine})"
            for inscription in self.inscriptions.values()
            if inscription.subdivision_id in ici
            and inscription.interne.ine not in vus
            and self.demande.is_inside(inscription.subdivision_id, inscription.groupe_id)
        )

    def read_voulus(self, ligne: LigneInterne) -> Mapping[str, object]:
        """Fields of the inscription, references resolved; an unnamed subdivision keeps the known one."""
        formation = str(ligne.personne.get("formation", Formation.MEDECIN))
        desc = ligne.desc and self.referentiel.specialite(ligne.desc, formation)
        return {
            **ligne.inscription,
            "subdivision": self.referentiel.subdivision(ligne.subdivision or self.subdivision),
            "groupe": self.referentiel.groupe(ligne.groupe, formation),
            "des": self.referentiel.specialite(ligne.des, formation),
            **({"desc": desc} if desc else {}),
        }

    def tell_conflit(self, ligne: LigneInterne) -> Callable[[str, object, object], None]:
        """Remember that the file says something else than what was changed on the platform."""

        def tell(champ: str, actuel: object, voulu: object) -> None:
            self.bilan.conflits.append(
                Anomalie(
                    feuille=self.bilan.feuille,
                    ligne=ligne.numero,
                    colonne=ENTETES.get(champ, champ),
                    message=f"« {show_valeur(actuel)} », modifié sur la plateforme, est gardé ; "
                    f"le fichier dit « {show_valeur(voulu)} » (INE {ligne.ine}).",
                )
            )

        return tell

    def refuse_commencees(self) -> None:
        """After the start of his amphi only an act of the régie changes what somebody is."""
        changees = {inscription.pk: inscription for inscription, _ in self.ecriture.inscriptions_changes}
        places = Place.objects.filter(amphi__etat__in=ETATS_COMMENCES, inscription__in=changees)
        for ine, intitule in places.values_list("inscription__interne__ine", "amphi__intitule"):
            self.bilan.anomalies.append(
                Anomalie(
                    feuille=self.bilan.feuille,
                    colonne="INE",
                    message=f"l’amphi « {intitule} » de l’interne {ine} a commencé : ses données ne changent "
                    "plus par un fichier. Corrigez-les dans la régie, ou remettez l’ancienne valeur.",
                )
            )


def write_cles(interne: Interne) -> None:
    """The keys by which a person is sorted and found."""
    interne.cle_tri = fold(f"{interne.nom} {interne.prenom}")[:400]
    # Internes search their call list by this key: it holds nothing that they may not read of another.
    interne.recherche = fold(f"{interne.prenom} {interne.nom}")
