"""Groupes, DES, UFR, subdivisions, services: found, or created and listed, in memory until written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from gradin.data.referentiel.models import (
    Etablissement,
    Groupe,
    Service,
    Specialite,
    Subdivision,
    Ufr,
)
from gradin.data.referentiel.nationaux import DES_NATIONAUX, GROUPES_USUELS
from gradin.domain.recherche import spread
from gradin.domain.texte import fold
from gradin.operations.imports.colonnes import fold_mots
from gradin.operations.imports.references import Reference, normalise_code

SUBDIVISION_UNIQUE = "Subdivision"


@dataclass(slots=True)
class Referentiel:
    """Everything known, plus what this file adds (`nouveaux`, unsaved) and renames (`changes`)."""

    groupes: dict[str, Groupe]
    specialites: dict[str, Specialite]
    ufrs: dict[str, Ufr]
    subdivisions: dict[str, Subdivision]
    etablissements: dict[tuple[str, str], Etablissement] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    nouveaux: list[Groupe | Specialite | Ufr | Subdivision | Etablissement | Service] = field(
        default_factory=list
    )
    changes: dict[int, Service | Etablissement] = field(default_factory=dict)
    # What the changed rows held before, by the same key.
    avant: dict[int, dict[str, object]] = field(default_factory=dict)
    vus: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def connues(self) -> Mapping[str, Mapping[str, str]]:
        """Folded words → code, so that a name alone is understood."""
        return {
            "groupe": {fold_mots(groupe.nom): code for code, groupe in self.groupes.items()},
            "des": {fold_mots(des.intitule): code for code, des in DES_NATIONAUX.items()}
            | {fold_mots(des.intitule): code for code, des in self.specialites.items()},
        }

    @property
    def listed(self) -> tuple[str, ...]:
        """What will be created or renamed, in words."""
        ajouts = tuple(f"{_KINDS[type(objet)]} {objet} (ajout)" for objet in self.nouveaux)
        return ajouts + tuple(f"{_KINDS[type(o)]} {o} (mise à jour)" for o in self.changes.values())

    def groupe(self, reference: Reference, formation: str) -> Groupe:
        if reference.code not in self.groupes:
            nom = _readable(reference.libelle) or reference.code
            self.groupes[reference.code] = Groupe(code=reference.code, nom=nom, formation=formation)
            self.nouveaux.append(self.groupes[reference.code])
        return self.groupes[reference.code]

    def specialite(self, reference: Reference, formation: str) -> Specialite:
        if reference.code not in self.specialites:
            national = DES_NATIONAUX.get(reference.code)
            self.specialites[reference.code] = Specialite(
                code_des=reference.code,
                intitule=reference.libelle or (national.intitule if national else reference.code),
                annees=national.annees if national else None,
                formation=national.formation if national else formation,
            )
            self.nouveaux.append(self.specialites[reference.code])
        return self.specialites[reference.code]

    def ufr(self, nom: str) -> Ufr | None:
        if nom and fold_mots(nom) not in self.ufrs:
            self.ufrs[fold_mots(nom)] = Ufr(nom=nom)
            self.nouveaux.append(self.ufrs[fold_mots(nom)])
        return self.ufrs.get(fold_mots(nom))

    def knows_subdivision(self, nom: str) -> bool:
        return fold_mots(nom) in self.subdivisions

    def subdivision(self, nom: str) -> Subdivision:
        """By code or name; created when unknown, once `check_subdivisions` let it through."""
        cle = fold_mots(nom)
        if cle not in self.subdivisions:
            nouvelle = Subdivision(code=normalise_code(nom)[:20], nom=nom)
            self.subdivisions |= {cle: nouvelle, fold_mots(nouvelle.code): nouvelle}
            self.nouveaux.append(nouvelle)
        return self.subdivisions[cle]

    def service(
        self, imotep: str, dit: Mapping[str, str], etablissement: tuple[str, str], departement: str
    ) -> Service:
        """The service of this IMOTEP, brought up to date by the first line that names it."""
        lieu = self.etablissement(*etablissement, departement)
        service = self.services.get(imotep)
        if service is None:
            service = Service(imotep=imotep, etablissement=lieu, cle_tri="", **dit)
            write_cles_service(service)
            self.services[imotep] = service
            self.nouveaux.append(service)
        elif imotep not in self.vus and _differs(service, dit, lieu):
            self.avant[id(service)] = {
                champ: getattr(service, champ) for champ in ("nom", "chef", "etablissement")
            }
            for champ, valeur in dit.items():
                setattr(service, champ, valeur)
            service.etablissement = lieu
            write_cles_service(service)
            self.changes[id(service)] = service
        self.vus.setdefault(imotep, {**dit, "etablissement": lieu.nom, "ville": lieu.ville})
        return service

    def etablissement(self, nom: str, ville: str, departement: str) -> Etablissement:
        cle = (nom, ville)
        connu = self.etablissements.get(cle)
        if connu is None:
            connu = Etablissement(nom=nom, ville=ville, departement=departement, cle_tri=fold(nom)[:200])
            self.etablissements[cle] = connu
            self.nouveaux.append(connu)
        elif departement and not connu.departement:
            connu.departement = departement
            if connu.pk is not None:
                self.changes[id(connu)] = connu
                self.avant[id(connu)] = {"departement": ""}
        return connu

    def contradicts(self, imotep: str, dit: Mapping[str, str], etablissement: tuple[str, str]) -> bool:
        """Whether a line says of a service something else than the line that named it first."""
        premier = self.vus.get(imotep)
        return premier is not None and premier != {
            **dit,
            "etablissement": etablissement[0],
            "ville": etablissement[1],
        }

    def save(self) -> None:
        """Write what is new, in the order in which it refers to itself, then what changed."""
        for kind in (Subdivision, Groupe, Specialite, Ufr, Etablissement, Service):
            _create(kind, [objet for objet in self.nouveaux if type(objet) is kind])
        services = [objet for objet in self.changes.values() if isinstance(objet, Service)]
        Service.objects.bulk_update(services, ["nom", "chef", "etablissement", "cle_tri", "recherche"], 200)
        lieux = [objet for objet in self.changes.values() if isinstance(objet, Etablissement)]
        Etablissement.objects.bulk_update(lieux, ["departement"], 200)


_USUELS = {fold_mots(nom): nom for nom in GROUPES_USUELS}


def _readable(libelle: str) -> str:
    """« SPECIALITES MEDICALES » is a habit of spreadsheets; any other spelling is the ARS's own."""
    return _USUELS.get(fold_mots(libelle), libelle) if libelle.isupper() else libelle


_KINDS: Mapping[type, str] = {
    Groupe: "groupe",
    Specialite: "DES",
    Ufr: "UFR",
    Subdivision: "subdivision",
    Etablissement: "établissement",
    Service: "service",
}


def load_referentiel(*, avec_services: bool) -> Referentiel:
    """Read what the platform knows; services only for the file of postes."""
    referentiel = Referentiel(
        groupes={normalise_code(groupe.code): groupe for groupe in Groupe.objects.all()},
        specialites={normalise_code(des.code_des): des for des in Specialite.objects.all()},
        ufrs={fold_mots(ufr.nom): ufr for ufr in Ufr.objects.all()},
        subdivisions={},
    )
    for subdivision in Subdivision.objects.all():
        referentiel.subdivisions |= {
            fold_mots(subdivision.nom): subdivision,
            fold_mots(subdivision.code): subdivision,
        }
    if avec_services:
        referentiel.etablissements = {(e.nom, e.ville): e for e in Etablissement.objects.all()}
        referentiel.services = {s.imotep: s for s in Service.objects.select_related("etablissement")}
    return referentiel


def _create(kind: type[Model], objets: Sequence[Model]) -> None:
    kind._default_manager.bulk_create(objets, batch_size=500)


def _differs(service: Service, dit: Mapping[str, str], lieu: Etablissement) -> bool:
    if any(getattr(service, champ) != valeur for champ, valeur in dit.items()):
        return True
    return (service.etablissement.nom, service.etablissement.ville) != (lieu.nom, lieu.ville)


def write_cles_service(service: Service) -> None:
    lieu = service.etablissement
    service.cle_tri = fold(service.nom)[:500]
    service.recherche = spread(f"{service.nom} {service.chef} {service.imotep} {lieu.nom} {lieu.ville}")
