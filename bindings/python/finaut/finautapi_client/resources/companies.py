"""Companies."""

from typing import List, Optional

from .resource import Json, Reference, Resource


class CompanyResource(Resource):
    """`client.companies`."""

    endpoint = "companies"

    def list(self, page: Optional[int] = None) -> Json:
        """One page of the companies that the account may see."""
        return self._list(page=page)

    def get(self, company_id: Reference) -> Json:
        """One company. Errors: NotFoundError."""
        return self._get(company_id)

    def get_departments(self, company_id: Reference) -> List[str]:
        """The URLs of a company's departments. Errors: NotFoundError."""
        departments: List[str] = self.get(company_id).get("departments", [])
        return departments
