"""`{{ session.user_agent|navigateur }}`: browser and system in two words."""

from django import template

from gradin.web.compte.navigateurs import name_navigateur

register = template.Library()
register.filter("navigateur", name_navigateur)
