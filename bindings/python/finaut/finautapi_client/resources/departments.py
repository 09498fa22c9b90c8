"""Departments."""

from typing import List, Optional

from .resource import Json, Reference, Resource


class DepartmentResource(Resource):
    """`client.departments`."""

    endpoint = "departments"

    def list(self, page: Optional[int] = None) -> Json:
        """One page of the departments that the account may see."""
        return self._list(page=page)

    def get(self, department_id: Reference) -> Json:
        """One department. Errors: NotFoundError."""
        return self._get(department_id)

    def get_franchises(self, department_id: Reference) -> List[str]:
        """The URLs of a department's franchises. Errors: NotFoundError."""
        franchises: List[str] = self.get(department_id).get("franchises", [])
        return franchises
