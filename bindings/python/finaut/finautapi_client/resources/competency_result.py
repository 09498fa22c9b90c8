"""Completed courses, reported for people who have linked themselves."""

from typing import Optional

from .resource import Json, Reference, Resource, given


class CompetencyResultResource(Resource):
    """`client.competency_results`."""

    endpoint = "competency_result"

    def list(self, encrypted_userid: Optional[str] = None, page: Optional[int] = None) -> Json:
        """One page of the completed courses: all, or one person's."""
        return self._list(encrypted_userid=encrypted_userid, page=page)

    def get(self, result_id: Reference) -> Json:
        """One completed course. Errors: NotFoundError."""
        return self._get(result_id)

    def create(self, result_data: Json) -> Json:
        """Reports a completed course; exactly once, also when the connection breaks. Errors: ValidationError.

        result_data: user (the encrypted id), goal (a number), passed_date ("2026-01-31"); external_system and external_id if
        wanted.
        """
        created: Json = self.client.post(self.endpoint + "/", json=result_data)
        return created

    def record_completion(
        self,
        encrypted_userid: str,
        goal_id: int,
        passed_date: str,
        external_system: Optional[str] = None,
        external_id: Optional[str] = None,
    ) -> Json:
        """Reports a completed course, field by field. Errors: ValidationError."""
        result_data = {"user": encrypted_userid, "goal": goal_id, "passed_date": passed_date}
        return self.create(dict(result_data, **given({"external_system": external_system, "external_id": external_id})))
