"""Every address of the site, and what its numbers name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.referentiel import make_des

# What `<int:pk>` names, by the beginning of the address.
OBJETS = {
    "appariement/campagnes/": "campagne",
    "appariement/pieces/": "piece",
    "appariement/sites/": "site",
    "appariement/lien/": "piece",
    "gestion/appariement/": "campagne",
    "gestion/agrements/etats/": "agrement",
    "gestion/agrements/": "campagne_agrement",
    "gestion/commissions/": "commission",
    "commissions/": "commission",
    "mes-demandes/": "individuelle",
    "mon-espace/demandes/": "individuelle",
    "gestion/situations/": "individuelle",
    "mes-recherches/": "recherche",
    "informations/": "publication",
    "gestion/attestations/": "recueil",
    "gestion/calendrier/": "evenement",
    "gestion/informations/contacts/": "contact",
    "gestion/informations/ars/": "subdivision",
    "gestion/informations/": "publication",
    "gestion/internes/": "interne",
    "gestion/parcours/": "interne",
    "mon-espace/maquettes/": "des",
    "gestion/postes/": "poste",
    "gestion/ouverture/": "ouverture",
    "mon-espace/ouverture/": "proposition",
    "gestion/imports/": "depot",
    "gestion/referentiels/": "referentiel",
    "gestion/statuts/": "statut",
    "gestion/procurations/": "inscription",
    "gestion/demandes/": "demande",
    "gestion/courriels/": "envoi",
    "gestion/corrections/": "correction",
}


def path_of(route: str, objets: Mapping[str, Any]) -> str:
    """The address, about these objects; unguessable parts are guessed wrong."""
    if route.startswith("^mot-de-passe"):
        return "/mot-de-passe/1-x/"
    chemin = re.sub(r"<int:amphi>|(?<=amphis/)<int:pk>", str(objets["amphi"]), route)
    for debut, objet in OBJETS.items():
        if chemin.startswith(debut):
            chemin = chemin.replace("<int:pk>", str(objets[objet]))
    chemin = chemin.replace("<str:imotep>", str(objets["service"]))
    chemin = chemin.replace("<str:des>/<str:nom>", f"{make_des().code_des}/socle")
    chemin = chemin.replace("<int:place>", str(objets["place"]))
    chemin = chemin.replace("modeles/<str:cle>", "modeles/choix")
    chemin = chemin.replace("<int:site>", str(objets["site"])).replace("<int:tour>", "1")
    chemin = chemin.replace("<int:depot>", str(objets["depot_appariement"]))
    chemin = chemin.replace("importer/<str:quoi>", "importer/sites").replace("<str:genre>", "xlsx")
    chemin = chemin.replace("questionnaires/<str:code>", "questionnaires/general")
    chemin = chemin.replace("champ/<str:champ>", "champ/groupe").replace("<str:nom>", "services")
    chemin = re.sub("<int:(numero|question|couple|document)>", "1", chemin).replace("<int:pk>", "1")
    return "/" + re.sub(r"<[^>]*>", lambda trou: "2027-05" if "semestre" in trou[0] else "inconnu", chemin)


def routes() -> Iterator[str]:
    yield from _walk(get_resolver(), "")


def _walk(resolver: Any, debut: str) -> Iterator[str]:
    for motif in resolver.url_patterns:
        ici = debut + str(motif.pattern)
        if isinstance(motif, URLResolver):
            yield from _walk(motif, ici)
        elif isinstance(motif, URLPattern):
            yield ici
