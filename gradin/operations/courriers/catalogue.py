"""Every kind of mail of the platform, by name: what the ARS may write in it, and its original words."""

from collections.abc import Mapping

from gradin.operations.courriers.modele import Champ, Modele
from gradin.operations.courriers.textes_agrements import MODELES as AGREMENTS
from gradin.operations.courriers.textes_amphis import MODELES as AMPHIS
from gradin.operations.courriers.textes_appariement import MODELES as APPARIEMENT
from gradin.operations.courriers.textes_choix import MODELES as CHOIX
from gradin.operations.courriers.textes_compte import MODELES as COMPTE
from gradin.operations.courriers.textes_couples import MODELES as COUPLES
from gradin.operations.courriers.textes_demandes import MODELES as DEMANDES
from gradin.operations.courriers.textes_evaluations import MODELES as EVALUATIONS
from gradin.operations.courriers.textes_listes import MODELES as LISTES
from gradin.operations.courriers.textes_ouverture import MODELES as OUVERTURE
from gradin.operations.courriers.textes_parcours import MODELES as PARCOURS
from gradin.operations.courriers.textes_prechoix import MODELES as PRECHOIX
from gradin.operations.courriers.textes_situations import MODELES as SITUATIONS

__all__ = ["MODELES", "Champ", "Modele"]

MODELES: Mapping[str, Modele] = {
    modele.cle: modele
    for modele in (
        *COMPTE,
        *DEMANDES,
        *COUPLES,
        *SITUATIONS,
        *PARCOURS,
        *EVALUATIONS,
        *AMPHIS,
        *LISTES,
        *APPARIEMENT,
        *OUVERTURE,
        *AGREMENTS,
        *PRECHOIX,
        *CHOIX,
    )
}
