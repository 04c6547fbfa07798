"""Addresses of sign-in and of one's own account: allauth's views that we want, one by one."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.decorators.http import require_POST

from gradin.web.compte import attestations, donnees, inscriptions, profil, signaler, views

urlpatterns = [
    path("connexion/", allauth.login, name="account_login"),
    path("connexion/inactif/", allauth.account_inactive, name="account_inactive"),
    path("deconnexion/", login_not_required(require_POST(allauth.logout)), name="account_logout"),
    path("mot-de-passe/", login_not_required(allauth.password_reset), name="account_reset_password"),
    path("mot-de-passe/envoye/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("inscription/", inscriptions.creation, name="account_signup"),
    path("inscription/courriel/", inscriptions.courriel, name="inscription-courriel"),
    path("inscription/envoyee/", inscriptions.envoyee, name="inscription-envoyee"),
    path("inscription/finaliser/", inscriptions.finaliser, name="inscription-finaliser"),
    path("inscription/finaliser/<str:lien>/", inscriptions.lien, name="inscription-lien"),
    path("mon-profil/", profil.profil, name="profil"),
    path("mon-profil/coordonnees/", profil.coordonnees, name="profil-coordonnees"),
    path("mon-profil/courriel/", profil.courriel, name="profil-courriel"),
    path("mon-profil/courriel/confirmer/<str:lien>/", profil.confirmer_courriel, name="courriel-confirmer"),
    path("mon-profil/courriel/annuler/<str:lien>/", profil.annuler_courriel, name="courriel-annuler"),
    path("mon-profil/question-secrete/", profil.question, name="profil-question"),
    path("mon-profil/donnees/", donnees.donnees, name="donnees"),
    path("mon-profil/donnees/telecharger/", donnees.telecharger, name="donnees-telecharger"),
    path("", include("gradin.web.compte.urls_securite")),
    path("mon-espace/", include("gradin.web.espace.urls")),
    path("mon-classement/", profil.classement, name="classement"),
    path("mon-classement/signaler/", signaler.signaler, name="classement-signaler"),
    path("mon-profil/ufr/", signaler.ufr, name="profil-ufr"),
    path("mes-attestations/", attestations.attestations, name="attestations"),
    path("mes-attestations/<str:semestre>.pdf", attestations.telecharger, name="attestation-pdf"),
    path("demonstration/connexion/", views.sign_in_to_demonstration, name="demonstration_connexion"),
]
