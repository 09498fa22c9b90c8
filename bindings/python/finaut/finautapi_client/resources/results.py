"""Exam results."""

import datetime
from typing import Any, List, Optional

from ..exceptions import NotFoundError
from .resource import Json, Reference, Resource, number


class ResultResource(Resource):
    """`client.results`."""

    endpoint = "results"

    def list(
        self,
        from_date: Optional[str] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        page: Optional[int] = None,
    ) -> Json:
        """One page of the exam results that match, or were created on from_date ("2026-01-31") or later."""
        return self._list(from_date=from_date, persnr=persnr, employee_alias=employee_alias, page=page)

    def get(self, result_id: Reference) -> Json:
        """One exam result. Errors: NotFoundError."""
        return self._get(result_id)

    def get_user_results(
        self,
        user_id: Optional[Reference] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
    ) -> List[Json]:
        """All results of the person named, from all pages. Errors: ValueError where nobody is named."""
        if not (user_id or persnr or employee_alias):
            raise ValueError("Name the person by user_id, persnr or employee_alias.")
        if not (persnr or employee_alias):
            return self._of_user(user_id)
        results: List[Json] = []
        page = 1
        while True:
            listed = self.list(persnr=persnr, employee_alias=employee_alias, page=page)
            results.extend(listed.get("results", []))
            if not listed.get("next"):
                break
            page += 1
        if user_id:
            results = [result for result in results if number(result.get("user", "")) == number(user_id)]
        return results

    def get_recent_results(self, days: int = 30) -> List[Json]:
        """All results of the last so many days, from all pages."""
        from_date = datetime.date.today() - datetime.timedelta(days=days)
        return self._all(from_date=from_date.isoformat())

    def _of_user(self, user_id: Optional[Reference]) -> List[Json]:
        """By the user's number alone, which the server has no filter for: the library looks up the filter that it has."""
        try:
            return self._all(id=user_id)
        except NotFoundError:
            return []

    def _all(self, **arguments: Any) -> List[Json]:
        """From all pages, which the library reads again where they changed meanwhile."""
        results: List[Json] = self.client.call("results.list", arguments)["results"]
        return results
