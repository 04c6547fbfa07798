"""Where an agent goes in /gestion/: families of pages, then the pages of the family he is in."""

from collections.abc import Mapping

from django import template

register = template.Library()

# Family → its pages: key given by the view as `ici`, words, address.
FAMILLES = (
    (
        "Semestre",
        (
            ("semestre", "Semestre", "/gestion/"),
            ("attestations", "Attestations", "/gestion/attestations/"),
            ("semestrielle", "Situation semestrielle", "/gestion/situation-semestrielle/"),
            ("evaluations", "Évaluations", "/gestion/evaluations/"),
            ("statistiques", "Statistiques", "/gestion/statistiques/"),
            ("appariement", "Appariement", "/gestion/appariement/"),
            ("commissions", "Commissions", "/gestion/commissions/"),
            ("journal", "Journal", "/gestion/journal/"),
        ),
    ),
    (
        "Données",
        (
            ("imports", "Imports", "/gestion/imports/"),
            ("internes", "Internes", "/gestion/internes/"),
            ("parcours", "Parcours", "/gestion/parcours/"),
            ("postes", "Postes", "/gestion/postes/"),
            ("ouverture", "Ouverture", "/gestion/ouverture/"),
            ("agrements", "Agréments", "/gestion/agrements/"),
            ("referentiels", "Référentiels", "/gestion/referentiels/"),
            ("criteres", "Critères de stage", "/gestion/criteres/"),
        ),
    ),
    (
        "Demandes",
        (
            ("demandes", "Inscriptions", "/gestion/demandes/"),
            ("statuts", "Statuts", "/gestion/statuts/"),
            ("situations", "Situations", "/gestion/situations/"),
            ("hors-choix", "Hors choix", "/gestion/hors-choix/"),
            ("procurations", "Procurations", "/gestion/procurations/"),
            ("corrections", "Corrections", "/gestion/corrections/"),
        ),
    ),
    (
        "Publier",
        (
            ("calendrier", "Calendrier", "/gestion/calendrier/"),
            ("informations", "Informations", "/gestion/informations/"),
            ("courriels", "Courriels", "/gestion/courriels/"),
        ),
    ),
)


@register.inclusion_tag("gestion/_sections.html", takes_context=True)
def sections(context: Mapping[str, object]) -> dict[str, object]:
    """A page that belongs to none of them shows the families alone."""
    ici = context.get("ici")
    courante = next((nom for nom, pages in FAMILLES if any(cle == ici for cle, *_ in pages)), None)
    return {
        "ici": ici,
        "familles": [
            {"nom": nom, "adresse": pages[0][2], "courante": nom == courante, "page": pages[0][0] == ici}
            for nom, pages in FAMILLES
        ],
        "pages": [
            {"cle": cle, "mot": mot, "adresse": adresse}
            for nom, pages in FAMILLES
            for cle, mot, adresse in pages
            if nom == courante
        ],
    }
