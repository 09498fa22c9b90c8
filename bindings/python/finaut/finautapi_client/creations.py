"""Which POSTs create something that the library can find again, and the operation that does: it settles what a broken
connection leaves open, so that nothing is created twice."""

from typing import Any, Callable, Dict, Optional, Tuple

_USER = ("persnr", "first_name", "last_name", "email", "mobile", "employee_alias")
_STATUS = ("appname", "user", "status", "reason", "status_set_by", "status_date", "comment")
_COMPETENCY = ("user", "goal", "passed_date", "external_system", "external_id")


def operation_for(path: str, body: Any) -> Optional[Tuple[str, Dict[str, Any]]]:
    """Operation and arguments that send just this body; None where there is none. The values are not judged here."""
    known = _BY_PATH.get(path)
    if known is None or not isinstance(body, dict):
        return None
    operation, arguments_of = known
    arguments = arguments_of(dict(body))
    return None if arguments is None else (operation, arguments)


def _user(body: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    work_for, roles = body.pop("work_for", None), body.pop("userroles", None)
    if not isinstance(work_for, dict) or not isinstance(roles, list) or not set(body) <= set(_USER):
        return None
    if not {"company", "department"} <= set(work_for) <= {"company", "department", "franchise"}:
        return None
    return dict(body, roles=[_role(role) for role in roles], **{name: _url(value) for name, value in work_for.items()})


def _role(url: Any) -> Optional[str]:
    """`afr_ka`, of `https://…/userrole/afr_ka/`."""
    before, _, code = str(url).rstrip("/").rpartition("/")
    return code if before.endswith("/userrole") else None


def _url(value: Any) -> Optional[str]:
    """Only URLs: the operation would take a number, too, and the server does not. None it refuses."""
    return value if isinstance(value, str) and "/" in value else None


def _status(body: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    # The operation fills in what is left out; here it is the server's to say that something is missing.
    if not set(_STATUS) - {"comment"} <= set(body) <= set(_STATUS):
        return None
    return dict(body, user=_url(body["user"]), status_set_by=_url(body["status_set_by"]))


def _competency(body: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    if not {"user", "goal", "passed_date"} <= set(body) <= set(_COMPETENCY):
        return None
    body["encrypted_user_id"] = body.pop("user")
    return body


_BY_PATH: Dict[str, Tuple[str, Callable[[Dict[str, Any]], Optional[Dict[str, Any]]]]] = {
    "user/": ("users.create", _user),
    "userstatus/": ("userstatus.create", _status),
    "competency_result/": ("competency_results.create", _competency),
}
