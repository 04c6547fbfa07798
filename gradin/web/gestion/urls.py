"""Addresses of /gestion/: what the ARS prepares and settles."""

from django.urls import include, path

from gradin.web.gestion import attestations, corrections, demandes, internes

urlpatterns = [
    path("", include("gradin.web.gestion.urls_listes")),
    path("attestations/", attestations.attestations, name="gestion-attestations"),
    path("attestations/<int:pk>/", attestations.recueil, name="gestion-recueil"),
    path("attestations/<int:pk>/attestations.zip", attestations.telecharger, name="gestion-recueil-zip"),
    path("demandes/", demandes.demandes, name="gestion-demandes"),
    path("demandes/<int:pk>/accepter/", demandes.accepter, name="gestion-demande-accepter"),
    path("demandes/<int:pk>/refuser/", demandes.refuser, name="gestion-demande-refuser"),
    path("corrections/", corrections.corrections, name="gestion-corrections"),
    path("corrections/<int:pk>/", corrections.repondre, name="gestion-correction-repondre"),
    path("internes/<int:pk>/", internes.fiche, name="gestion-interne"),
    path("internes/<int:pk>/verifier/", internes.verifier, name="gestion-interne-verifier"),
    path("internes/<int:pk>/sessions/", internes.fermer, name="gestion-interne-sessions"),
    path("internes/<int:pk>/debloquer/", internes.debloquer, name="gestion-interne-debloquer"),
    path("internes/<int:pk>/inviter/", internes.inviter, name="gestion-interne-inviter"),
]
