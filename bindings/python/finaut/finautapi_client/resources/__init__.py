"""The resources of the client, one file each: what it can do with one kind of object."""

from .companies import CompanyResource
from .competency_result import CompetencyResultResource
from .departments import DepartmentResource
from .employment import EmploymentResource
from .results import ResultResource
from .users import UserResource
from .userstatus import UserStatusResource

__all__ = [
    "CompanyResource",
    "CompetencyResultResource",
    "DepartmentResource",
    "EmploymentResource",
    "ResultResource",
    "UserResource",
    "UserStatusResource",
]
