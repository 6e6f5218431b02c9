"""The registry takes its place among the projections."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the projection once every area's models are known."""

    name = "kambila.registry"

    def ready(self) -> None:
        from kambila.journal import projections
        from kambila.registry import errors  # noqa: F401  it declares sentences
        from kambila.registry.projection import Registry, hold

        projections.register("registry", Registry())
        projections.tell_of_faults(hold)
