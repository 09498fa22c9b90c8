"""Employment records."""

from .resource import Json, Reference, Resource


class EmploymentResource(Resource):
    """`client.employment`."""

    endpoint = "employment"

    def get(self, employment_id: Reference) -> Json:
        """One employment record. Errors: NotFoundError."""
        return self._get(employment_id)
