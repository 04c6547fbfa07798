"""The fiche of a service: who it is, and its postes of one semestre as they stand."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Length

from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.referentiel.models import Service, Specialite


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteDeService:
    """`reserve`: the DES it is kept for, empty when anybody may take it."""

    pk: int
    numero: str
    etat: str
    des: str
    groupe: str
    regime: str
    type_poste: str
    flechage: str
    observations: str
    allocation: str
    reserve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheService:
    """`voisins`: other services of the same établissement that have postes this semestre."""

    pk: int
    imotep: str
    nom: str
    chef: str
    etablissement: str
    ville: str
    departement: str
    postes: tuple[PosteDeService, ...]
    voisins: int

    @property
    def libres(self) -> int:
        return sum(poste.etat == EtatPoste.LIBRE for poste in self.postes)


def find_fiche(imotep: str, semestre: int) -> FicheService | None:
    """Postes withdrawn stay on their own fiche, said to be so: a link to them is never lost."""
    service = Service.objects.select_related("etablissement").filter(imotep=imotep).first()
    if service is None:
        return None
    lieu = service.etablissement
    return FicheService(
        pk=service.pk,
        imotep=service.imotep,
        nom=service.nom,
        chef=service.chef,
        etablissement=lieu.nom,
        ville=lieu.ville,
        departement=lieu.departement,
        postes=_postes(service, semestre),
        voisins=_voisins(service, semestre),
    )


def _postes(service: Service, semestre: int) -> tuple[PosteDeService, ...]:
    rows = Poste.objects.filter(service=service, semestre=semestre).select_related("des", "groupe")
    intitules = dict(Specialite.objects.values_list("code_des", "intitule"))
    return tuple(
        PosteDeService(
            pk=poste.pk,
            numero=poste.numero,
            etat=poste.etat,
            des=poste.des.intitule,
            groupe=poste.groupe.nom,
            regime=poste.get_regime_display(),
            type_poste=poste.type_poste,
            flechage=poste.flechage,
            observations=poste.observations,
            allocation=poste.allocation,
            reserve=", ".join(intitules.get(code, code) for code in poste.reserve_a or [poste.des.code_des])
            if poste.reserve
            else "",
        )
        for poste in rows.order_by(Length("numero"), "numero")
    )


def _voisins(service: Service, semestre: int) -> int:
    autres = Poste.objects.filter(semestre=semestre, service__etablissement=service.etablissement_id)
    compte = autres.exclude(Q(service=service) | Q(etat=EtatPoste.RETIRE)).aggregate(
        services=Count("service", distinct=True)
    )
    return int(compte["services"])
