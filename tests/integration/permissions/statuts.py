"""The columns of the matrix, named: what an address answers to each kind of visitor (`QUI`).

The last four are the partners of the ARS (`PARTENAIRES`): a list that stops at the first says it of all four.
"""

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
