"""The addresses of the doors in."""

from django.urls import path

from kambila.intake.api.service import api

urlpatterns = [path("api/v1/", api.urls)]
