"""User statuses: the history, the current ones, and setting somebody on hold or withdrawn."""

import datetime
from typing import Optional

from ..exceptions import ValidationError
from .resource import Json, Reference, Resource, given, number


class UserStatusResource(Resource):
    """`client.userstatus`."""

    endpoint = "userstatus"

    def list(
        self, persnr: Optional[str] = None, employee_alias: Optional[str] = None, page: Optional[int] = None
    ) -> Json:
        """One page of the status history; every change is a record of its own."""
        return self._list(persnr=persnr, employee_alias=employee_alias, page=page)

    def get(self, status_id: Reference) -> Json:
        """One user status. Errors: NotFoundError."""
        return self._get(status_id)

    def create(self, status_data: Json) -> Json:
        """Creates a user status; exactly one, also when the connection breaks. Errors: ValidationError.

        status_data: appname (as "afr"), user (URL), status and reason ("hvilende" or "utmeldt"), status_set_by (URL),
        status_date ("2026-01-31"); comment if wanted.
        """
        created: Json = self.client.post(self.endpoint + "/", json=status_data)
        return created

    def set_inactive(
        self,
        user_id: Reference,
        appname: str,
        status_date: Optional[str] = None,
        comment: Optional[str] = None,
        status_set_by_id: Optional[Reference] = None,
    ) -> Json:
        """Sets a user on hold (hvilende) in a scheme, from status_date (today) on. Errors: ValidationError.

        status_set_by_id: the user who sets it; None: the client's setting set_by. Without either nothing is sent: the register
        must not say that the person did it.
        """
        return self._set("hvilende", user_id, appname, status_date, comment, status_set_by_id)

    def set_withdrawn(
        self,
        user_id: Reference,
        appname: str,
        status_date: Optional[str] = None,
        comment: Optional[str] = None,
        status_set_by_id: Optional[Reference] = None,
    ) -> Json:
        """Withdraws a user (utmeldt) from a scheme, from status_date (today) on. Errors: ValidationError.

        status_set_by_id: as in `set_inactive`.
        """
        return self._set("utmeldt", user_id, appname, status_date, comment, status_set_by_id)

    def get_latest(self, persnr: Optional[str] = None) -> Json:
        """The current status in each scheme: a page, as `list` gives."""
        listed: Json = self.client.get("latestuserstatus/", params=given({"persnr": persnr}))
        return listed

    def _set(
        self,
        status: str,
        user_id: Reference,
        appname: str,
        status_date: Optional[str],
        comment: Optional[str],
        set_by_id: Optional[Reference],
    ) -> Json:
        set_by: Optional[Reference] = set_by_id or getattr(self.client, "set_by", None)
        if not set_by:
            raise ValidationError(
                "status_set_by_id is missing: who sets the status? Give it, or make the client with FinAutAPIClient(…, set_by=…). "
                "The person itself is no default: FinAut's register would say that the person did it. Nothing was sent."
            )
        status_data = {
            "appname": appname,
            "user": self._user(user_id),
            "status": status,
            "reason": status,
            "status_set_by": self._user(set_by),
            "status_date": status_date or datetime.date.today().isoformat(),
        }
        return self.create(dict(status_data, **given({"comment": comment})))

    def _user(self, reference: Reference) -> str:
        return "{}user/{}/".format(self.client.base_url, number(reference))
