"""Addresses of the ARS and of the representatives."""

from django.urls import path

from gradin.web.evaluations import criteres, gestion, questionnaires

urlpatterns = [
    path("evaluations/", gestion.campagnes, name="gestion-evaluations"),
    path("evaluations/commentaires/", gestion.commentaires, name="gestion-commentaires"),
    path("evaluations/resultats.<str:genre>", gestion.resultats, name="gestion-evaluations-resultats"),
    path("evaluations/questionnaires/", questionnaires.questionnaires, name="gestion-questionnaires"),
    path(
        "evaluations/questionnaires/<str:code>/", questionnaires.questionnaire, name="gestion-questionnaire"
    ),
    path("criteres/", criteres.criteres, name="gestion-criteres"),
]
