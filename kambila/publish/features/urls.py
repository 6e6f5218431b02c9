"""The addresses of the OGC API."""

from django.urls import path

from kambila.publish.features import views

urlpatterns = [
    path("ogc/", views.landing, name="ogc-landing"),
    path("ogc/api", views.api, name="ogc-api"),
    path("ogc/conformance", views.conformance, name="ogc-conformance"),
    path("ogc/collections", views.collections, name="ogc-collections"),
    path("ogc/collections/<str:kind>", views.collection, name="ogc-collection"),
    path("ogc/collections/<str:kind>/queryables", views.queryables, name="ogc-queryables"),
    path("ogc/collections/<str:kind>/schema", views.schema, name="ogc-schema"),
    path("ogc/collections/<str:kind>/items", views.items, name="ogc-items"),
    path("ogc/collections/<str:kind>/items/<str:id>", views.item, name="ogc-item"),
]
