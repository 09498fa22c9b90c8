"""Users."""

from typing import Optional

from .resource import Json, Reference, Resource


class UserResource(Resource):
    """`client.users`."""

    endpoint = "user"

    def list(
        self,
        persnr: Optional[str] = None,
        encoded_userid: Optional[str] = None,
        employee_alias: Optional[str] = None,
        page: Optional[int] = None,
    ) -> Json:
        """One page of the users that match: {"count", "next", "previous", "results"}."""
        return self._list(persnr=persnr, encoded_userid=encoded_userid, employee_alias=employee_alias, page=page)

    def get(self, user_id: Reference) -> Json:
        """One user. Errors: NotFoundError."""
        return self._get(user_id)

    def create(self, user_data: Json) -> Json:
        """Creates a user; exactly one, also when the connection breaks. Errors: ValidationError.

        user_data: persnr, first_name, last_name, work_for ({"company": URL, "department": URL, "franchise": URL}), userroles
        (a list of URLs); email, mobile and employee_alias if known.
        """
        created: Json = self.client.post(self.endpoint + "/", json=user_data)
        return created

    def update(self, user_id: Reference, user_data: Json) -> Json:
        """Writes a user anew, with all its fields. Errors: NotFoundError, ValidationError."""
        changed: Json = self.client.put(self._path(user_id), json=user_data)
        return changed

    def partial_update(self, user_id: Reference, user_data: Json) -> Json:
        """Changes the fields given. Errors: NotFoundError, ValidationError."""
        changed: Json = self.client.patch(self._path(user_id), json=user_data)
        return changed

    def search_by_persnr(self, persnr: str) -> Optional[Json]:
        """The user with this identity number, or None."""
        return _first(self.list(persnr=persnr))

    def search_by_employee_alias(self, alias: str) -> Optional[Json]:
        """The first user with this alias, or None. Several people may have one."""
        return _first(self.list(employee_alias=alias))


def _first(listed: Json) -> Optional[Json]:
    results = listed.get("results")
    return results[0] if results else None
