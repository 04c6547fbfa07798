"""What an amphi offers, as rows of the salle: the same for everybody until the offer changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models.functions import Length

from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Specialite


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteLu:
    numero: str
    specialite: str
    flechage: str
    allocation: str
    reserve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLu:
    """One terrain de stage and its postes of this amphi."""

    imotep: str
    nom: str
    chef: str
    etablissement: str
    ville: str
    postes: tuple[PosteLu, ...]


def list_services(amphi: int) -> tuple[ServiceLu, ...]:
    """Services in a fixed order, each with its postes."""
    intitules = dict(Specialite.objects.values_list("code_des", "intitule"))
    rows = (
        Poste.objects.filter(amphis=amphi)
        .select_related("des", "service__etablissement")
        .order_by(
            "service__etablissement__cle_tri", "service__cle_tri", "service_id", Length("numero"), "numero"
        )
    )
    return tuple(
        _service(tuple(postes), intitules) for _, postes in groupby(rows, key=lambda poste: poste.service_id)
    )


def _service(postes: tuple[Poste, ...], intitules: Mapping[str, str]) -> ServiceLu:
    service = postes[0].service
    return ServiceLu(
        imotep=service.imotep,
        nom=service.nom,
        chef=service.chef,
        etablissement=service.etablissement.nom,
        ville=service.etablissement.ville,
        postes=tuple(_poste(poste, intitules) for poste in postes),
    )


def _poste(poste: Poste, intitules: Mapping[str, str]) -> PosteLu:
    codes = poste.reserve_a or [poste.des.code_des]
    return PosteLu(
        numero=poste.numero,
        specialite=str(poste.des),
        flechage=poste.flechage,
        allocation=poste.allocation,
        reserve=", ".join(intitules.get(code, code) for code in codes) if poste.reserve else "",
    )
