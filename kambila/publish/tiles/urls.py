"""The addresses of tiles; row and column as the standard orders them."""

from django.urls import path

from kambila.publish.tiles import views

TILE = "<str:matrix_set>/<int:z>/<int:row>/<int:column>"

urlpatterns = [
    path("ogc/tiles", views.tilesets_of_all, name="ogc-tilesets"),
    path("ogc/tiles/<str:matrix_set>", views.tileset_of_all, name="ogc-tileset"),
    path(f"ogc/tiles/{TILE}", views.tile_of_all, name="ogc-tile"),
    path("ogc/collections/<str:kind>/tiles", views.tilesets, name="ogc-collection-tilesets"),
    path("ogc/collections/<str:kind>/tiles/<str:matrix_set>", views.tileset, name="ogc-collection-tileset"),
    path(f"ogc/collections/<str:kind>/tiles/{TILE}", views.tile, name="ogc-collection-tile"),
    path("ogc/tileMatrixSets", views.matrix_sets, name="ogc-matrix-sets"),
    path("ogc/tileMatrixSets/<str:matrix_set>", views.matrix_set, name="ogc-matrix-set"),
    path("ogc/styles/programme", views.style, name="ogc-style"),
]
