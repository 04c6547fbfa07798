"""What a file of postes changes: postes found by numéro, their services by IMOTEP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import F

from gradin.data.amphis.models import Amphi, Offre
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.referentiel.models import Formation, Semestre, Subdivision
from gradin.domain.recherche import spread
from gradin.domain.texte import fold
from gradin.operations.imports.agrements_postes import DEMANDENT, tell_sans_agrement
from gradin.operations.imports.anomalies import Anomalie
from gradin.operations.imports.comparaison import Champs, Difference, apply_champs, show_champ, show_valeur
from gradin.operations.imports.demande import ETATS_COMMENCES, Bilan, DemandeImport
from gradin.operations.imports.postes import ENTETES, LignePoste
from gradin.operations.imports.referentiel import Referentiel


@dataclass(slots=True)
class ComparaisonPostes:
    """One pass over the lines. `changes`: known postes with the fields to update and what they held.

    `ouverts`: those that must stand on an agrément or a motive, with their line.
    """

    semestre: Semestre
    subdivision: str
    referentiel: Referentiel
    bilan: Bilan
    demande: DemandeImport
    nouveaux: list[Poste] = field(default_factory=list)
    changes: list[tuple[Poste, Champs]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    postes: dict[tuple[int | None, str], Poste] = field(default_factory=dict)
    vus: dict[tuple[int, str], int] = field(default_factory=dict)
    ouverts: list[tuple[int, Poste]] = field(default_factory=list)

    def run(self, lignes: tuple[LignePoste, ...]) -> None:
        connus = Poste.objects.filter(semestre__code=self.semestre.code)
        references = connus.select_related("service__etablissement", "groupe", "des")
        self.postes = {(poste.subdivision_id, poste.numero): poste for poste in references}
        for ligne in lignes:
            self.compare(ligne)
        self.refuse_commences()
        self.bilan.anomalies += tell_sans_agrement(self.semestre, self.ouverts, self.bilan.feuille)

    def compare(self, ligne: LignePoste) -> None:
        """The poste of this numéro in its subdivision, new or brought up to date."""
        subdivision = self.referentiel.subdivision(ligne.subdivision or self.subdivision)
        if self.is_double(subdivision, ligne):
            return
        voulus = self.read_voulus(ligne)
        connu = self.postes.get((subdivision.pk, ligne.poste)) if subdivision.pk is not None else None
        if connu is None:
            nouveau = Poste(semestre=self.semestre, subdivision=subdivision, numero=ligne.poste, **voulus)
            write_cles(nouveau)
            self.check_portee(ligne, nouveau)
            self.nouveaux.append(nouveau)
            self.ouverts.append((ligne.numero, nouveau))
            return
        self.check_portee(ligne, connu)
        changes = apply_champs(connu, voulus, connu.champs_modifies, self.tell_conflit(ligne))
        cles = (connu.cle_tri, connu.recherche)
        write_cles(connu)
        if changes or cles != (connu.cle_tri, connu.recherche):
            self.check_portee(ligne, connu)
            self.changes.append((connu, changes))
            self.ouverts += [(ligne.numero, connu)] if changes.keys() & DEMANDENT else []
            self.tell_differences(ligne, connu, changes)

    def check_portee(self, ligne: LignePoste, poste: Poste) -> None:
        """An agent brings the postes of his own scope, and takes none from another's."""
        if not self.demande.is_inside(poste.subdivision_id, poste.groupe_id):
            self.bilan.refuse_hors_portee(ligne.numero, f"le poste n° {ligne.poste}")

    def tell_differences(self, ligne: LignePoste, poste: Poste, changes: Champs) -> None:
        self.differences += [
            Difference(
                ligne=ligne.numero,
                cle=poste.numero,
                nom=f"Poste n° {poste.numero}",
                colonne=ENTETES.get(champ, champ),
                avant=show_champ(Poste, champ, avant),
                apres=show_champ(Poste, champ, getattr(poste, champ)),
            )
            for champ, avant in changes.items()
        ]

    def tell_conflit(self, ligne: LignePoste) -> Callable[[str, object, object], None]:
        """Remember that the file says something else than what was changed on the platform."""

        def tell(champ: str, actuel: object, voulu: object) -> None:
            self.bilan.conflits.append(
                Anomalie(
                    feuille=self.bilan.feuille,
                    ligne=ligne.numero,
                    colonne=ENTETES.get(champ, champ),
                    message=f"« {show_valeur(actuel)} », modifié sur la plateforme, est gardé ; "
                    f"le fichier dit « {show_valeur(voulu)} » (poste n° {ligne.poste}).",
                )
            )

        return tell

    def list_absents(self, lignes: tuple[LignePoste, ...]) -> tuple[str, ...]:
        """Postes of the file's subdivisions that it no longer names: kept, and told."""
        noms = {ligne.subdivision or self.subdivision for ligne in lignes}
        ici = {self.referentiel.subdivision(nom).pk for nom in noms}
        vus = {
            (self.referentiel.subdivision(ligne.subdivision or self.subdivision).pk, ligne.poste)
            for ligne in lignes
        }
        return tuple(
            f"n° {poste.numero}, {poste.service.nom}"
            for (subdivision, numero), poste in self.postes.items()
            if subdivision in ici
            and (subdivision, numero) not in vus
            and poste.etat != EtatPoste.RETIRE
            and self.demande.is_inside(subdivision, poste.groupe_id)
        )

    def is_double(self, subdivision: Subdivision, ligne: LignePoste) -> bool:
        """A numéro names one poste of a subdivision (told here when the file holds several)."""
        premiere = self.vus.setdefault((id(subdivision), ligne.poste), ligne.numero)
        if premiere == ligne.numero:
            return False
        self.bilan.anomalies.append(
            Anomalie(
                feuille=self.bilan.feuille,
                ligne=ligne.numero,
                colonne="Numéro",
                message=f"ce numéro de poste est déjà à la ligne {premiere}. Gardez une seule ligne.",
            )
        )
        return True

    def read_voulus(self, ligne: LignePoste) -> Mapping[str, object]:
        """Fields of the poste, references resolved; a service told in two ways is warned about."""
        if self.referentiel.contradicts(ligne.imotep, ligne.service, ligne.etablissement):
            self.bilan.avertissements.append(
                Anomalie(
                    feuille=self.bilan.feuille,
                    ligne=ligne.numero,
                    colonne="IMOTEP",
                    message=f"le service {ligne.imotep} est décrit autrement plus haut : la première "
                    "description est gardée. Vérifiez le code, le service et l’établissement.",
                )
            )
        return {
            **ligne.champs,
            "service": self.referentiel.service(
                ligne.imotep, ligne.service, ligne.etablissement, ligne.departement
            ),
            "groupe": self.referentiel.groupe(ligne.groupe, Formation.MEDECIN),
            "des": self.referentiel.specialite(ligne.des, Formation.MEDECIN),
        }

    def refuse_commences(self) -> None:
        """After the start of an amphi only an act of the régie changes its offer."""
        changes = {poste.pk: poste.numero for poste, _ in self.changes}
        offres = Offre.objects.filter(amphi__etat__in=ETATS_COMMENCES, poste__in=changes)
        for numero, intitule in offres.values_list("poste__numero", "amphi__intitule"):
            self.bilan.anomalies.append(
                Anomalie(
                    feuille=self.bilan.feuille,
                    colonne="Numéro",
                    message=f"l’amphi « {intitule} » du poste n° {numero} a commencé : il ne change plus par "
                    "un fichier. Passez par la régie, ou remettez l’ancienne valeur.",
                )
            )

    def touch_amphis(self) -> None:
        """Cached offers are built again."""
        changes = [poste.pk for poste, _ in self.changes]
        amphis = Amphi.objects.filter(offre__poste__in=changes).distinct().values("pk")
        Amphi.objects.filter(pk__in=amphis).update(version_offre=F("version_offre") + 1)


def write_cles(poste: Poste) -> None:
    """The keys by which a poste is sorted (place, service, numéro) and found."""
    service, lieu = poste.service, poste.service.etablissement
    numero = poste.numero.zfill(8) if poste.numero.isdigit() else poste.numero
    poste.cle_tri = fold(f"{lieu.departement} {lieu.nom} {service.nom} {numero}")[:600]
    poste.recherche = spread(
        f"{poste.numero} {service.nom} {service.chef} {service.imotep} {lieu.nom} {lieu.ville} "
        f"{lieu.departement} {poste.des} {poste.groupe.nom} {poste.type_poste} {poste.flechage}"
    )
