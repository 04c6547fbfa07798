"""Address of /gestion/statistiques/."""

from django.urls import path

from gradin.web.gestion import statistiques

urlpatterns = [path("statistiques/", statistiques.statistiques, name="gestion-statistiques")]
