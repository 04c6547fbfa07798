"""Addresses of what protects an account: password, sessions, second factor, help code."""

from allauth.account import views as compte
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as cles
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from gradin.web.compte import securite

MFA = "mon-profil/second-facteur/"

urlpatterns = [
    path("mon-profil/mot-de-passe/", securite.mot_de_passe, name="account_change_password"),
    path("mon-profil/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("mon-profil/code-aide/", securite.code_aide, name="profil-code-aide"),
    path("connexion/confirmer/", compte.reauthenticate, name="account_reauthenticate"),
    path("connexion/avec/", include("gradin.web.compte.identite.urls")),
    path("connexion/second-facteur/", login_not_required(mfa.authenticate), name="mfa_authenticate"),
    path("connexion/confirmer/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("connexion/confirmer/cle/", cles.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(MFA, mfa.index, name="mfa_index"),
    path(f"{MFA}application/", totp.activate_totp, name="mfa_activate_totp"),
    path(f"{MFA}application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{MFA}secours/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{MFA}secours/nouveaux/", secours.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{MFA}secours/codes.txt", secours.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(f"{MFA}cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path(f"{MFA}cles/ajouter/", cles.add_webauthn, name="mfa_add_webauthn"),
    path(f"{MFA}cles/<int:pk>/retirer/", cles.remove_webauthn, name="mfa_remove_webauthn"),
    path(f"{MFA}cles/<int:pk>/nommer/", cles.edit_webauthn, name="mfa_edit_webauthn"),
]
