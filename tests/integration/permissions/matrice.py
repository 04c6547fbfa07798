"""What every address answers to everybody: one line an address, one column a kind of visitor (`QUI`).

The last four are the partners of the ARS (`PARTENAIRES`): a list that stops at the first says it of all four.

A new address is a new line here: think of each column. Names are lists of statuses: GET and empty POST about
an object of one's own side, then, where the address names an object, about one of the other subdivision.
"""

from collections.abc import Mapping

from tests.integration.permissions.monde import QUI

Statuts = tuple[int, ...]


def _statuts(texte: str) -> Statuts:
    """`302 403*5 200`: as many times as it says."""
    paires = (mot.partition("*") for mot in texte.split())
    dits = [int(statut) for statut, _, fois in paires for _ in range(int(fois or 1))]
    return tuple(dits + dits[-1:] * (len(QUI) - len(dits)))


# A page of everybody.
TOUS = _statuts("200*10")
# Not with this method.
METHODE = _statuts("405*10")
METHODE_CONNECTE = _statuts("302 405*9")
# Sends elsewhere, or first asks the password again.
RENVOI = _statuts("302*10")
# With an account.
CONNECTE = _statuts("302 200*9")
# Internes only.
INTERNES = _statuts("302 200*3 403*6")
INTERNES_RENVOI = _statuts("302*4 403*6")
# Another interne's: does not exist.
SIENNE = _statuts("302 404*3 403*6")
# Agents, each his own scope's rows.
ARS = _statuts("302 403*5 200*3 403")
ARS_RENVOI = _statuts("302 403*5 302*3 403")
# An empty act is refused in words.
ARS_REFUS = _statuts("302 403*5 409*3 403")
# An object of the agent's scope.
ARS_ICI = _statuts("302 403*5 200 404 200 403")
# An object of the other agent's.
ARS_LA = _statuts("302 403*5 404 200 200 403")
# The same, done.
ARS_ICI_RENVOI = _statuts("302 403*5 302 404 302 403")
ARS_LA_RENVOI = _statuts("302 403*5 404 302 302 403")
# The same, refused: the amphi has started.
ARS_ICI_REFUS = _statuts("302 403*5 409 404 409 403")
ARS_LA_REFUS = _statuts("302 403*5 404 409 409 403")
# Agents, and an empty act is no act.
ARS_VIDE = _statuts("302 403*5 404*3 403")
# Evaluations: agents and representatives, each his scope's.
SUIVI = _statuts("302 403*4 200*4 403")
SUIVI_RENVOI = _statuts("302 403*4 302*4 403")
PERSONNE = _statuts("404*10")
# Nothing there for any of them.
PERSONNE_CONNECTE = _statuts("302 404*9")
# A link that is no more.
PERIME = _statuts("410*10")
# A body is wanted.
JSON_VIDE = _statuts("400*10")
JSON_VIDE_CONNECTE = _statuts("401 400*9")
JSON_VIDE_RENVOI = _statuts("302 400*9")
JSON_CONNECTE = _statuts("401 200*9")
# Those of the amphi and who chooses for them.
JSON_ICI = _statuts("401 200 200 403 200 403*5")
JSON_LA = _statuts("401 403 403 200 403*6")
# Done, with nothing to show.
FAIT_CONNECTE = _statuts("302 204*9")
# The sign-in page.
CONNEXION = _statuts("200 302*9")
# Who has chosen.
A_CHOISI = _statuts("302 200 404*8")
JSON_A_CHOISI = _statuts("401 200 404*8")
# Nothing to star; without a salle, the page that says so.
FAVORIS_VIDE = _statuts("302 404*3 200*6")
# Internes with a place of their own.
MIENNES = _statuts("302 200*3 404*6")
# Préchoix: representatives and agents, each in his scope.
PRECHOIX_ICI = _statuts("302 403*4 200*2 404 200 403")
PRECHOIX_LA = _statuts("302 403*4 404*2 200*2 403")
# Those who have a salle.
SALLE = _statuts("302 200*4 404*5")
# The same, once it has started.
SALLE_RENVOI = _statuts("302 302 302 404 302 404*5")
# Internes on a list, for themselves.
SALLE_SIENNE = _statuts("302 200*3 404*6")
# The same, to read.
SALLE_COMMENCEE = _statuts("302 200 200 404 200 404*5")
# An empty act.
SANS_ACTE = _statuts("302 403*9")
# A partner's first page; others are sent to their own.
ESPACE = _statuts("302*5 200 302*3 200")
# Lists of « Mon espace »: of faculté and coordonnateur, of all four, of all but the faculté.
ESPACE_INTERNES = _statuts("302 403*8 200*2 403*2")
ESPACE_AFFECTATIONS = _statuts("302 403*8 200")
ESPACE_POSTES = _statuts("302 403*4 200 403*4 200*3")
# A matching: its candidate, here the canari and there `ailleurs`; the responsable of its site.
CANDIDAT_ICI = _statuts("302 404 200 404*10")
CANDIDAT_LA = _statuts("302 404*2 200 404*9")
CANDIDAT_ICI_RENVOI = _statuts("302 404 302 404*10")
CANDIDAT_LA_RENVOI = _statuts("302 404*2 302 404*9")
PIECE_ICI = _statuts("302 404 200 404*3 200 404 200 404*3 200")
PIECE_LA = _statuts("302 404*2 200 404*3 200*2 404*4")
SITE_SIEN = _statuts("302 404*11 200")
SITE_SIEN_RENVOI = _statuts("302 404*11 302")

# An individual demand: its interne, on either side; the coordonnateur of its DES, on this one.
DEMANDE_ICI, DEMANDE_LA = _statuts("302 404 200 404 403*6"), _statuts("302 404*2 200 403*6")
DEMANDE_ICI_RENVOI, DEMANDE_LA_RENVOI = _statuts("302 404 302 404 403*6"), _statuts("302 404*2 302 403*6")
COORDONNATEUR = _statuts("302 403*9 200 403*2")
AVIS_ICI, AVIS_LA = _statuts("302 403*9 302 403*2"), _statuts("302 403*9 404 403*2")
# The opening of postes: read by représentant, coordonnateur and établissement; an act of nobody else's.
ESPACE_OFFRE = _statuts("302 403*4 200 403*4 200*2 403")
ESPACE_OFFRE_ACTE = _statuts("302 403*10 200 403")
# A poste proposed by the établissement of this side.
PROPOSITION_ICI, PROPOSITION_LA = _statuts("302 403*10 200 403"), _statuts("302 403*10 404 403")

# The faculty alone.
FACULTE = _statuts("302 403*8 200 403*3")
FACULTE_RENVOI = _statuts("302 403*8 302 403*3")
FACULTE_REFUS = _statuts("302 403*8 409 403*3")
FACULTE_VIDE = _statuts("302 403*8 404 403*3")

# A commission: the ARS of its side; nobody else is convened to it.
COMMISSION_ICI, COMMISSION_LA = _statuts("302 404*5 200 404 200 404"), _statuts("302 404*6 200*2 404")
COORDONNATEUR_REFUS = _statuts("302 403*9 409 403*2")

MATRICE: Mapping[str, tuple[Statuts, ...]] = {
    "": (TOUS, METHODE),
    "^mot-de-passe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (TOUS, TOUS),
    "affectations/": (TOUS, METHODE),
    "aide/": (TOUS, METHODE),
    "aide/<slug:nom>/": (PERSONNE, METHODE),
    "sw.js": (TOUS, METHODE),
    "manifest.webmanifest": (TOUS, METHODE),
    "hors-ligne/": (TOUS, METHODE),
    "agrements/": (TOUS, METHODE),
    "agrements/dossier/<str:jeton>/": (PERIME, PERIME),
    "commissions/": (CONNECTE, METHODE_CONNECTE),
    "commissions/<int:pk>/": (COMMISSION_ICI, METHODE_CONNECTE, COMMISSION_LA, METHODE_CONNECTE),
    "commissions/<int:pk>/documents/<int:document>/": (
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
    ),
    "commissions/<int:pk>/proces-verbal.pdf": (
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
    ),
    "commissions/lien/<str:jeton>/": (PERIME, METHODE),
    "commissions/lien/<str:jeton>/documents/<int:document>/": (PERSONNE, METHODE, PERSONNE, METHODE),
    "commissions/lien/<str:jeton>/proces-verbal.pdf": (PERSONNE, METHODE),
    "gestion/agrements/": (ARS, ARS),
    "gestion/agrements/importer/": (ARS, ARS_REFUS),
    "gestion/agrements/etats/<int:pk>/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/agrements/<int:pk>/": (ARS_ICI, ARS_ICI_REFUS, ARS_LA, ARS_LA_REFUS),
    "gestion/agrements/<int:pk>/services/": (ARS_ICI, ARS_ICI_REFUS, ARS_LA, ARS_LA_REFUS),
    "gestion/commissions/": (ARS, ARS),
    "gestion/commissions/<int:pk>/": (ARS_ICI, ARS_ICI_REFUS, ARS_LA, ARS_LA_REFUS),
    "gestion/commissions/<int:pk>/proces-verbal.pdf": (
        ARS_ICI,
        METHODE_CONNECTE,
        ARS_LA,
        METHODE_CONNECTE,
    ),
    "mon-espace/agrements/": (COORDONNATEUR, COORDONNATEUR_REFUS),
    "amphis/": (TOUS, METHODE),
    "appariement/": (TOUS, METHODE),
    "appariement/methode/": (TOUS, METHODE),
    "appariement/campagnes/<int:pk>/": (CANDIDAT_ICI, METHODE_CONNECTE, CANDIDAT_LA, METHODE_CONNECTE),
    "appariement/campagnes/<int:pk>/note/": (
        METHODE_CONNECTE,
        CANDIDAT_ICI_RENVOI,
        METHODE_CONNECTE,
        CANDIDAT_LA_RENVOI,
    ),
    "appariement/campagnes/<int:pk>/reprendre/": (
        METHODE_CONNECTE,
        CANDIDAT_ICI_RENVOI,
        METHODE_CONNECTE,
        CANDIDAT_LA_RENVOI,
    ),
    "appariement/campagnes/<int:pk>/dossier/": (CANDIDAT_ICI, CANDIDAT_ICI, CANDIDAT_LA, CANDIDAT_LA),
    "appariement/campagnes/<int:pk>/resultat/": (
        CANDIDAT_ICI,
        CANDIDAT_ICI_RENVOI,
        CANDIDAT_LA,
        CANDIDAT_LA_RENVOI,
    ),
    "appariement/campagnes/<int:pk>/recu/<int:numero>/": (
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
    ),
    "appariement/campagnes/<int:pk>/tours/<int:numero>/<str:code_des>.json": (
        PERSONNE,
        METHODE,
        PERSONNE,
        METHODE,
    ),
    "appariement/sites/<int:pk>/recu/<int:numero>/": (
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
    ),
    "appariement/pieces/<int:pk>/": (PIECE_ICI, METHODE_CONNECTE, PIECE_LA, METHODE_CONNECTE),
    "appariement/sites/<int:pk>/": (SITE_SIEN, SITE_SIEN_RENVOI, PERSONNE_CONNECTE, PERSONNE_CONNECTE),
    "appariement/lien/<str:jeton>/": (PERIME, PERIME),
    "appariement/lien/<str:jeton>/recu/<int:numero>/": (PERSONNE, METHODE, PERSONNE, METHODE),
    "appariement/lien/<str:jeton>/pieces/<int:pk>/": (PERSONNE, METHODE, PERSONNE, METHODE),
    "amphis/<int:pk>/ecran/": (TOUS, METHODE, RENVOI, METHODE),
    "amphis/<int:pk>/liste-appel/": (TOUS, METHODE, TOUS, METHODE),
    "amphis/<int:pk>/sessions/": (TOUS, METHODE, TOUS, METHODE),
    "api/v1/": (PERSONNE, PERSONNE),
    "api/v1/affectations": (TOUS, METHODE),
    "api/v1/amphis": (TOUS, METHODE),
    "api/v1/amphis/<int:amphi>": (TOUS, METHODE, TOUS, METHODE),
    "api/v1/amphis/<int:amphi>/choix": (METHODE, JSON_VIDE_CONNECTE, METHODE, JSON_VIDE_CONNECTE),
    "api/v1/amphis/<int:amphi>/commandes": (METHODE, JSON_VIDE_CONNECTE, METHODE, JSON_VIDE_CONNECTE),
    "api/v1/amphis/<int:amphi>/favoris": (JSON_ICI, METHODE, JSON_LA, METHODE),
    "api/v1/amphis/<int:amphi>/journal": (TOUS, METHODE, TOUS, METHODE),
    "api/v1/amphis/<int:amphi>/offre": (TOUS, METHODE, TOUS, METHODE),
    "api/v1/docs": (TOUS, METHODE),
    "api/v1/jetons": (METHODE, JSON_VIDE),
    "api/v1/mes-attestations": (JSON_CONNECTE, METHODE),
    "api/v1/mes-attestations/<semestre>.pdf": (JSON_A_CHOISI, METHODE),
    "api/v1/moi": (JSON_CONNECTE, METHODE),
    "api/v1/moi/amphis/<int:amphi>": (JSON_ICI, METHODE, JSON_LA, METHODE),
    "api/v1/openapi.json": (TOUS, TOUS),
    "api/v1/postes": (TOUS, METHODE),
    "api/v1/schemas/<nom>.json": (PERSONNE, METHODE),
    "calendrier.ics": (TOUS, METHODE),
    "calendrier.pdf": (TOUS, METHODE),
    "calendrier/": (TOUS, METHODE),
    "calendrier/<str:secret>.ics": (PERSONNE, METHODE),
    "calendrier/abonnement/": (METHODE_CONNECTE, RENVOI),
    "connexion/": (CONNEXION, CONNEXION),
    "connexion/avec/<slug:cle>/": (PERSONNE, METHODE),
    "connexion/avec/<slug:cle>/retour/": (PERSONNE, METHODE),
    "connexion/confirmer/": (CONNECTE, CONNECTE),
    "connexion/confirmer/cle/": (RENVOI, RENVOI),
    "connexion/confirmer/code/": (RENVOI, RENVOI),
    "connexion/inactif/": (TOUS, METHODE),
    "connexion/second-facteur/": (RENVOI, RENVOI),
    "deconnexion/": (METHODE, RENVOI),
    "demonstration/connexion/": (METHODE, PERSONNE),
    "gestion/": (ARS, METHODE_CONNECTE),
    "gestion/appariement/": (ARS, ARS),
    "gestion/appariement/<int:pk>/": (ARS_ICI, ARS_ICI_RENVOI, ARS_LA, ARS_LA_RENVOI),
    "gestion/appariement/<int:pk>/parametres/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/appariement/<int:pk>/importer/<str:quoi>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/appariement/<int:pk>/depots/<int:depot>/": (ARS_ICI, ARS_ICI_RENVOI, ARS_LA, ARS_LA_RENVOI),
    "gestion/appariement/<int:pk>/resultats.<str:genre>": (
        ARS_ICI,
        METHODE_CONNECTE,
        ARS_LA,
        METHODE_CONNECTE,
    ),
    "gestion/appariement/<int:pk>/sites/<int:site>/lien/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/appariement/<int:pk>/tours/<int:numero>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/appariement/<int:pk>/tours/<int:numero>/<str:code_des>.json": (
        ARS_VIDE,
        METHODE_CONNECTE,
        ARS_VIDE,
        METHODE_CONNECTE,
    ),
    "gestion/appariement/<int:pk>/tours/<int:numero>/calendrier/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/appariement/<int:pk>/tours/<int:numero>/relancer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/appariement/<int:pk>/tours/<int:numero>/lancer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/amphis/<int:pk>/prechoix/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/amphis/<int:pk>/reporter/": (ARS_ICI, ARS_ICI_REFUS, ARS_LA, ARS_LA),
    "gestion/amphis/<int:pk>/sessions/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/amphis/<int:pk>/parametres/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/parametres/": (ARS, ARS_VIDE),
    "gestion/ouvrir/": (ARS, ARS_VIDE),
    "gestion/preparer/": (METHODE_CONNECTE, ARS_VIDE),
    "gestion/publier/": (ARS, ARS_VIDE),
    "gestion/reporter/": (ARS, ARS_VIDE),
    "gestion/amphis/<int:pk>/controle/": (ARS_ICI, ARS_ICI_RENVOI, ARS_LA, ARS_LA_RENVOI),
    "gestion/amphis/<int:pk>/liste/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/amphis/<int:pk>/liste/<int:place>/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/amphis/<int:pk>/liste/corriger/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/amphis/<int:pk>/liste/ex-aequo/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/amphis/<int:pk>/liste/export.xlsx": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/amphis/<int:pk>/liste/publier/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA_RENVOI),
    "gestion/amphis/<int:pk>/liste/versions/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/attestations/": (ARS, ARS_VIDE),
    "gestion/attestations/<int:pk>/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/attestations/<int:pk>/attestations.zip": (
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
        METHODE_CONNECTE,
    ),
    "gestion/calendrier/": (ARS, METHODE_CONNECTE),
    "gestion/calendrier/<int:pk>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/calendrier/<int:pk>/retirer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/calendrier/nouveau/": (ARS, ARS),
    "gestion/corrections/": (ARS, METHODE_CONNECTE),
    "gestion/corrections/<int:pk>/": (METHODE_CONNECTE, ARS_ICI_RENVOI, METHODE_CONNECTE, ARS_LA_RENVOI),
    "gestion/courriels/": (ARS, METHODE_CONNECTE),
    "gestion/courriels/<int:pk>/erronee/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/courriels/<int:pk>/relancer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/courriels/modeles/": (ARS, METHODE_CONNECTE),
    "gestion/courriels/modeles/<str:cle>/": (ARS, ARS),
    "gestion/demandes/": (ARS, METHODE_CONNECTE),
    "gestion/demandes/<int:pk>/accepter/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/demandes/<int:pk>/refuser/": (METHODE_CONNECTE, ARS_ICI_RENVOI, METHODE_CONNECTE, ARS_LA_RENVOI),
    "gestion/hors-choix/": (ARS, ARS),
    "gestion/hors-choix/<int:pk>/annuler/": (METHODE_CONNECTE, ARS_VIDE, METHODE_CONNECTE, ARS_VIDE),
    "gestion/imports/": (ARS, ARS),
    "gestion/imports/<int:pk>/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/imports/<int:pk>/abandonner/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/imports/<int:pk>/annuler/": (METHODE_CONNECTE, ARS_ICI_RENVOI, METHODE_CONNECTE, ARS_LA_RENVOI),
    "gestion/imports/<int:pk>/confirmer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/imports/<int:pk>/reprendre/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/imports/<int:pk>/detail.xlsx": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/informations/": (ARS, METHODE_CONNECTE),
    "gestion/informations/<int:pk>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/informations/<int:pk>/retirer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/informations/ars/<int:pk>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/informations/contacts/<int:pk>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/informations/contacts/<int:pk>/retirer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/informations/contacts/nouveau/": (ARS, ARS),
    "gestion/informations/nouveau/<str:genre>/": (ARS_VIDE, ARS_VIDE),
    "gestion/internes/": (ARS, METHODE_CONNECTE),
    "gestion/internes/<int:pk>/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/internes/<int:pk>/debloquer/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/internes/<int:pk>/champ/<str:champ>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/internes/<int:pk>/corriger/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/internes/<int:pk>/inviter/": (METHODE_CONNECTE, ARS_ICI, METHODE_CONNECTE, ARS_LA),
    "gestion/internes/<int:pk>/sessions/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/internes/<int:pk>/verifier/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/internes/ajouter/": (ARS, ARS),
    "gestion/internes/export.xlsx": (ARS, METHODE_CONNECTE),
    "gestion/internes/lot/": (METHODE_CONNECTE, ARS_RENVOI),
    "gestion/journal/": (ARS, METHODE_CONNECTE),
    "gestion/postes/": (ARS, METHODE_CONNECTE),
    "gestion/postes/<int:pk>/champ/<str:champ>/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/postes/<int:pk>/corriger/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/postes/ajouter/": (ARS, ARS),
    "gestion/postes/export.xlsx": (ARS, METHODE_CONNECTE),
    "gestion/postes/lot/": (METHODE_CONNECTE, ARS_RENVOI),
    "gestion/ouverture/": (ARS_RENVOI, ARS),
    "gestion/ouverture/<int:pk>/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/ouverture/<int:pk>/<str:des>/<str:nom>/": (ARS_ICI, ARS_ICI_REFUS, ARS_LA, ARS_LA_REFUS),
    "gestion/ouverture/<int:pk>/actes/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "gestion/ouverture/<int:pk>/publier/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/ouverture/<int:pk>/reglages/": (ARS_ICI, ARS_ICI, ARS_LA, ARS_LA),
    "gestion/procurations/": (ARS, ARS),
    "gestion/procurations/<int:pk>/annuler/": (
        METHODE_CONNECTE,
        ARS_ICI_RENVOI,
        METHODE_CONNECTE,
        ARS_LA_RENVOI,
    ),
    "gestion/referentiels/": (ARS, METHODE_CONNECTE),
    "gestion/referentiels/<str:nom>/": (ARS, ARS),
    "gestion/referentiels/<str:nom>/<int:pk>/": (ARS, ARS, ARS, ARS),
    "gestion/referentiels/<str:nom>/<int:pk>/fusionner/": (METHODE_CONNECTE, ARS, METHODE_CONNECTE, ARS),
    "gestion/referentiels/fst/": (ARS, ARS),
    "gestion/representants/": (METHODE_CONNECTE, ARS_RENVOI),
    "gestion/situations/": (ARS, METHODE_CONNECTE),
    "gestion/situations/<int:pk>/": (ARS_ICI, ARS_VIDE, ARS_LA, ARS_VIDE),
    "gestion/situations/delais/": (ARS, ARS_VIDE),
    "gestion/situations/lot/": (METHODE_CONNECTE, ARS_RENVOI),
    "gestion/statistiques/": (ARS, METHODE_CONNECTE),
    "gestion/statuts/": (ARS, METHODE_CONNECTE),
    "gestion/statuts/<int:pk>/": (METHODE_CONNECTE, ARS_VIDE, METHODE_CONNECTE, ARS_VIDE),
    "informations/": (TOUS, METHODE),
    "informations/<int:pk>/": (TOUS, METHODE, TOUS, METHODE),
    "informations/<int:pk>/fichier/": (TOUS, METHODE, TOUS, METHODE),
    "inscription/": (TOUS, TOUS),
    "inscription/courriel/": (RENVOI, RENVOI),
    "inscription/envoyee/": (TOUS, METHODE),
    "inscription/finaliser/": (TOUS, TOUS),
    "inscription/finaliser/<str:lien>/": (RENVOI, METHODE),
    "mandats/": (CONNECTE, METHODE_CONNECTE),
    "mandats/rendre/": (METHODE_CONNECTE, RENVOI),
    "mandats/role/": (METHODE_CONNECTE, RENVOI),
    "mes-attestations/": (CONNECTE, METHODE_CONNECTE),
    "mes-attestations/<str:semestre>.pdf": (A_CHOISI, METHODE_CONNECTE),
    "mes-demandes/": (INTERNES, METHODE_CONNECTE),
    "mes-demandes/<int:pk>/": (DEMANDE_ICI, DEMANDE_ICI_RENVOI, DEMANDE_LA, DEMANDE_LA_RENVOI),
    "mes-demandes/nouvelle/<slug:nature>/": (SIENNE, SIENNE),
    "mes-recherches/": (INTERNES, INTERNES_RENVOI),
    "mes-recherches/<int:pk>/": (METHODE_CONNECTE, SIENNE, METHODE_CONNECTE, SIENNE),
    "mon-amphi/": (CONNECTE, METHODE_CONNECTE),
    "mon-amphi/choisir/": (PERSONNE_CONNECTE, METHODE_CONNECTE),
    "mon-amphi/choix/": (METHODE_CONNECTE, PERSONNE_CONNECTE),
    "mon-amphi/couple/": (SALLE_SIENNE, PERSONNE_CONNECTE),
    "mon-amphi/chances/": (MIENNES, METHODE_CONNECTE),
    "mon-amphi/maquette/": (MIENNES, METHODE_CONNECTE),
    "mon-amphi/favoris/": (CONNECTE, FAVORIS_VIDE),
    "mon-amphi/postes/": (SALLE, METHODE_CONNECTE),
    "mon-amphi/questions/": (SALLE_COMMENCEE, SALLE_RENVOI),
    "mon-amphi/voeux/": (CONNECTE, FAVORIS_VIDE),
    "mon-amphi/recu/": (A_CHOISI, METHODE_CONNECTE),
    "mon-amphi/retour/": (METHODE_CONNECTE, SALLE_RENVOI),
    "mon-classement/": (CONNECTE, METHODE_CONNECTE),
    "mon-classement/signaler/": (INTERNES, INTERNES),
    "mon-espace/": (ESPACE, METHODE_CONNECTE),
    "mon-espace/amphis/<int:pk>/prechoix/": (PRECHOIX_ICI, PRECHOIX_ICI, PRECHOIX_LA, PRECHOIX_LA),
    "mon-espace/affectations/": (ESPACE_AFFECTATIONS, METHODE_CONNECTE),
    "mon-espace/demandes/": (COORDONNATEUR, METHODE_CONNECTE),
    "mon-espace/demandes/<int:pk>/avis/": (METHODE_CONNECTE, AVIS_ICI, METHODE_CONNECTE, AVIS_LA),
    "mon-espace/internes/": (ESPACE_INTERNES, METHODE_CONNECTE),
    "mon-espace/postes/": (ESPACE_POSTES, METHODE_CONNECTE),
    "mon-espace/ouverture/": (ESPACE_OFFRE, ESPACE_OFFRE_ACTE),
    "mon-espace/ouverture/<int:pk>/": (PROPOSITION_ICI, PROPOSITION_ICI, PROPOSITION_LA, PROPOSITION_LA),
    "mon-parcours/": (CONNECTE, METHODE_CONNECTE),
    "mon-parcours/ajouter/": (INTERNES, INTERNES),
    "mon-parcours/<int:pk>/retirer/": (METHODE_CONNECTE, SIENNE, METHODE_CONNECTE, SIENNE),
    "ma-maquette/": (INTERNES, METHODE_CONNECTE),
    "ma-maquette/droit-au-remords/": (INTERNES, METHODE_CONNECTE),
    "ma-situation/": (INTERNES, INTERNES),
    "mon-espace/parcours/": (FACULTE, FACULTE_REFUS),
    "mon-espace/maquettes/": (FACULTE, FACULTE_RENVOI),
    "mon-espace/maquettes/<int:pk>/": (FACULTE, FACULTE, FACULTE, FACULTE),
    "evaluations/": (INTERNES, METHODE_CONNECTE),
    "evaluations/<int:pk>/": (SIENNE, SIENNE, SIENNE, SIENNE),
    "gestion/criteres/": (ARS, ARS_REFUS),
    "gestion/evaluations/": (SUIVI, SUIVI),
    "gestion/evaluations/commentaires/": (SUIVI, SUIVI_RENVOI),
    "gestion/evaluations/resultats.<str:genre>": (SUIVI, METHODE_CONNECTE),
    "gestion/evaluations/questionnaires/": (SUIVI, METHODE_CONNECTE),
    "gestion/evaluations/questionnaires/<str:code>/": (SUIVI, SUIVI),
    "gestion/parcours/": (ARS, ARS_REFUS),
    "gestion/parcours/importer/": (METHODE_CONNECTE, ARS_RENVOI),
    "gestion/parcours/<int:pk>/": (ARS_ICI, ARS_ICI_RENVOI, ARS_LA, ARS_LA_RENVOI),
    "gestion/situation-semestrielle/": (ARS, ARS),
    "mon-profil/": (CONNECTE, METHODE_CONNECTE),
    "mon-profil/code-aide/": (INTERNES, INTERNES),
    "mon-profil/coordonnees/": (INTERNES, INTERNES),
    "mon-profil/ufr/": (METHODE_CONNECTE, INTERNES_RENVOI),
    "mon-profil/courriel/": (INTERNES, INTERNES),
    "mon-profil/courriel/annuler/<str:lien>/": (TOUS, TOUS),
    "mon-profil/courriel/confirmer/<str:lien>/": (TOUS, TOUS),
    "mon-profil/donnees/": (CONNECTE, INTERNES),
    "mon-profil/donnees/telecharger/": (CONNECTE, METHODE_CONNECTE),
    "mon-profil/mot-de-passe/": (CONNECTE, CONNECTE),
    "mon-profil/notifications/": (CONNECTE, METHODE_CONNECTE),
    "mon-profil/notifications/<int:pk>/retirer/": (
        METHODE_CONNECTE,
        PERSONNE_CONNECTE,
        METHODE_CONNECTE,
        PERSONNE_CONNECTE,
    ),
    "mon-profil/notifications/abonner/": (METHODE_CONNECTE, JSON_VIDE_RENVOI),
    "mon-profil/notifications/oublier/": (METHODE_CONNECTE, FAIT_CONNECTE),
    "mon-profil/notifications/essayer/": (METHODE_CONNECTE, RENVOI),
    "mon-profil/procuration/": (INTERNES, SANS_ACTE),
    "mon-profil/question-secrete/": (INTERNES, INTERNES),
    "mon-profil/second-facteur/": (CONNECTE, METHODE_CONNECTE),
    "mon-profil/second-facteur/application/": (RENVOI, RENVOI),
    "mon-profil/second-facteur/application/retirer/": (PERSONNE_CONNECTE, PERSONNE_CONNECTE),
    "mon-profil/second-facteur/cles/": (CONNECTE, METHODE_CONNECTE),
    "mon-profil/second-facteur/cles/<int:pk>/nommer/": (RENVOI, RENVOI, RENVOI, RENVOI),
    "mon-profil/second-facteur/cles/<int:pk>/retirer/": (RENVOI, RENVOI, RENVOI, RENVOI),
    "mon-profil/second-facteur/cles/ajouter/": (RENVOI, RENVOI),
    "mon-profil/second-facteur/secours/": (PERSONNE_CONNECTE, METHODE_CONNECTE),
    "mon-profil/second-facteur/secours/codes.txt": (PERSONNE_CONNECTE, PERSONNE_CONNECTE),
    "mon-profil/second-facteur/secours/nouveaux/": (RENVOI, RENVOI),
    "mon-profil/sessions/": (CONNECTE, RENVOI),
    "mon-profil/statut/": (INTERNES, INTERNES_RENVOI),
    "mot-de-passe/": (TOUS, TOUS),
    "mot-de-passe/change/": (TOUS, METHODE),
    "mot-de-passe/envoye/": (TOUS, METHODE),
    "postes/": (TOUS, METHODE),
    "postes/suggestions/": (TOUS, METHODE),
    "procuration/<str:jeton>/": (PERIME, PERIME),
    "regie/": (ARS, METHODE_CONNECTE),
    "regie/amphis/<int:pk>/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "regie/amphis/<int:pk>/actes/": (ARS_VIDE, ARS_VIDE, ARS_VIDE, ARS_VIDE),
    "regie/amphis/<int:pk>/internes/<int:numero>/": (ARS_ICI, METHODE_CONNECTE, ARS_VIDE, METHODE_CONNECTE),
    "regie/amphis/<int:pk>/papier/": (ARS_ICI, ARS_ICI, ARS_VIDE, ARS_VIDE),
    "regie/amphis/<int:pk>/proces-verbal.pdf": (ARS_ICI, METHODE_CONNECTE, ARS_VIDE, METHODE_CONNECTE),
    "regie/amphis/<int:pk>/couples/": (ARS_ICI, ARS_VIDE, ARS_LA, ARS_VIDE),
    "regie/amphis/<int:pk>/rattrapage/": (ARS_ICI, ARS_ICI, ARS_VIDE, ARS_VIDE),
    "regie/amphis/<int:pk>/questions/": (ARS_ICI, METHODE_CONNECTE, ARS_LA, METHODE_CONNECTE),
    "regie/amphis/<int:pk>/questions/<int:question>/": (
        METHODE_CONNECTE,
        ARS_VIDE,
        METHODE_CONNECTE,
        ARS_VIDE,
    ),
    "regie/amphis/<int:pk>/secours/<str:nom>": (ARS_VIDE, METHODE_CONNECTE, ARS_VIDE, METHODE_CONNECTE),
    "services/<str:imotep>/": (TOUS, METHODE),
    "services/<str:imotep>/favori/": (METHODE_CONNECTE, SIENNE),
    "services/<str:imotep>/note/": (METHODE_CONNECTE, INTERNES_RENVOI),
    "verification/<str:code>/": (PERSONNE, PERSONNE),
    "version/": (TOUS, METHODE),
}
