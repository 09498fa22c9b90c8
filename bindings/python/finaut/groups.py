"""What a client can do: declarations, made from the library's catalogue by cargo xtask generate. Change core/src/api.rs instead.

Each becomes a call through what stands before it; see declared.py.
"""

# mypy: disable-error-code="empty-body"

import datetime
import os
from typing import Any, Callable, Iterator, Mapping, Optional, Union

from .declared import PROGRESS_S, Group, configuration, operation, receiver, rows_of
from .events import Events
from .receiver import Receiver
from .replies import (
    AccountCheck,
    Budget,
    Company,
    CompanyList,
    CompetencyResult,
    CompetencyResultList,
    Department,
    DepartmentList,
    EmploymentRecord,
    EnsuredUser,
    EventKind,
    InboxEvent,
    InboxList,
    InboxStatus,
    JournalLine,
    JournalLineList,
    LinkUrl,
    Method,
    Named,
    PollCounts,
    PolledKind,
    Priority,
    ProgressEvent,
    Result,
    ResultList,
    Scheme,
    SchemeList,
    SettableStatus,
    SettledEvent,
    SyncExport,
    SyncForgotten,
    SyncPlan,
    SyncPlanOnly,
    SyncProposal,
    SyncReport,
    SyncRun,
    SyncRunOnly,
    SyncStatus,
    Texts,
    User,
    UserChanges,
    UserList,
    UserStatus,
    UserStatusList,
    WebhookAccepted,
    WebhookParsed,
)
from .webservers import FromWebServers


class Users(Group):
    """users.*"""

    @operation("users.list")
    def list(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> UserList:
        """Lists the users that the account may see, or those that match.

        A list of all costs one request for each 100 users. If users are added or removed while the list is read, the
        pages that shifted may be read again (at most a tenth of them and 2), and "missing" in the reply says how many
        users may still be missing.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [user, …]}. Reply: UserList (finaut.replies, docs/objects.md).
        """

    @rows_of("users.list")
    def iterate(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[User]:
        """Lists the users that the account may see, or those that match.

        A list of all costs one request for each 100 users. If users are added or removed while the list is read, the
        pages that shifted may be read again (at most a tenth of them and 2), and "missing" in the reply says how many
        users may still be missing.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what list() returns under "results", each once, and asks for a page only when its first row
        is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and
        2). Only list() tells how many rows may be missing.
        """

    @operation("users.get")
    def get(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Retrieves one user.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.create")
    def create(
        self,
        *,
        persnr: str,
        first_name: str,
        last_name: str,
        company: Union[int, str, Named],
        department: Union[int, str, Named],
        roles: Texts,
        franchise: Optional[Union[int, str, Named]] = None,
        email: Optional[str] = None,
        mobile: Optional[str] = None,
        employee_alias: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Creates a user with any roles.

        Exactly one is created, also when the connection breaks. A number that is registered already is refused, with
        "persnr" in "fields". A company, department or franchise that is named is looked up in the remembered lists
        before anything is sent; a name that is not there, or that several have, is refused with those that there are.

        persnr: identity number
        first_name: first name
        last_name: last name
        company: the company
        department: the department
        roles: scheme, underscore, kind (ka candidate, ba, tl), as ["afr_ka"]
        franchise: the franchise; "" is the same as leaving it out
        email: e-mail address; "" is the same as leaving it out
        mobile: 8 digits, without +47 and spaces; "" is the same as leaving it out
        employee_alias: the employer's own id of the person; "" is the same as leaving it out
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.create_candidate")
    def create_candidate(
        self,
        *,
        persnr: str,
        first_name: str,
        last_name: str,
        company: Union[int, str, Named],
        department: Union[int, str, Named],
        schemes: Texts,
        franchise: Optional[Union[int, str, Named]] = None,
        email: Optional[str] = None,
        mobile: Optional[str] = None,
        employee_alias: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Creates a candidate, signed up to one or more schemes.

        As users.create, with the role ka in each scheme.

        persnr: identity number
        first_name: first name
        last_name: last name
        company: the company
        department: the department
        schemes: codes of the schemes, as ["afr", "krd"]
        franchise: the franchise; "" is the same as leaving it out
        email: e-mail address; "" is the same as leaving it out
        mobile: 8 digits, without +47 and spaces; "" is the same as leaving it out
        employee_alias: the employer's own id of the person; "" is the same as leaving it out
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.create_ba")
    def create_ba(
        self,
        *,
        persnr: str,
        first_name: str,
        last_name: str,
        company: Union[int, str, Named],
        department: Union[int, str, Named],
        schemes: Texts,
        franchise: Optional[Union[int, str, Named]] = None,
        email: Optional[str] = None,
        mobile: Optional[str] = None,
        employee_alias: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Creates a BA (bedriftsansvarlig), who administers candidates.

        As users.create, with the role ba in each scheme.

        persnr: identity number
        first_name: first name
        last_name: last name
        company: the company
        department: the department
        schemes: codes of the schemes, as ["afr", "krd"]
        franchise: the franchise; "" is the same as leaving it out
        email: e-mail address; "" is the same as leaving it out
        mobile: 8 digits, without +47 and spaces; "" is the same as leaving it out
        employee_alias: the employer's own id of the person; "" is the same as leaving it out
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.create_tl")
    def create_tl(
        self,
        *,
        persnr: str,
        first_name: str,
        last_name: str,
        company: Union[int, str, Named],
        department: Union[int, str, Named],
        schemes: Texts,
        franchise: Optional[Union[int, str, Named]] = None,
        email: Optional[str] = None,
        mobile: Optional[str] = None,
        employee_alias: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Creates a TL (testleder), who gives candidates access to an exam.

        As users.create, with the role tl in each scheme.

        persnr: identity number
        first_name: first name
        last_name: last name
        company: the company
        department: the department
        schemes: codes of the schemes, as ["afr", "krd"]
        franchise: the franchise; "" is the same as leaving it out
        email: e-mail address; "" is the same as leaving it out
        mobile: 8 digits, without +47 and spaces; "" is the same as leaving it out
        employee_alias: the employer's own id of the person; "" is the same as leaving it out
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.update")
    def update(
        self,
        *,
        changes: UserChanges,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Changes a user's demographic data.

        One request for a person whose user id is known or remembered, two otherwise; new roles cost one more, as they
        are read before they are written. An unknown name in "changes" is refused. The reply's "warnings" tell what
        the server does not show as it was sent.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        changes: what to change, all of it at once: {"first_name", "last_name", "email", "mobile", "employee_alias",
            "persnr", "company": the department's own, "department", "franchise", "add_roles", "add_schemes", "other"}
        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the changed user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.add_role")
    def add_role(
        self,
        *,
        role: str,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Gives a user an additional role.

        Reads the user's roles and writes them back with the new one; a role that is there already costs no second
        request. Calls for one person wait for each other, in all processes that share the state.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        role: scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba"
        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.enroll")
    def enroll(
        self,
        *,
        schemes: Texts,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Signs a candidate up to one or more schemes.

        As users.add_role, with the role ka in each scheme. Where the roles are all there already, the latest status
        is looked up instead, without a request where everybody's were read within 15 minutes: if the person is
        withdrawn or on hold, the reply's last member "warnings", a list of {"code", "message"}, says so.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        schemes: codes of the schemes, as ["krd"]
        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.move")
    def move(
        self,
        *,
        department: Union[int, str, Named],
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        company: Optional[Union[int, str, Named]] = None,
        franchise: Optional[Union[int, str, Named]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> User:
        """Moves a user to another department.

        Without "company", the department's own company is looked up (and remembered).

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        department: the department
        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        company: the company; default: the department's own
        franchise: the franchise
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the user. Reply: User (finaut.replies, docs/objects.md).
        """

    @operation("users.ensure")
    def ensure(
        self,
        *,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        first_name: Optional[str] = None,
        last_name: Optional[str] = None,
        email: Optional[str] = None,
        mobile: Optional[str] = None,
        company: Optional[Union[int, str, Named]] = None,
        department: Optional[Union[int, str, Named]] = None,
        franchise: Optional[Union[int, str, Named]] = None,
        schemes: Optional[Texts] = None,
        roles: Optional[Texts] = None,
        start_date: Optional[str] = None,
        end_date: Optional[str] = None,
        status: Optional[str] = None,
        confidential: Optional[bool] = None,
        fields: Optional[Mapping[str, Any]] = None,
        dry_run: Optional[bool] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> EnsuredUser:
        """Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing.

        Compares as the nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first
        zero make no difference, and what is not given stays as it is. The person is looked up by persnr, and only
        where nobody has that by employee_alias; a change is one request more, and so is a creation. It never puts
        anybody on hold, withdraws them, takes a role away, or moves them between companies. Where it is not certain
        who the person is, or another user has the alias, it is refused and nothing is written. Calling it twice
        changes nothing the second time. Whether somebody who has a role is withdrawn is not looked up; users.enroll
        tells.

        persnr: identity number, as HR writes it; "" is the same as leaving it out
        employee_alias: the employer's own id of the person; "" is the same as leaving it out
        first_name: first name; "" is the same as leaving it out
        last_name: last name; "" is the same as leaving it out
        email: e-mail address; "" is the same as leaving it out
        mobile: mobile number; "" is the same as leaving it out
        company: the company; "" is the same as leaving it out; default: the department's own
        department: the department; needed to create somebody; "" is the same as leaving it out
        franchise: the franchise; "" is the same as leaving it out
        schemes: schemes to be a candidate in, as ["afr"]
        roles: roles besides, as ["afr_ba"]
        start_date: the first day, as "2026-01-31" or "31.01.2026"; nobody is created before it; "" is the same as
            leaving it out
        end_date: the last day; after it nothing is written; "" is the same as leaving it out
        status: "active", "leave" or "left"; of who has left nothing is written; "" is the same as leaving it out
        confidential: true: the person is kept out; nothing is looked up or written; default false
        fields: what is written of each field, as {"email": "create"}: "always", "create" (only for somebody new) or
            "never"; default: "always" for each field that is given
        dry_run: true: nothing is written; the reply says what would be; default false
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"did": nothing, created, updated, would_create or would_update, "changes": {field: [before, after],
        …, "roles": {"add": […]}}, "user": the user, or None}. Reply: EnsuredUser (finaut.replies, docs/objects.md).
        """

    @operation("users.hold")
    def hold(
        self,
        *,
        scheme: str,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        date: Optional[Union[datetime.date, str]] = None,
        comment: Optional[str] = None,
        set_by: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> UserStatus:
        """Sets a user on hold in a scheme.

        Active statuses are set by FinAut's own processes and cannot be set here.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        scheme: the scheme's code, as "afr"
        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        date: from when; default: today in Norway
        comment: for people to read; "" is the same as leaving it out
        set_by: the user who sets it; default: the configuration's; without either the call is refused, as the
            register must not say that the person did it
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new user status. Reply: UserStatus (finaut.replies, docs/objects.md).
        """

    @operation("users.withdraw")
    def withdraw(
        self,
        *,
        scheme: str,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        date: Optional[Union[datetime.date, str]] = None,
        comment: Optional[str] = None,
        set_by: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> UserStatus:
        """Withdraws a user from a scheme.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        scheme: the scheme's code, as "afr"
        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        date: from when; default: today in Norway
        comment: for people to read; "" is the same as leaving it out
        set_by: the user who sets it; default: the configuration's; without either the call is refused, as the
            register must not say that the person did it
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new user status. Reply: UserStatus (finaut.replies, docs/objects.md).
        """


class Companies(Group):
    """companies.*"""

    @operation("companies.list")
    def list(
        self,
        *,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> CompanyList:
        """Lists the companies that the account may see.

        Remembered for the configuration's cache_s unless "page" or "fresh" is given.

        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [company, …]}. Reply: CompanyList (finaut.replies, docs/objects.md).
        """

    @rows_of("companies.list")
    def iterate(
        self,
        *,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[Company]:
        """Lists the companies that the account may see.

        Remembered for the configuration's cache_s unless "page" or "fresh" is given.

        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what list() returns under "results", each once, and asks for a page only when its first row
        is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and
        2). Only list() tells how many rows may be missing.
        """

    @operation("companies.get")
    def get(
        self,
        *,
        id: Union[int, str],
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Company:
        """Retrieves one company.

        Remembered for the configuration's cache_s unless "fresh" is given.

        id: the object's own id
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the company. Reply: Company (finaut.replies, docs/objects.md).
        """


class Departments(Group):
    """departments.*"""

    @operation("departments.list")
    def list(
        self,
        *,
        company: Optional[Union[int, str, Named]] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> DepartmentList:
        """Lists the departments that the account may see, or those of one company.

        Remembered for the configuration's cache_s unless "page" or "fresh" is given.

        company: only this company's
        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [department, …]}. Reply: DepartmentList (finaut.replies,
        docs/objects.md).
        """

    @rows_of("departments.list")
    def iterate(
        self,
        *,
        company: Optional[Union[int, str, Named]] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[Department]:
        """Lists the departments that the account may see, or those of one company.

        Remembered for the configuration's cache_s unless "page" or "fresh" is given.

        company: only this company's
        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what list() returns under "results", each once, and asks for a page only when its first row
        is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and
        2). Only list() tells how many rows may be missing.
        """

    @operation("departments.get")
    def get(
        self,
        *,
        id: Union[int, str],
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Department:
        """Retrieves one department.

        Remembered for the configuration's cache_s unless "fresh" is given.

        id: the object's own id
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the department. Reply: Department (finaut.replies, docs/objects.md).
        """


class Schemes(Group):
    """schemes.*"""

    @operation("schemes.list")
    def list(
        self,
        *,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SchemeList:
        """Lists the authorisation schemes.

        Remembered for the configuration's cache_s unless "fresh" is given.

        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [scheme, …]}. Reply: SchemeList (finaut.replies, docs/objects.md).
        """


class Userstatus(Group):
    """userstatus.*"""

    @operation("userstatus.list")
    def list(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        scheme: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> UserStatusList:
        """Lists the status history: every change is a record of its own.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        scheme: only this scheme's, picked out here; the server has no such filter
        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [user status, …]}. Reply: UserStatusList (finaut.replies,
        docs/objects.md).
        """

    @rows_of("userstatus.list")
    def iterate(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        scheme: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[UserStatus]:
        """Lists the status history: every change is a record of its own.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        scheme: only this scheme's, picked out here; the server has no such filter
        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what list() returns under "results", each once, and asks for a page only when its first row
        is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and
        2). Only list() tells how many rows may be missing.
        """

    @operation("userstatus.latest")
    def latest(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        scheme: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> UserStatusList:
        """Lists the current status in each scheme.

        That of everybody is kept here: it is read once, and then brought up to date with the end of the history, by
        one request on a day without changes; "as_of" says when. A reading that ends early, by an error or with its
        process, is gone on with by the next call. With "fresh" it is read anew.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        scheme: only this scheme's, picked out here; the server has no such filter
        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [user status, …]}; of everybody also "as_of". Reply: UserStatusList
        (finaut.replies, docs/objects.md).
        """

    @rows_of("userstatus.latest")
    def iterate_latest(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        scheme: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[UserStatus]:
        """Lists the current status in each scheme.

        That of everybody is kept here: it is read once, and then brought up to date with the end of the history, by
        one request on a day without changes; "as_of" says when. A reading that ends early, by an error or with its
        process, is gone on with by the next call. With "fresh" it is read anew.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        scheme: only this scheme's, picked out here; the server has no such filter
        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what latest() returns under "results", each once, and asks for a page only when its first
        row is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages
        and 2). Only latest() tells how many rows may be missing.
        """

    @operation("userstatus.get")
    def get(
        self,
        *,
        id: Union[int, str],
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> UserStatus:
        """Retrieves one user status.

        id: the object's own id
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the user status. Reply: UserStatus (finaut.replies, docs/objects.md).
        """

    @operation("userstatus.create")
    def create(
        self,
        *,
        appname: str,
        user: Union[int, str],
        status: SettableStatus,
        reason: Optional[str] = None,
        status_set_by: Optional[Union[int, str]] = None,
        status_date: Optional[Union[datetime.date, str]] = None,
        comment: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> UserStatus:
        """Creates a user status from the server's own fields.

        users.hold and users.withdraw do the same for a person named in any way.

        appname: the scheme's code, as "afr"
        user: the user
        status: "hvilende" (on hold) or "utmeldt" (withdrawn)
        reason: the reason; "" is the same as leaving it out; default: the same word as in "status"
        status_set_by: the user who sets it; default: the configuration's set_by; without either the call is refused
        status_date: from when; default: today in Norway
        comment: for people to read; "" is the same as leaving it out
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new user status. Reply: UserStatus (finaut.replies, docs/objects.md).
        """


class Results(Group):
    """results.*"""

    @operation("results.list")
    def list(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        from_date: Optional[Union[datetime.date, str]] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> ResultList:
        """Lists exam results: all, one person's, or those created from a date on.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        from_date: created on this date or later
        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [result, …]}. Reply: ResultList (finaut.replies, docs/objects.md).
        """

    @rows_of("results.list")
    def iterate(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        from_date: Optional[Union[datetime.date, str]] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[Result]:
        """Lists exam results: all, one person's, or those created from a date on.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        from_date: created on this date or later
        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what list() returns under "results", each once, and asks for a page only when its first row
        is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and
        2). Only list() tells how many rows may be missing.
        """

    @operation("results.get")
    def get(
        self,
        *,
        id: Union[int, str],
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Result:
        """Retrieves one exam result.

        id: the object's own id
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the result. Reply: Result (finaut.replies, docs/objects.md).
        """


class CompetencyResults(Group):
    """competency_results.*"""

    @operation("competency_results.list")
    def list(
        self,
        *,
        encrypted_user_id: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> CompetencyResultList:
        """Lists completed courses: all, or one linked person's.

        encrypted_user_id: the encrypted user id from the link flow
        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [competency result, …]}. Reply: CompetencyResultList
        (finaut.replies, docs/objects.md).
        """

    @rows_of("competency_results.list")
    def iterate(
        self,
        *,
        encrypted_user_id: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[CompetencyResult]:
        """Lists completed courses: all, or one linked person's.

        encrypted_user_id: the encrypted user id from the link flow
        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what list() returns under "results", each once, and asks for a page only when its first row
        is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and
        2). Only list() tells how many rows may be missing.
        """

    @operation("competency_results.get")
    def get(
        self,
        *,
        id: Union[int, str],
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> CompetencyResult:
        """Retrieves one completed course.

        id: the object's own id
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the competency result. Reply: CompetencyResult (finaut.replies, docs/objects.md).
        """

    @operation("competency_results.create")
    def create(
        self,
        *,
        goal: Union[int, str],
        passed_date: Union[datetime.date, str],
        encrypted_user_id: Optional[str] = None,
        ext_user_id: Optional[str] = None,
        external_system: Optional[str] = None,
        external_id: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> CompetencyResult:
        """Reports a completed course of a linked person.

        Exactly one is created, also when the connection breaks.

        goal: number of the goal that was reached
        passed_date: when
        encrypted_user_id: the encrypted user id from the link flow
        ext_user_id: or the person's id on your side, where the link's event came through the inbox
        external_system: name of the reporting system; "" is the same as leaving it out
        external_id: its own id of the course; "" is the same as leaving it out
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the new competency result. Reply: CompetencyResult (finaut.replies, docs/objects.md).
        """


class Employment(Group):
    """employment.*"""

    @operation("employment.get")
    def get(
        self,
        *,
        id: Union[int, str],
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> EmploymentRecord:
        """Retrieves one employment record.

        id: the object's own id
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the employment record. Reply: EmploymentRecord (finaut.replies, docs/objects.md).
        """


class Link(Group):
    """link.*"""

    @operation("link.url")
    def url(
        self,
        *,
        ext_user_id: str,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> LinkUrl:
        """Makes the address to which a person's browser is sent to be linked.

        No request is sent. The configuration's "link_url" must be set.

        ext_user_id: the person's id on your side
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"url"}. Reply: LinkUrl (finaut.replies, docs/objects.md).
        """


class Webhook(FromWebServers):
    """webhook.*"""

    @operation("webhook.accept")
    def accept(
        self,
        *,
        body: Optional[Any] = None,
        body_base64: Optional[str] = None,
        headers: Optional[Mapping[str, Any]] = None,
        path: Optional[str] = None,
        method: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> WebhookAccepted:
        """Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own.

        No request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and
        with 503 if this fails: then it comes again. What arrived is on the disk when this returns; fetch it with
        inbox.next.

        body: the body as it came
        body_base64: or in base64, where it may be no text in your encoding
        headers: names and values; how the names are spelt does not matter
        path: the path, needed if a "path_secret" is configured
        method: the method that it came by; default "POST"
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your
        log. Reply: WebhookAccepted (finaut.replies, docs/objects.md).
        """

    @operation("webhook.parse")
    def parse(
        self,
        *,
        body: Optional[Any] = None,
        body_base64: Optional[str] = None,
        headers: Optional[Mapping[str, Any]] = None,
        path: Optional[str] = None,
        method: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> WebhookParsed:
        """Tells what a webhook brought, and keeps nothing.

        No request is sent. What it says is the sender's word alone.

        body: the body as it came
        body_base64: or in base64, where it may be no text in your encoding
        headers: names and values; how the names are spelt does not matter
        path: the path, needed if a "path_secret" is configured
        method: the method that it came by; default "POST"
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"http_status", "reason", "objects": [{"kind", "object"}, …], "signed", "correlation_id"}. Reply:
        WebhookParsed (finaut.replies, docs/objects.md).
        """


class Inbox(Events):
    """inbox.*"""

    @operation("inbox.next")
    def next(
        self,
        *,
        wait_s: Optional[float] = None,
        lease_s: Optional[float] = None,
        kind: Optional[EventKind] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Optional[InboxEvent]:
        """Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.

        Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What
        webhooks said is asked of the API first (configuration "inbox", "verify"), within this call. Events of one
        object come one after the other.

        wait_s: how long to wait for one; default 0
        lease_s: how long it is kept from other callers; default 300
        kind: "result", "userstatus", "link" or "unknown" only
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"event": number, "kind", "object", "verified", "received", "deliveries"}, or None when there is none;
        "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown.
        Reply: InboxEvent or None (finaut.replies, docs/objects.md).
        """

    @operation("inbox.acknowledge")
    def acknowledge(
        self,
        *,
        event: Union[int, str],
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SettledEvent:
        """Says that an event is done with; it does not come again.

        No request is sent. Acknowledging twice does no harm.

        event: the event's number
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"event"}. Reply: SettledEvent (finaut.replies, docs/objects.md).
        """

    @operation("inbox.list")
    def list(
        self,
        *,
        after: Optional[int] = None,
        most: Optional[int] = None,
        kind: Optional[EventKind] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> InboxList:
        """Shows what is in the inbox and how much of it waits, without taking anything.

        No request is sent.

        after: only events with higher numbers
        most: how many events, at most 1000; default 100
        kind: "result", "userstatus", "link" or "unknown" only
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event with "state",
        "holder", "lease_ends_in_s" and "last_error", …]}; "unverified" webhooks wait to be asked about; "unreadable"
        events were kept under another client_secret; "state" is waiting, leased, acknowledged or dropped. Reply:
        InboxList (finaut.replies, docs/objects.md).
        """

    @operation("inbox.requeue")
    def requeue(
        self,
        *,
        event: Union[int, str],
        reason: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SettledEvent:
        """Gives an event back: it comes again at once, to whom asks next.

        No request is sent. For an event whose handling failed, or whose holder is gone; also for one that was
        acknowledged or dropped and is still kept.

        event: the event's number
        reason: why, in at most 1000 characters; inbox.list and inbox.status tell it as "last_error"; "" is the same
            as leaving it out
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"event"}. Reply: SettledEvent (finaut.replies, docs/objects.md).
        """

    @operation("inbox.drop")
    def drop(
        self,
        *,
        event: Union[int, str],
        reason: str,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SettledEvent:
        """Says that an event that cannot be handled is done with, and why; it does not come again.

        No request is sent. The event and the reason are kept as long as acknowledged events are; inbox.requeue brings
        it back until then.

        event: the event's number
        reason: why, in at most 1000 characters; inbox.list tells it as "last_error"
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"event"}. Reply: SettledEvent (finaut.replies, docs/objects.md).
        """

    @operation("inbox.status")
    def status(
        self,
        *,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> InboxStatus:
        """Tells how the inbox fares: how long the oldest event has waited, and who has which event.

        No request is sent, and no object is told: for monitoring.

        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"waiting", "leased", "acknowledged", "unverified", "unreadable", "oldest_s", "oldest_unverified_s",
        "taken": [{"event", "kind", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error"},
        …]}; "taken" are the first 100 events that were given out and are not acknowledged. Reply: InboxStatus
        (finaut.replies, docs/objects.md).
        """

    @operation("inbox.poll")
    def poll(
        self,
        *,
        since: Optional[Union[datetime.date, str]] = None,
        kind: Optional[PolledKind] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> PollCounts:
        """Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks.

        Reads from two days before the last poll on; the first time, from two days ago or before "since". Results are
        found when they were created, or changed within two days of that: the API cannot be asked for later changes,
        which only webhooks tell of. The first poll of user statuses reads their whole history, one request for each
        100; later ones read its end. What is read is kept page by page: a poll that ends with throttled is gone on
        with by the next call.

        since: results and statuses from this date on; default: those since the last poll
        kind: "result" or "userstatus" only
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took.
        Reply: PollCounts (finaut.replies, docs/objects.md).
        """


class Sync(Group):
    """sync.*"""

    @operation("sync.init")
    def init(
        self,
        *,
        file: Any,
        language: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncProposal:
        """Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is
        written.

        Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people.
        What only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose
        names begin with "//"; sync.plan leaves them out. Costs one request for each 100 people, companies and
        departments, and one for the schemes. A relative path is that of the process. No identity number and no name
        of a person is in the reply.

        file: the HR file: its path, or an object as the profile's "file" with what is known already, as {"path": "…",
            "encoding": "cp865"}
        language: the language of the comments: "no" or "en"; default "en"
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"profile": the profile, with comments, "fill_in": pointers into it, "file", "columns": [{"header",
        "field", "by", "filled"}, …], "basis", "counts", "problems": [{"problem", "says", "rows"}, …]}. Reply:
        SyncProposal (finaut.replies, docs/objects.md).
        """

    @operation("sync.plan")
    def plan(
        self,
        *,
        profile: Optional[Mapping[str, Any]] = None,
        profile_file: Optional[str] = None,
        file: Optional[Any] = None,
        people: Optional[Any] = None,
        only: Optional[SyncPlanOnly] = None,
        names: Optional[bool] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncPlan:
        """Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing
        is written.

        The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it.
        FinAut is read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For
        "only" one person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the
        next free request is further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says
        when to call again: what was read is kept. The configuration needs "state".

        profile: the profile
        profile_file: path of the profile's file, in place of "profile"
        file: the HR file: a path, or an object whose members replace those of the profile's "file"
        people: the rows as a list of objects, in place of a file
        only: one person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
            "encrypted_user_id"}; default: everybody
        names: false: people's names are left out, and those among the values that change; identity numbers always
            are; default true
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"plan": its id, "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps",
        "problems", "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s"}. Reply: SyncPlan
        (finaut.replies, docs/objects.md).
        """

    @operation("sync.run")
    def run(
        self,
        *,
        profile: Optional[Mapping[str, Any]] = None,
        profile_file: Optional[str] = None,
        file: Optional[Any] = None,
        people: Optional[Any] = None,
        only: Optional[SyncRunOnly] = None,
        retry: Optional[Any] = None,
        dry_run: Optional[bool] = None,
        until: Optional[str] = None,
        names: Optional[bool] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncRun:
        """Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds.

        What cron calls each hour of the night: it reads, compares and writes, one merged request for a person who
        changes. A run that was killed, or that waits for free requests ("state": "waiting"), is gone on with by
        calling it again. The first run of a profile, and of a changed one, only plans: sync.apply approves. One row
        that cannot be applied never stops the others; what the server refuses is not sent again for seven days, or
        until the row changes. The configuration needs "state".

        profile: the profile
        profile_file: path of the profile's file, in place of "profile"
        file: the HR file: a path, or an object whose members replace those of the profile's "file"
        people: the rows as a list of objects, in place of a file
        only: one person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
            "encrypted_user_id"}; default: everybody
        retry: what was refused before is sent again: true for everybody's, or a list of employee aliases
        dry_run: true: only plan; default false
        until: when no further step begins: a time of day in Norway as "06:30", or a moment as
            "2026-11-28T06:30:00+01:00"; default: the profile's
        names: false: people's names are left out, and those among the values that change; identity numbers always
            are; default true
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the plan's members, besides "run": its id, "requests", "failures", and in "counts" how many steps are
        done, refused, failed, doubtful, drifted and left. Reply: SyncRun (finaut.replies, docs/objects.md).
        """

    @operation("sync.apply")
    def apply(
        self,
        *,
        plan: str,
        approve: Any,
        by: str,
        why: str,
        profile: Optional[Mapping[str, Any]] = None,
        profile_file: Optional[str] = None,
        file: Optional[Any] = None,
        people: Optional[Any] = None,
        only: Optional[SyncRunOnly] = None,
        until: Optional[str] = None,
        names: Optional[bool] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncRun:
        """Approves of a plan what a person has reviewed, and carries it out.

        An approval belongs to the steps that were reviewed, not to their number: it counts for this run and any later
        one, for 14 days after the plan was made. "approve" names kinds ("create", "update", "hold", "withdraw"),
        rails, fields, or steps ("s3"). Who approved and why stands in the audit.

        plan: the id of the plan that was reviewed
        approve: what of it: a list of kinds, rails, fields or steps
        by: who approves
        why: why
        profile: the profile
        profile_file: path of the profile's file, in place of "profile"
        file: the HR file: a path, or an object whose members replace those of the profile's "file"
        people: the rows as a list of objects, in place of a file
        only: one person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
            "encrypted_user_id"}; default: everybody
        until: when no further step begins: a time of day in Norway as "06:30", or a moment as
            "2026-11-28T06:30:00+01:00"; default: the profile's
        names: false: people's names are left out, and those among the values that change; identity numbers always
            are; default true
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns as sync.run's. Reply: SyncRun (finaut.replies, docs/objects.md).
        """

    @operation("sync.status")
    def status(
        self,
        *,
        profile: Optional[Any] = None,
        profile_file: Optional[str] = None,
        run: Optional[str] = None,
        max_age_h: Optional[int] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncStatus:
        """Tells how the sync of a profile stands: for monitoring.

        No request is sent. Needs the profile's name only. With "max_age_h" it fails with stale where no run was
        completed in so many hours.

        profile: the profile's name, or the profile itself; default: "default", the name of a profile without one
        profile_file: path of the profile's file, in place of "profile"
        run: id of a run or of a plan; default: the last one
        max_age_h: how many hours ago the last completed run may have ended
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done",
        "last_accepted_file", "oldest_open", "error"}; None is what there was none of. Reply: SyncStatus
        (finaut.replies, docs/objects.md).
        """

    @operation("sync.report")
    def report(
        self,
        *,
        profile: Optional[Any] = None,
        profile_file: Optional[str] = None,
        run: Optional[str] = None,
        from_: Optional[Union[datetime.date, str]] = None,
        to: Optional[Union[datetime.date, str]] = None,
        what: Optional[str] = None,
        format: Optional[str] = None,
        language: Optional[str] = None,
        path: Optional[str] = None,
        names: Optional[bool] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncReport:
        """Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan
        wants: as text, a page, CSV or JSON.

        No request is sent. Needs the profile's name only. "run" is the report of a run; for the id of a plan, the
        plan itself, which is what to look at before approving it. "period" is about the days from "from" to "to": who
        was entered, who left and by which rule, who approved what, what has been open for more than 30 days. "undo"
        lists each withdrawal and hold of a run or of such days, with what Norsk Test needs to put people back. A plan
        is kept, sealed, for 14 days, what runs did for 90. Why somebody is on hold is in no report. A file is written
        so that only its owner may read it: whole or not at all.

        profile: the profile's name, or the profile itself; default: "default", the name of a profile without one
        profile_file: path of the profile's file, in place of "profile"
        run: id of a run or of a plan; default: the last one
        from_: first day of "period" or "undo"; default: 30 days before "to"
        to: last day of them; default: today in Norway
        what: what it is about: "run", "period" or "undo"; default "run"
        format: "json", "text", "html" or "csv"; default "json"
        language: "no" or "en"; default "no"
        path: where to write it; default: nowhere: it is in the reply
        names: false: people's names are left out, and those among the values that change; identity numbers always
            are; default true
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"run", "profile", "what", "from", "to", "format", "language", "path", "text"}; "text" is None where
        it was written to "path". Reply: SyncReport (finaut.replies, docs/objects.md).
        """

    @operation("sync.export")
    def export(
        self,
        *,
        what: str,
        profile: Optional[Any] = None,
        profile_file: Optional[str] = None,
        format: Optional[str] = None,
        path: Optional[str] = None,
        since: Optional[Union[datetime.date, str]] = None,
        encoding: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncExport:
        """Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON.

        Rows name people by the employer's own id and FinAut's number; people who are confidential in the HR file are
        left out. "authorisations": where they differ from what HR wants, as the last run found, without a request.
        "statuses": everybody's as a candidate; without a request within 15 minutes after a run, else one for each 100
        people and one more. "history": the records since a day, one request and one for each 100 of them. "results":
        those since the last export and two days before, the first time all; a "since" that leaves days out does not
        count as an export. "unknown_to_hr": a file for the sync itself, in which a person marks as "left" those who
        have left; only who has no employee_alias of their own is named in it by the identity number. A letter that
        the encoding lacks is an error, and nothing is written. A CSV cell that a spreadsheet would take for a formula
        begins with an apostrophe.

        what: "authorisations", "statuses", "history", "results" or "unknown_to_hr"
        profile: the profile's name, or the profile itself; default: "default", the name of a profile without one
        profile_file: path of the profile's file, in place of "profile"
        format: "csv" or "json"; default "csv"
        path: where to write it; default: nowhere: it is in the reply
        since: "history" and "results" from this day on; "history" needs it
        encoding: the file's encoding: "utf-8", "utf-8-bom", "windows-1252", "iso-8859-15", "cp850", "cp865" or
            another of one byte for each character; default: the configuration's; for "unknown_to_hr" utf-8-bom where
            that is UTF-8
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text"};
        "text" is None where it was written to "path". Reply: SyncExport (finaut.replies, docs/objects.md).
        """

    @operation("sync.forget")
    def forget(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        profile: Optional[Any] = None,
        profile_file: Optional[str] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> SyncForgotten:
        """Erases what the syncs of a profile keep of a person.

        For a person who asks for it (GDPR, article 17). That FinAut's user of this number was seen in an HR file is
        kept; the lines of the audit stay, and are counted. No request is sent where the person is named by "id".

        The person is named by one of id, persnr, employee_alias and encrypted_user_id.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        profile: the profile's name, or the profile itself; default: "default", the name of a profile without one
        profile_file: path of the profile's file, in place of "profile"
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"id", "was_seen", "plans": how many kept plans named the person, "audit_lines": how many lines stay}.
        Reply: SyncForgotten (finaut.replies, docs/objects.md).
        """


class Journal(Group):
    """journal.*"""

    @operation("journal.list")
    def list(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        since: Optional[Union[datetime.date, str]] = None,
        until: Optional[Union[datetime.date, str]] = None,
        job: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        call_id: Optional[str] = None,
    ) -> JournalLineList:
        """Lists the changes that were sent to the server: by whom, when, and with what outcome.

        The newest first, 100 on a page. No request is sent, but one where the person is named otherwise than by "id"
        and is not remembered. A line is on the disk before its request is sent, where the configuration has "state";
        it holds no identity number, no name and no value. Of a process that was killed, the outcome is "unknown"
        until it is settled. Reports of completed courses are found by job and time, not by person: they name nobody
        by number.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        since: changes from then on; a date is its beginning in Norway
        until: changes before then; a date is its end in Norway
        job: changes of this job only; default: those of any job
        page: one page only: its number, or what "next_page" says of the page before; default: all pages
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"count", "next_page", "results": [{"id": the line's number, "at": time, "operation", "job", "method",
        "path", "object_id", "user_id", "fields": names, "outcome", "code", "http_status", "ended_at", "machine",
        "process", "os_user", "correlation_id"}, …]}; "outcome" is done, refused (it had no effect; "code" says why),
        unknown or under_way. Reply: JournalLineList (finaut.replies, docs/objects.md).
        """

    @rows_of("journal.list")
    def iterate(
        self,
        *,
        id: Optional[Union[int, str]] = None,
        persnr: Optional[str] = None,
        employee_alias: Optional[str] = None,
        encrypted_user_id: Optional[str] = None,
        since: Optional[Union[datetime.date, str]] = None,
        until: Optional[Union[datetime.date, str]] = None,
        job: Optional[str] = None,
        page: Optional[Union[int, str]] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        call_id: Optional[str] = None,
    ) -> Iterator[JournalLine]:
        """Lists the changes that were sent to the server: by whom, when, and with what outcome.

        The newest first, 100 on a page. No request is sent, but one where the person is named otherwise than by "id"
        and is not remembered. A line is on the disk before its request is sent, where the configuration has "state";
        it holds no identity number, no name and no value. Of a process that was killed, the outcome is "unknown"
        until it is settled. Reports of completed courses are found by job and time, not by person: they name nobody
        by number.

        The person is named by one of id, persnr, employee_alias and encrypted_user_id, or by none of them.

        id: FinAut's user id
        persnr: identity number
        employee_alias: the employer's own id of the person
        encrypted_user_id: the encrypted user id from the link flow
        since: changes from then on; a date is its beginning in Norway
        until: changes before then; a date is its end in Norway
        job: changes of this job only; default: those of any job
        page: the page to begin with; default 1
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Yields row for row what list() returns under "results", each once, and asks for a page only when its first row
        is wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and
        2). Only list() tells how many rows may be missing.
        """


class Operations:
    """All of them, as a client has them."""

    @configuration
    def __init__(
        self,
        *,
        client_id: Optional[str] = None,
        client_secret: Optional[str] = None,
        client_secret_file: Optional[Union[str, "os.PathLike[str]"]] = None,
        previous_client_secret: Optional[str] = None,
        host: Optional[str] = None,
        state: Optional[Union[str, "os.PathLike[str]"]] = None,
        timeout_s: Optional[float] = None,
        connect_timeout_s: Optional[float] = None,
        max_wait_s: Optional[float] = None,
        settle_s: Optional[float] = None,
        late_s: Optional[float] = None,
        throttle: Optional[Mapping[str, Any]] = None,
        scope: Optional[str] = None,
        proxy: Optional[str] = None,
        ca_file: Optional[Union[str, "os.PathLike[str]"]] = None,
        encoding: Optional[str] = None,
        cache_s: Optional[float] = None,
        link_url: Optional[str] = None,
        set_by: Optional[Union[int, str]] = None,
        job: Optional[str] = None,
        journal_days: Optional[int] = None,
        observe_s: Optional[float] = None,
        inbox: Optional[Mapping[str, Any]] = None,
        max_body_bytes: Optional[int] = None,
        user_agent: Optional[str] = None,
        on_event: Optional[Callable[[ProgressEvent], Any]] = None,
        progress_s: float = PROGRESS_S,
        parse_float: Callable[[str], Any] = float,
    ) -> None:
        """Makes a client. No request is sent yet.

        client_id: OAuth client id; default: the environment's FINAUT_CLIENT_ID
        client_secret: OAuth client secret; default: the environment's FINAUT_CLIENT_SECRET
        client_secret_file: path of a file that holds the client secret and nothing else, in place of "client_secret";
            it is read when the client is made
        previous_client_secret: the client secret before this one, after a change: what the state keeps under it is
            taken over at first use, and the old secret no longer opens it
        host: address of the server, without a path, else the environment's FINAUT_API_HOST; default
            "https://api.norsktest.no"
        state: path of a file that all processes of this machine share: token, used requests, what is remembered; a
            relative one is made absolute, as check and budget tell it; null: none, whatever the environment says;
            default: the environment's FINAUT_STATE, else the process's own memory
        timeout_s: longest time for one request, connecting included; default 30
        connect_timeout_s: longest time for connecting; default 10
        max_wait_s: longest time that a call waits for slots and retries; default 60
        settle_s: how long an object must stay absent before a broken creation is sent again; default 10
        late_s: how long after it was sent a slow server can still act on a creation: after a time-out, or if its
            process was killed, it is not sent again before; default 300
        throttle: the server's limit, and how many requests bulk calls leave to interactive ones: {"requests": 200,
            "per_s": 3600, "reserve": 0}
        scope: OAuth scope; default "read write"
        proxy: HTTP proxy as http://user:password@host:port, or "none"; default: the environment's HTTPS_PROXY or
            ALL_PROXY, unless NO_PROXY names the host (this machine itself is reached without)
        ca_file: PEM file of certificate authorities trusted besides the system's
        encoding: encoding of all text in and out: UTF-8; any of one byte for each character in the WHATWG Encoding
            Standard, as "windows-1252"; or "cp437", "cp850", "cp858", "cp865"; default "UTF-8"
        cache_s: how long schemes, companies and departments are remembered; default 86400
        link_url: address that starts the link flow, with {ext_user_id} in it
        set_by: the user who sets statuses (users.hold, users.withdraw, userstatus.create) where a call names nobody
        job: what the calls of this client are part of, as "nightly": stands in events, in the journal, in budget's
            "by" and in the User-Agent header
        journal_days: how long lines of the journal are kept; of several programs that share a state, the fewest days
            count; default 90
        observe_s: how often the observer is called while a call waits; by that call the C# and Python wrappers notice
            cancellation and signals; default 0.5
        inbox: whom the inbox believes and what it keeps: {"path_secret", "header": {"name", "value"}, "hmac_secret",
            "verify": "fetch", "verify_per_hour": 40, "keep_days": 30, "most": 10000}
        max_body_bytes: longest answer that is read, in bytes; default 8388608
        user_agent: User-Agent header; default "finaut/0.1.0"
        on_event: is called with each event: request, wait, token, page, retry; of a wait with the first and one every
            30 s (progress_s), and not of an inbox's wait for something new; runs in the thread that makes the call;
            what it raises ends the call and comes out of it
        progress_s: how often on_event is told of a wait that goes on; 30
        parse_float: what makes a number with decimals from its digits, as decimal.Decimal; float
        """

    @operation("budget")
    def budget(
        self,
        *,
        requests: Optional[int] = None,
        history: Optional[bool] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Budget:
        """Tells how many requests are left, who used the others, and when more will be.

        No request is sent. What other programs use on the same account is not known here before the server refuses
        something.

        requests: when would so many more be through?
        history: true: what became of each hour's requests, of the last 48; default false
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "by": [{"job",
        "operation", "machine", "used"}, …]}; with "requests", {"requests", "through_s", "through_at"}; with
        "history", {"hours": [{"start", "requests", "retries", "waits", "refused"}, …]}. Reply: Budget
        (finaut.replies, docs/objects.md).
        """

    @operation("check")
    def check(
        self,
        *,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> AccountCheck:
        """Tries whether host and credentials are right.

        Costs one request.

        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns {"host", "client_id", "token_expires_in_s", "state"}; "state" is the state file's absolute path, or
        None. Reply: AccountCheck (finaut.replies, docs/objects.md).
        """

    @operation("request")
    def request(
        self,
        *,
        method: Method,
        path: str,
        query: Optional[Mapping[str, Any]] = None,
        body: Optional[Any] = None,
        max_wait_s: Optional[float] = None,
        priority: Optional[Priority] = None,
        fresh: Optional[bool] = None,
        job: Optional[str] = None,
        call_id: Optional[str] = None,
    ) -> Any:
        """Sends any request to the API, with token, throttle and retries.

        For what has no operation of its own. A POST or DELETE whose connection breaks ends with unknown_outcome:
        nothing is known by which to settle it.

        method: GET, POST, PUT, PATCH or DELETE
        path: below the API root, as "user/590496/"
        query: names and values; a list gives a name several times
        body: sent as it is
        max_wait_s: longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for
            each page; default: the configuration's
        priority: "interactive" may use the slots that "bulk" must leave; default "bulk"
        fresh: true: ask the server even where the answer is remembered; default false
        job: what the call is part of, as "nightly": stands in events, in the journal and in budget's "by"; default:
            the configuration's
        call_id: names this call, as no other that runs, for finaut_client_interrupt_call

        Returns the answer's body; None when it is empty, which only a change or status 204 may be. Reply: any
        (finaut.replies, docs/objects.md).
        """

    @property
    def users(self) -> Users:
        return Users(self)

    @property
    def companies(self) -> Companies:
        return Companies(self)

    @property
    def departments(self) -> Departments:
        return Departments(self)

    @property
    def schemes(self) -> Schemes:
        return Schemes(self)

    @property
    def userstatus(self) -> Userstatus:
        return Userstatus(self)

    @property
    def results(self) -> Results:
        return Results(self)

    @property
    def competency_results(self) -> CompetencyResults:
        return CompetencyResults(self)

    @property
    def employment(self) -> Employment:
        return Employment(self)

    @property
    def link(self) -> Link:
        return Link(self)

    @property
    def webhook(self) -> Webhook:
        return Webhook(self)

    @property
    def inbox(self) -> Inbox:
        return Inbox(self)

    @property
    def sync(self) -> Sync:
        return Sync(self)

    @property
    def journal(self) -> Journal:
        return Journal(self)


class Receivers:
    """What a client can do besides."""

    @receiver
    def receiver(
        self,
        *,
        listen: Optional[str] = None,
        paths: Optional[Texts] = None,
        open: Optional[bool] = None,
        health_path: Optional[str] = None,
        max_body_bytes: Optional[int] = None,
        max_connections: Optional[int] = None,
        request_timeout_s: Optional[float] = None,
    ) -> Receiver:
        """Listens for webhooks and the link flow's callbacks, and puts them into the client's inbox.

        The client's configuration needs "state"; its "inbox" says whom to believe.

        listen: address and port; with port 0 any that is free, and the reply tells which; default "127.0.0.1:8780"
        paths: list of paths; a configured "path_secret" follows after a slash; default ["/finaut/webhook",
            "/finaut/link"]
        open: true: starts although the client's "inbox" has no "path_secret", "header" or "hmac_secret", so that
            anybody who reaches it can fill the inbox with inventions; default false
        health_path: path at which GET and HEAD tell load balancers whether webhooks are taken now: 200, else 503; no
            secret is asked for there; default "/health"
        max_body_bytes: longest body; default 131072
        max_connections: most connections at a time, but no more than a quarter of the descriptors that the process
            may have; when there are more, the oldest that has sent no whole request goes; default 256
        request_timeout_s: longest time in which a request must have come; default 20

        Raises ConfigError, NetworkError (the address cannot be had), HandleError or StateError.
        """
