"""What calls return and take, as types: made from the library's catalogue by cargo xtask generate.

At run time each is a plain dict, whose fields stand in it as the server wrote them, those included that no type here has: nothing is
checked or left out. Each field's meaning and source (documented, seen, assumed) is in docs/objects.md of the project. What is assumed may
be missing at the real server, so that ``.get`` is the way to read it.
"""

import datetime
import sys
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple, Union

if TYPE_CHECKING or sys.version_info >= (3, 8):
    from typing import Literal, TypedDict
else:
    # Python 3.7 has neither: there a type is a dict of any fields, and a word a string.
    class _Plain(type):
        def __new__(mcs, name, bases, space, total=True):
            return super().__new__(mcs, name, bases or (dict,), space)

        def __init__(cls, name, bases, space, total=True):
            super().__init__(name, bases, space)

        def __call__(cls, *functional, **fields):
            return cls if functional else dict(**fields)

    class TypedDict(metaclass=_Plain):
        pass

    class _Words:
        def __getitem__(self, words):
            return str

    Literal = _Words()

#: A list of codes, as ["afr", "krd"]; a bare string is none.
Texts = Union[List[str], Tuple[str, ...]]

#: Which requests a call may use.
Priority = Literal["bulk", "interactive"]

#: How a request is sent.
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

#: What inbox.poll can be told to ask for alone.
PolledKind = Literal["result", "userstatus"]

#: The statuses that can be set: on hold, withdrawn.
SettableStatus = Literal["hvilende", "utmeldt"]

#: What an event is about.
EventKind = Literal["result", "userstatus", "link", "unknown"]

#: How an event stands.
EventState = Literal["waiting", "leased", "acknowledged", "dropped"]

#: The kinds of identity numbers.
PersnrKind = Literal["fodselsnummer", "d_number", "h_number"]

#: The rules by which an identity number is valid.
PersnrRule = Literal["1964", "2032"]

#: What users.ensure did.
Ensured = Literal["nothing", "created", "updated", "would_create", "would_update"]

#: What a step does.
SyncKind = Literal["withdraw", "hold", "update", "create"]

#: How far a step came in a run.
SyncStepState = Literal["left", "held", "done", "drifted", "refused", "failed", "doubtful"]


class Named(TypedDict):
    """A company, department or franchise that is looked up by its name."""

    name: str


class UserChanges(TypedDict, total=False):
    """The argument changes of users.update."""

    #: first name
    first_name: str
    #: last name
    last_name: str
    #: e-mail address; "" removes it
    email: str
    #: 8 digits, without +47 and spaces; "" removes it
    mobile: str
    #: the employer's own id of the person; "" removes it
    employee_alias: str
    #: identity number
    persnr: str
    #: the company, with "department" only
    company: Union[int, str, Named]
    #: the department
    department: Union[int, str, Named]
    #: the franchise; "" removes it
    franchise: Union[int, str, Named]
    #: new roles, as ["afr_ba"]; those that the user has stay
    add_roles: Texts
    #: schemes to sign up to as a candidate, as ["krd"]
    add_schemes: Texts
    #: names and values of fields that this library does not know, passed on as they are
    other: Mapping[str, Any]


class SyncPlanOnly(TypedDict, total=False):
    """The argument only of sync.plan."""

    #: FinAut's user id
    id: Union[int, str]
    #: identity number
    persnr: str
    #: the employer's own id of the person
    employee_alias: str
    #: the encrypted user id from the link flow
    encrypted_user_id: str


class SyncRunOnly(TypedDict, total=False):
    """The argument only of sync.run and of sync.apply."""

    #: FinAut's user id
    id: Union[int, str]
    #: identity number
    persnr: str
    #: the employer's own id of the person
    employee_alias: str
    #: the encrypted user id from the link flow
    encrypted_user_id: str


class _WorkFor(TypedDict):
    #: The company (seen)
    company: str
    #: The department (seen)
    department: str


class WorkFor(_WorkFor, total=False):
    """Where a person works: "work_for" of a User."""

    #: The franchise; null or missing if there is none (seen)
    franchise: Optional[str]


class _Role(TypedDict):
    #: The kind of role; where a role is an address alone, its last part tells scheme and kind (seen)
    usertype: str


class Role(_Role, total=False):
    """A role, where "userroles" of a User shows objects instead of addresses."""

    #: Address of the role (assumed)
    id: str
    #: The scheme's code (assumed)
    appname: str
    #: The company in which it holds (seen)
    company: str


class ReplyWarning(TypedDict):
    """One thing to know of a call that succeeded."""

    #: A stable word (library)
    code: str
    #: Whole sentences for a person, without identity numbers (library)
    message: str


class _User(TypedDict):
    #: Address of the user; its last part is the user id, which arguments take as "id" (seen)
    id: str
    #: Identity number, 11 digits (documented)
    persnr: str
    #: First name (seen)
    first_name: str
    #: Last name (seen)
    last_name: str
    #: E-mail address; "" or null if there is none (seen)
    email: Optional[str]
    #: 8 digits, without +47; "" or null if there is none (seen)
    mobile: Optional[str]
    #: The employer's own id of the person; "" or null if there is none; several people may have the same (documented)
    employee_alias: Optional[str]
    #: Where the person works (seen)
    work_for: WorkFor
    #: Addresses of the employment records, which employment.get reads (seen)
    employment: List[str]
    #: The roles: each an address that ends in userrole/{scheme}_{ka|ba|tl}/, or an object (seen)
    userroles: List[Union[str, Role]]


class User(_User, total=False):
    """A person who is registered: a candidate, a BA or a TL."""

    #: What to know of a change that was made, or was not needed; the last field, only there if there is something to
    #: tell (library)
    warnings: List[ReplyWarning]


class Company(TypedDict):
    """A member firm. Every candidate belongs to exactly one."""

    #: Address of the company (seen)
    id: str
    #: Its name (seen)
    navn: str
    #: Its number in the register of legal entities (seen)
    orgnr: Optional[str]
    #: Address of its website (seen)
    hjemmeside: Optional[str]
    #: Addresses of its departments (seen)
    departments: List[str]


class Department(TypedDict):
    """A unit of a company. Every candidate is in exactly one."""

    #: Address of the department (seen)
    id: str
    #: Its name (seen)
    departmentname: str
    #: The company that it belongs to (seen)
    company: str
    #: Addresses of its franchises (seen)
    franchises: List[str]


class Franchise(TypedDict):
    """A franchise of a department. No operation gives it but request, at the address that a Department or a WorkFor
    shows."""

    #: Address of the franchise (assumed)
    id: str
    #: Its name (assumed)
    navn: str
    #: The department that it belongs to (assumed)
    department: str


class Scheme(TypedDict):
    """An authorisation scheme (ordning)."""

    #: Address of the scheme (assumed)
    id: str
    #: Its code, which arguments take as "scheme" (assumed)
    appname: str
    #: Its name (assumed)
    navn: str


class _UserStatus(TypedDict):
    #: Address of the record (seen)
    id: str
    #: Whose it is (seen)
    user: str
    #: The scheme's code (seen)
    appname: str
    #: The status (seen)
    status: str
    #: Why; usually the same word as in "status" (seen)
    reason: Optional[str]
    #: From when it holds; it may lie in the future (seen)
    status_date: str
    #: The user who set it; null if FinAut's own processes did (seen)
    status_set_by: Optional[str]
    #: For people to read; "" or null if there is none (seen)
    comment: Optional[str]


class UserStatus(_UserStatus, total=False):
    """The status of a person in a scheme. Every change is a new record; userstatus.latest gives the current one of
    each scheme; of a TL also that of the TL (tlnew, tlok) in it."""

    #: Address of the scheme; the vendor's example reads it (assumed)
    ordning: Optional[str]


class Result(TypedDict):
    """The result of an exam. Which fields there are beyond "id" and "user" is not publicly documented."""

    #: Address of the result (seen)
    id: str
    #: Who sat the exam (seen)
    user: str
    #: Name of the exam (assumed)
    exam_name: str
    #: When it was sat (assumed)
    exam_date: str
    #: The score (assumed)
    score: float
    #: True if it was passed (assumed)
    passed: bool
    #: The result in a word; which there are is not known (assumed)
    status: str


class CompetencyResult(TypedDict):
    """A completed course of a linked person, as an external system reported it."""

    #: Address of the record (seen)
    id: str
    #: The encrypted user id from the link flow (seen)
    user: str
    #: Number of the goal that was reached (seen)
    goal: int
    #: When (seen)
    passed_date: str
    #: Name of the reporting system; "" or null if it was not given (seen)
    external_system: Optional[str]
    #: Its own id of the course; "" or null if it was not given (seen)
    external_id: Optional[str]


class EmploymentRecord(TypedDict):
    """Where a person works or worked. Which fields there are beyond "id" is not publicly documented."""

    #: Address of the record (seen)
    id: str
    #: Whose it is (assumed)
    user: str
    #: The company (assumed)
    company: str
    #: The department (assumed)
    department: str
    #: The franchise; null if there is none (assumed)
    franchise: Optional[str]
    #: Its first day (assumed)
    from_date: str
    #: Its last day; null if it goes on (assumed)
    to_date: Optional[str]


class LinkUrl(TypedDict):
    """What link.url gives."""

    #: The address to send the person's browser to (library)
    url: str


class WebhookAccepted(TypedDict):
    """What became of a request that a web server handed over."""

    #: The status to answer the sender with (library)
    http_status: int
    #: Why it was not let in, for a log; null if it was (library)
    reason: Optional[str]
    #: What it brought; empty if it was not let in (library)
    kinds: List[EventKind]
    #: The request's X-Correlation-Id, for questions to Norsk Test; null if it had none (library)
    correlation_id: Optional[str]


class WebhookObject(TypedDict):
    """One thing that a request brought."""

    #: What it is about (library)
    kind: EventKind
    #: By "kind": a Result, a UserStatus, a LinkedPerson, or whatever JSON came (library)
    object: Any


class WebhookParsed(TypedDict):
    """What a request brought, of which nothing is kept."""

    #: The status to answer the sender with (library)
    http_status: int
    #: Why it was not let in, for a log; null if it was (library)
    reason: Optional[str]
    #: What it brought; empty if it would not be let in (library)
    objects: List[WebhookObject]
    #: True if the signature is right (library)
    signed: bool
    #: The request's X-Correlation-Id, for questions to Norsk Test; null if it had none (library)
    correlation_id: Optional[str]


class InboxEvent(TypedDict):
    """An event of the inbox, as inbox.next gives it."""

    #: The event's number, for inbox.acknowledge (library)
    event: int
    #: What it is about (library)
    kind: EventKind
    #: By "kind": a Result, a UserStatus, a LinkedPerson, or whatever JSON came (library)
    object: Any
    #: True if the API or a signature vouches for it; false if only the sender says so (library)
    verified: bool
    #: When it arrived (library)
    received: str
    #: How many times it was given out, this time included (library)
    deliveries: int


class LinkedPerson(TypedDict):
    """The object of an event of the kind link: a person who has linked an account on your side."""

    #: The person's id on your side (library)
    ext_user_id: str
    #: FinAut's encrypted id of the person (library)
    encrypted_user_id: str


class SettledEvent(TypedDict):
    """What inbox.acknowledge, inbox.requeue and inbox.drop give."""

    #: The event's number (library)
    event: int


class ListedEvent(TypedDict):
    """An event, as inbox.list shows it."""

    #: The event's number, for inbox.acknowledge (library)
    event: int
    #: What it is about (library)
    kind: EventKind
    #: By "kind": a Result, a UserStatus, a LinkedPerson, or whatever JSON came (library)
    object: Any
    #: True if the API or a signature vouches for it; false if only the sender says so (library)
    verified: bool
    #: When it arrived (library)
    received: str
    #: How many times it was given out, this time included (library)
    deliveries: int
    #: How it stands (library)
    state: EventState
    #: Who has it; null if nobody has (library)
    holder: Optional[str]
    #: In how many seconds its lease ends; null if nobody has it (library)
    lease_ends_in_s: Optional[float]
    #: What was said of it last; null if nothing was (library)
    last_error: Optional[str]


class InboxList(TypedDict):
    """What is in the inbox."""

    #: How many events wait to be taken (library)
    waiting: int
    #: How many are taken and not acknowledged yet (library)
    leased: int
    #: How many are done with and still kept (library)
    acknowledged: int
    #: How many webhooks wait for the API to be asked about them (library)
    unverified: int
    #: How many events were kept under another client_secret (library)
    unreadable: int
    #: Events, the oldest first (library)
    results: List[ListedEvent]


class TakenEvent(TypedDict):
    """An event that was given out, as inbox.status shows it."""

    #: The event's number, for inbox.acknowledge (library)
    event: int
    #: What it is about (library)
    kind: EventKind
    #: When it arrived (library)
    received: str
    #: How many times it was given out, this time included (library)
    deliveries: int
    #: How it stands (library)
    state: EventState
    #: Who has it; null if nobody has (library)
    holder: Optional[str]
    #: In how many seconds its lease ends; null if nobody has it (library)
    lease_ends_in_s: Optional[float]
    #: What was said of it last; null if nothing was (library)
    last_error: Optional[str]


class InboxStatus(TypedDict):
    """How the inbox fares."""

    #: How many events wait to be taken (library)
    waiting: int
    #: How many are taken and not acknowledged yet (library)
    leased: int
    #: How many are done with and still kept (library)
    acknowledged: int
    #: How many webhooks wait for the API to be asked about them (library)
    unverified: int
    #: How many events were kept under another client_secret (library)
    unreadable: int
    #: How long the oldest event that is not done with has been there, in seconds; null if there is none (library)
    oldest_s: Optional[float]
    #: How long the oldest unverified webhook has been there, in seconds; null if there is none (library)
    oldest_unverified_s: Optional[float]
    #: The first 100 events that were given out and are not acknowledged (library)
    taken: List[TakenEvent]


class _PollCounts(TypedDict):
    #: How many requests it took (library)
    requests: int


class PollCounts(_PollCounts, total=False):
    """What inbox.poll found."""

    #: How many new events of results; missing if only user statuses were asked for (library)
    result: int
    #: How many new events of user statuses; missing if only results were asked for (library)
    userstatus: int


class _EnsuredUser(TypedDict):
    #: What was done (library)
    did: Ensured
    #: What changed, by the names of the fields: [before, after]; "roles" is {"add": […]}; an identity number is "***"
    #: (library)
    changes: Dict[str, Any]
    #: The user as the server shows it; with "dry_run", and where nothing is done, as it was; null if there is none
    #: (library)
    user: Optional[User]


class EnsuredUser(_EnsuredUser, total=False):
    """What users.ensure gives."""

    #: What to know besides; only there if there is something to tell (library)
    warnings: List[ReplyWarning]


class SyncProposalFile(TypedDict):
    """How sync.init read the file."""

    #: How many rows there are (library)
    rows: int
    #: "csv", "ndjson" or "json" (library)
    format: str
    #: The encoding that it was read in (library)
    encoding: str
    #: What stands between the cells; null for objects (library)
    delimiter: Optional[str]
    #: The first cell of what looks like the end of a whole file; null if nothing does (library)
    end: Optional[str]


class SyncProposalColumn(TypedDict):
    """A column of the file, as sync.init found it."""

    #: Its header (library)
    header: str
    #: The field that it is; null if it is not read (library)
    field: Optional[str]
    #: How that was found: "given", "header", "contents", or "register" (FinAut has the same of the same people)
    #: (library)
    by: Optional[str]
    #: How many of its cells are filled (library)
    filled: int


class SyncBasis(TypedDict):
    """What of FinAut a plan was made from."""

    #: When people were listed, in Norway; null while it waits (library)
    read: Optional[str]
    #: How many people FinAut listed (library)
    people: int
    #: How many requests this call sent to read (library)
    requests: int


class SyncProposalCounts(TypedDict):
    """How many people of the file and of FinAut are the same, as sync.init found them."""

    #: People in the file (library)
    people: int
    #: Of them found in FinAut by the identity number (library)
    by_number: int
    #: Found by the employee_alias alone (library)
    by_alias: int
    #: Found in another company (library)
    transfers: int
    #: Whom a person has to decide about: perhaps the same, or rows that contradict (library)
    undecided: int
    #: Not in FinAut, with a valid identity number (library)
    unknown_to_finaut: int
    #: Not in FinAut, and without a valid Norwegian identity number (library)
    without_number: int
    #: Kept out (library)
    confidential: int
    #: People of FinAut, of the companies in the scope, whom no row names (library)
    unknown_to_hr: int


class SyncProposalProblem(TypedDict):
    """Something to know before the proposed profile is used."""

    #: A stable word (library)
    problem: str
    #: What it is, for a person, in the language of the comments (library)
    says: str
    #: In how many rows; null where it is about the file (library)
    rows: Optional[int]


class SyncProposal(TypedDict):
    """What sync.init gives. No identity number and no name of a person is in it."""

    #: The proposed profile; members whose names begin with // are comments (library)
    profile: Dict[str, Any]
    #: Where a person has to fill something in: pointers into the profile (library)
    fill_in: List[str]
    #: How the file was read (library)
    file: SyncProposalFile
    #: The columns of the file, in its order (library)
    columns: List[SyncProposalColumn]
    #: What was read of FinAut (library)
    basis: SyncBasis
    #: How many people both know, and how many one of them (library)
    counts: SyncProposalCounts
    #: What to know before using the profile (library)
    problems: List[SyncProposalProblem]


class SyncPerson(TypedDict, total=False):
    """Somebody whom a plan is about."""

    #: FinAut's user id; missing for somebody whom FinAut does not have (library)
    id: int
    #: The employer's own id of the person; missing where there is none (library)
    employee_alias: str
    #: Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
    #: person (library)
    row: int
    #: First and last name; missing if "names" was false (library)
    name: str


class SyncLeftOut(TypedDict):
    """Rows that the profile leaves out for one value."""

    #: The column and the value (library)
    value: str
    #: How many rows (library)
    rows: int


class SyncFile(TypedDict):
    """The HR file, or the rows that were given in its place."""

    #: How many rows it has (library)
    rows: int
    #: SHA-256 of its bytes (library)
    sha256: str
    #: When it was changed last, in Norway; null for rows that were given in the call (library)
    written: Optional[str]
    #: Rows that the profile's rows leave out; whom they name is present all the same (library)
    left_out: List[SyncLeftOut]


class _SyncCounts(TypedDict):
    #: People of the file who need no step (library)
    unchanged: int
    #: People who are created; as the next three, without what is held (library)
    create: int
    #: Changes of people who are there (library)
    update: int
    #: Withdrawals, one for each scheme (library)
    withdraw: int
    #: People put on hold, one for each scheme (library)
    hold: int
    #: Steps that a rail holds (library)
    held: int
    #: Those of them that no earlier run knew (library)
    held_new: int
    #: Problems (library)
    problems: int
    #: Work for the portal (library)
    portal: int
    #: The part of it that no earlier run knew (library)
    portal_new: int
    #: What will be done on a later day (library)
    due_later: int
    #: What is told and not done (library)
    reported: int
    #: Steps that an exception left out (library)
    excepted: int
    #: People who are kept out (library)
    confidential: int
    #: People whom no HR file has named (library)
    unknown_to_hr: int
    #: Schemes that HR never asked for (library)
    extra: int


class SyncCounts(_SyncCounts, total=False):
    """How many there are of everything in a plan. Each member is always there."""

    #: Of a run, as the next six: steps that are done (library)
    done: int
    #: Steps that the server refused; they are not sent again for seven days (library)
    refused: int
    #: Refused steps of which no earlier run of the profile has told, those of a run that was killed included
    #: (library)
    refused_new: int
    #: Steps that did not work this time (library)
    failed: int
    #: Steps of which nobody knows yet (library)
    doubtful: int
    #: Steps whose person was not as planned any more (library)
    drifted: int
    #: Steps whose turn did not come (library)
    left: int


class SyncCost(TypedDict):
    """What carrying out a plan costs, without what is held."""

    #: How many requests (library)
    requests: int
    #: The fewest that could do the same: without the looks before (library)
    minimum: int
    #: How many are free now (library)
    free_now: int
    #: When the last could be through, in Norway; null where there are none (library)
    through: Optional[str]


class _SyncRail(TypedDict):
    #: Its name (library)
    rail: str
    #: How many are let pass; null where there is no such number (library)
    limit: Optional[int]
    #: How many were found (library)
    found: int
    #: True if it holds something (library)
    tripped: bool


class SyncRail(_SyncRail, total=False):
    """A rail: what holds a plan or a part of it until a person has approved it."""

    #: What it found, for people (library)
    says: str


class _SyncStep(TypedDict):
    #: Its name in this plan (library)
    step: str
    #: What is done (library)
    kind: SyncKind
    #: How many requests it costs (library)
    requests: int
    #: To whom (library)
    person: SyncPerson
    #: Why, for people (library)
    reason: str
    #: Since when it waits (library)
    since: str


class SyncStep(_SyncStep, total=False):
    """One thing that has to be done."""

    #: Of a status: the scheme's code (library)
    scheme: str
    #: Of a status: from when it holds; of a creation: the first day, where the row tells it (library)
    date: str
    #: Of a status: the one before; null if none is known (library)
    was: Optional[str]
    #: Field to [before, after], and "roles" to {"add": [role, …]}; the identity number is "***" (library)
    changes: Dict[str, Any]
    #: The rail that holds it; missing where none does (library)
    held: str
    #: Of a run: how far it came (library)
    state: SyncStepState


class _SyncProblem(TypedDict):
    #: The stable word for it (library)
    problem: str
    #: A sentence for people (library)
    says: str
    #: Since when it is known (library)
    since: str


class SyncProblem(_SyncProblem, total=False):
    """Something that cannot be done because of the file or of the register."""

    #: FinAut's user id; missing for somebody whom FinAut does not have (library)
    id: int
    #: The employer's own id of the person; missing where there is none (library)
    employee_alias: str
    #: Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
    #: person (library)
    row: int
    #: First and last name; missing if "names" was false (library)
    name: str


class _SyncPortalWork(TypedDict):
    #: The stable word for it (library)
    portal: str
    #: A sentence for people (library)
    says: str
    #: Since when it is known (library)
    since: str


class SyncPortalWork(_SyncPortalWork, total=False):
    """Something that only FinAut's portal can do."""

    #: FinAut's user id; missing for somebody whom FinAut does not have (library)
    id: int
    #: The employer's own id of the person; missing where there is none (library)
    employee_alias: str
    #: Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
    #: person (library)
    row: int
    #: First and last name; missing if "names" was false (library)
    name: str
    #: The scheme's code, where it is about one (library)
    scheme: str


class _SyncDue(TypedDict):
    #: What will be done (library)
    kind: SyncKind
    #: On which day, if nothing changes (library)
    date: str
    #: A sentence for people (library)
    says: str


class SyncDue(_SyncDue, total=False):
    """Something that will be done on a later day."""

    #: FinAut's user id; missing for somebody whom FinAut does not have (library)
    id: int
    #: The employer's own id of the person; missing where there is none (library)
    employee_alias: str
    #: Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
    #: person (library)
    row: int
    #: First and last name; missing if "names" was false (library)
    name: str
    #: The scheme's code, where it is about one (library)
    scheme: str


class _SyncReported(TypedDict):
    #: The stable word for it (library)
    reported: str
    #: A sentence for people (library)
    says: str
    #: Since when it is known (library)
    since: str


class SyncReported(_SyncReported, total=False):
    """Something that is told and not done."""

    #: FinAut's user id; missing for somebody whom FinAut does not have (library)
    id: int
    #: The employer's own id of the person; missing where there is none (library)
    employee_alias: str
    #: Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
    #: person (library)
    row: int
    #: First and last name; missing if "names" was false (library)
    name: str
    #: The scheme's code, where it is about one (library)
    scheme: str


class _SyncExtra(TypedDict):
    #: FinAut's user id (library)
    id: int
    #: The scheme's code (library)
    scheme: str


class SyncExtra(_SyncExtra, total=False):
    """A scheme that somebody has in FinAut and HR never asked for."""

    #: First and last name; missing if "names" was false (library)
    name: str


class SyncPlan(TypedDict):
    """What has to change in FinAut so that it follows the HR file, what holds it, and what it costs. No identity
    number is in it."""

    #: The plan's id; null while it waits (library)
    plan: Optional[str]
    #: "ready", or "waiting" for requests to be free (library)
    state: str
    #: The profile's name (library)
    profile: str
    #: The one person whom it is for; null for everybody (library)
    only: Optional[SyncPerson]
    #: The file that was read (library)
    file: SyncFile
    #: What of FinAut it was made from (library)
    basis: SyncBasis
    #: How many there are of everything; all 0 while it waits (library)
    counts: SyncCounts
    #: What carrying out what nothing holds costs (library)
    cost: SyncCost
    #: Each rail, whether it holds something or not (library)
    rails: List[SyncRail]
    #: What has to be done, in its order, held steps included (library)
    steps: List[SyncStep]
    #: What cannot be done because of the file or of the register (library)
    problems: List[SyncProblem]
    #: What can be done in FinAut's portal only (library)
    portal: List[SyncPortalWork]
    #: What will be done on a later day (library)
    due_later: List[SyncDue]
    #: What is told and not done, as the profile says "report" (library)
    reported: List[SyncReported]
    #: People in FinAut, in the scope, whom no HR file has named (library)
    unknown_to_hr: List[SyncPerson]
    #: Schemes that people have in FinAut and HR never asked for (library)
    extra: List[SyncExtra]
    #: While it waits: in how many seconds sync.plan can go on; else null (library)
    next_slot_s: Optional[float]


class SyncRequests(TypedDict):
    """How many requests a run sent."""

    #: To read FinAut (library)
    reading: int
    #: To carry out steps, looks before them included (library)
    writing: int
    #: To try again, and to find out what became of a request (library)
    settling: int


class SyncStepFailure(TypedDict):
    """A step that could not be done."""

    #: The step (library)
    step: str
    #: To whom (library)
    person: SyncPerson
    #: The error's code (library)
    code: str
    #: What happened, for people (library)
    message: str
    #: What of it was refused (library)
    fields: List[str]


class SyncRun(TypedDict):
    """A plan, and what came of its steps. No identity number is in it."""

    #: The run's id; null while it waits for what is read, and where it only planned (library)
    run: Optional[str]
    #: How many requests were sent, and for what (library)
    requests: SyncRequests
    #: What could not be done (library)
    failures: List[SyncStepFailure]
    #: The plan's id; null while it waits (library)
    plan: Optional[str]
    #: "ready", or "waiting" for requests to be free (library)
    state: str
    #: The profile's name (library)
    profile: str
    #: The one person whom it is for; null for everybody (library)
    only: Optional[SyncPerson]
    #: The file that was read (library)
    file: SyncFile
    #: What of FinAut it was made from (library)
    basis: SyncBasis
    #: How many there are of everything; all 0 while it waits (library)
    counts: SyncCounts
    #: What carrying out what nothing holds costs (library)
    cost: SyncCost
    #: Each rail, whether it holds something or not (library)
    rails: List[SyncRail]
    #: What has to be done, in its order, held steps included (library)
    steps: List[SyncStep]
    #: What cannot be done because of the file or of the register (library)
    problems: List[SyncProblem]
    #: What can be done in FinAut's portal only (library)
    portal: List[SyncPortalWork]
    #: What will be done on a later day (library)
    due_later: List[SyncDue]
    #: What is told and not done, as the profile says "report" (library)
    reported: List[SyncReported]
    #: People in FinAut, in the scope, whom no HR file has named (library)
    unknown_to_hr: List[SyncPerson]
    #: Schemes that people have in FinAut and HR never asked for (library)
    extra: List[SyncExtra]
    #: While it waits: in how many seconds sync.plan can go on; else null (library)
    next_slot_s: Optional[float]


class SyncForgotten(TypedDict):
    """What became of what was kept of a person."""

    #: FinAut's user id, which alone is kept; null for somebody whom FinAut does not have (library)
    id: Optional[int]
    #: True if an HR file had named the person (library)
    was_seen: bool
    #: How many kept plans named the person (library)
    plans: int
    #: How many lines of the audit stay (library)
    audit_lines: int


class SyncProgress(TypedDict):
    """How far a sync is that is under way, waits, was stopped or is broken."""

    #: The operation (library)
    operation: str
    #: How many pages of people are read, or steps are through (library)
    done: int
    #: How many there are; null before the first (library)
    of: Optional[int]
    #: How many requests it took (library)
    requests: int
    #: When it began, in Norway (library)
    begun: str
    #: When it said so, in Norway (library)
    at: str
    #: The machine (library)
    machine: str
    #: The number of the process (library)
    process: int


class SyncBudget(TypedDict):
    """How many requests are left for a sync."""

    #: How many requests the account has in each window (library)
    limit: int
    #: How many are used (library)
    used: int
    #: How many are free now (library)
    free: int
    #: In how many seconds the next one may be sent (library)
    next_slot_s: float


class SyncAcceptedFile(TypedDict):
    """A file that a run accepted."""

    #: When, in Norway (library)
    at: str
    #: How many rows it had (library)
    rows: int
    #: SHA-256 of its bytes (library)
    sha256: str


class SyncOpenCase(TypedDict):
    """Something that waits for a person: a held step, a problem, or work for the portal."""

    #: Since when it is known (library)
    since: str
    #: The rail that holds it, or the stable word for it (library)
    what: str
    #: FinAut's user id; null for somebody whom FinAut does not have (library)
    id: Optional[int]
    #: The employer's own id of the person (library)
    employee_alias: Optional[str]
    #: A sentence for people; null for a held step (library)
    says: Optional[str]


class SyncFailure(TypedDict):
    """What broke a sync."""

    #: The error's code (library)
    code: str
    #: What happened and what to do, for a person (library)
    message: str
    #: When, in Norway (library)
    at: str


class SyncStatus(TypedDict):
    """How the sync of a profile stands. Each member is always there, and null where there was none."""

    #: The profile's name (library)
    profile: str
    #: The id of the run that the next members are about, or of the plan where none carried it out (library)
    run: Optional[str]
    #: Where the sync is (library)
    state: Optional[str]
    #: Of that run or plan (library)
    counts: Optional[SyncCounts]
    #: How far a sync is that is not ready (library)
    progress: Optional[SyncProgress]
    #: How many requests are left (library)
    budget: SyncBudget
    #: When what nothing holds could be through, begun now, in Norway (library)
    through: Optional[str]
    #: While it waits: in how many seconds it can go on (library)
    next_slot_s: Optional[float]
    #: When the last run ended that was completed, in Norway (library)
    last_done: Optional[str]
    #: The last file that a run accepted; a plan accepts none (library)
    last_accepted_file: Optional[SyncAcceptedFile]
    #: What has waited longest for a person (library)
    oldest_open: Optional[SyncOpenCase]
    #: What broke it (library)
    error: Optional[SyncFailure]


_SyncReportOwn = TypedDict("_SyncReportOwn", {"from": Optional[str]})


class SyncReport(_SyncReportOwn):
    """A report in a form for people or programs, or where that was written."""

    #: The id of the run, or of the plan, that it is about; null for a time (library)
    run: Optional[str]
    #: The profile's name (library)
    profile: str
    #: What it is about (library)
    what: str
    #: The last day (library)
    to: Optional[str]
    #: Its form (library)
    format: str
    #: Its language (library)
    language: str
    #: The absolute path that it was written to; null if it is here (library)
    path: Optional[str]
    #: The report; null if it was written to a path (library)
    text: Optional[str]


class SyncExport(TypedDict):
    """Rows for the HR system or the LMS, or where they were written."""

    #: The profile's name (library)
    profile: str
    #: What they are (library)
    what: str
    #: Their form (library)
    format: str
    #: The encoding of the file; null if the rows are here (library)
    encoding: Optional[str]
    #: How many rows there are (library)
    rows: int
    #: From which day on they are; null for all (library)
    since: Optional[str]
    #: As of when they are right, in Norway (library)
    as_of: str
    #: How many requests it took (library)
    requests: int
    #: The absolute path that they were written to; null if they are here (library)
    path: Optional[str]
    #: The rows: CSV with a line of names first, or a JSON list of objects; null if they were written to a path
    #: (library)
    text: Optional[str]


class JournalLine(TypedDict):
    """A change that was sent to the server, and how it ended. It holds no identity number, no name and no value."""

    #: The line's number (library)
    id: int
    #: When its request was about to be sent, in Norway (library)
    at: str
    #: The operation that was called (library)
    operation: Optional[str]
    #: The job; null if none was named (library)
    job: Optional[str]
    #: The request's method (library)
    method: Optional[str]
    #: The request's path, without the query (library)
    path: Optional[str]
    #: The number of the object that was created or changed; null if it is not known (library)
    object_id: Optional[int]
    #: The number of the user that it is about; null if it is not known (library)
    user_id: Optional[int]
    #: The names of the fields that were sent (library)
    fields: Optional[List[str]]
    #: How it ended (library)
    outcome: str
    #: The error's code; null if there was none (library)
    code: Optional[str]
    #: The status of the last answer; null if there was none (library)
    http_status: Optional[int]
    #: When the outcome was known, in Norway; null before (library)
    ended_at: Optional[str]
    #: The machine that it was sent from (library)
    machine: Optional[str]
    #: The number of the process (library)
    process: Optional[int]
    #: The operating system's user; null if it cannot be told (library)
    os_user: Optional[str]
    #: The answer's X-Correlation-Id; null if there was none (library)
    correlation_id: Optional[str]


class SlotUse(TypedDict):
    """How many of the used requests one job's operation took on one machine."""

    #: The job; null if none was named (library)
    job: Optional[str]
    #: The operation; null if nobody knows any more (library)
    operation: Optional[str]
    #: The machine; null if nobody knows any more (library)
    machine: Optional[str]
    #: How many (library)
    used: int


class HourUse(TypedDict):
    """What became of the requests of one hour."""

    #: When the hour began, in Norway (library)
    start: str
    #: How many were sent (library)
    requests: int
    #: How many of them were repeated ones (library)
    retries: int
    #: How often a call had to wait for a slot (library)
    waits: int
    #: How often the server's throttle refused (library)
    refused: int


class _Budget(TypedDict):
    #: How many requests the account has in each window (library)
    limit: int
    #: How long the window is, in seconds (library)
    per_s: float
    #: How many of them are kept for interactive calls (library)
    reserve: int
    #: How many are used (library)
    used: int
    #: How many this call could send now (library)
    free: int
    #: In how many seconds the next one may be sent (library)
    next_slot_s: float
    #: For how many seconds the server has asked for a pause (library)
    paused_s: float
    #: The state file's absolute path; null if there is none (library)
    state: Optional[str]
    #: Who used how many (library)
    by: List[SlotUse]


class Budget(_Budget, total=False):
    """How many requests are left. Three fields are there if "requests" was given, one if "history" was true."""

    #: So many more as were asked about (library)
    requests: int
    #: In how many seconds these would be through (library)
    through_s: float
    #: When that is (library)
    through_at: str
    #: What became of each hour's requests, the oldest first; only there if "history" was true (library)
    hours: List[HourUse]


class AccountCheck(TypedDict):
    """That host and credentials are right."""

    #: The host that was asked (library)
    host: str
    #: The client id that it knows (library)
    client_id: str
    #: In how many seconds the token ends; null if it was forgotten meanwhile (library)
    token_expires_in_s: Optional[int]
    #: The state file's absolute path; null if there is none (library)
    state: Optional[str]


class PagesRead(TypedDict):
    """What finaut_call_pages gives when a list was read to its end."""

    #: How many objects there are in all (library)
    count: int
    #: How many pages were handed out (library)
    pages: int
    #: How many objects may be missing because the list changed while it was read (library)
    missing: int


_ProgressEventOdd = TypedDict("_ProgressEventOdd", {"for": str}, total=False)


class _ProgressEvent(TypedDict):
    #: What happened (library)
    event: str
    #: The operation that was called (library)
    operation: str


class ProgressEvent(_ProgressEvent, _ProgressEventOdd, total=False):
    """What the observer is told during a call. Which fields there are hangs on "event"; what is not known is
    missing."""

    #: Of a request: its method (library)
    method: str
    #: Of a request and a page: the path, without the query (library)
    path: str
    #: Of a request and a retry: the answer's status; missing if there was no answer (library)
    http_status: int
    #: Of a request: how many milliseconds it took (library)
    ms: int
    #: Of a request: the "id" of the object that was created or changed (library)
    object_id: Any
    #: The job that the call is part of (library)
    job: str
    #: Of a request: the answer's X-Correlation-Id (library)
    correlation_id: str
    #: Of a wait: how many seconds are left; 0 if that is not known (library)
    left_s: float
    #: Of a token: how many seconds the new one lives (library)
    expires_in_s: float
    #: Of a page: how many were read (library)
    page: int
    #: Of a page: how many objects were read (library)
    read: int
    #: Of a page: how many objects there are in all (library)
    count: int
    #: Of a retry and a dropped webhook: why (library)
    reason: str
    #: Of a retry: in how many seconds it is (library)
    in_s: float
    #: Of a dropped webhook: what it was about (library)
    kind: EventKind
    #: Of a sync: where it is (library)
    state: str
    #: Of a sync: how many pages of people, rows or steps are done with (library)
    done: int
    #: Of a sync: how many there are (library)
    of: int
    #: Of a sync: how many requests it took (library)
    requests: int
    #: Of a sync: when the rest could be through, in Norway (library)
    through: str


class ReceiverStatus(TypedDict):
    """How a receiver fares (finaut_receiver_start, finaut_receiver_status)."""

    #: Where it listens (library)
    address: str
    #: What it is reached under from this machine; "path_secret" is not shown: what sends adds a slash and the secret
    #: (library)
    urls: List[str]
    #: How many requests were let in (library)
    accepted: int
    #: How many were refused (library)
    refused: int
    #: How many could not be served (library)
    failed: int
    #: What keeps it from working now; null if nothing does (library)
    trouble: Optional[str]


class PersnrReport(TypedDict):
    """What finaut_persnr_check says of an identity number. What is not known is null."""

    #: True if it is valid (library)
    valid: bool
    #: Which kind it is (library)
    kind: Optional[PersnrKind]
    #: True if it is of a series for tests, which no person can have (library)
    synthetic: Optional[bool]
    #: The rules by which it is valid (library)
    rule: Optional[PersnrRule]
    #: Where it can be derived (library)
    birth_date: Optional[str]
    #: What to know of it (library)
    note: Optional[str]
    #: What is wrong with it (library)
    problem: Optional[str]


class _ArgumentRow(TypedDict):
    #: Its name (library)
    name: str
    #: The word for its shape (library)
    type: str
    #: True if it must be given (library)
    required: bool
    #: What it means, with its default (library)
    about: str


class ArgumentRow(_ArgumentRow, total=False):
    """An argument, as finaut_operations lists it."""

    #: What holds without it, if that is a constant (library)
    default: Any


class OperationRow(TypedDict):
    """An operation, as finaut_operations lists it."""

    #: Its name (library)
    name: str
    #: One sentence (library)
    summary: str
    #: More sentences; may be "" (library)
    about: str
    #: "required" or "optional", if it is about a person; else null (library)
    person: Optional[str]
    #: Its own arguments (library)
    arguments: List[ArgumentRow]
    #: What the reply is, in words (library)
    reply: str
    #: The name of the reply's object on this page; null for any JSON (library)
    reply_type: Optional[str]
    #: Arguments as a caller might write them (library)
    example: str
    #: The codes that it can end with besides those of any (library)
    errors: List[str]


class Catalogue(TypedDict):
    """What finaut_operations gives."""

    #: All operations (library)
    operations: List[OperationRow]
    #: The ways to name a person (library)
    person: List[ArgumentRow]
    #: What every operation takes (library)
    any: List[ArgumentRow]


class _ErrorDetails(TypedDict):
    #: The stable word of the FINAUT_E_ code (library)
    code: str
    #: What happened and what to do, for a person (library)
    message: str


class ErrorDetails(_ErrorDetails, total=False):
    """What reply receives when a call fails. What is not known is missing. Neither a secret nor an identity number is
    in it."""

    #: The operation that was called (library)
    operation: str
    #: Method and path of the request, without the query (library)
    request: str
    #: The server's status (library)
    http_status: int
    #: After how many seconds it may be tried again (library)
    retry_after_s: float
    #: What is wrong with which of the call's arguments (library)
    fields: Dict[str, List[str]]
    #: The same by the server's names (library)
    server_fields: Dict[str, List[str]]
    #: What was sent for them, redacted (library)
    values: Dict[str, Any]
    #: The answer's X-Correlation-Id, for questions to Norsk Test (library)
    correlation_id: str
    #: With the code held, as all that follow: the sync's run (library)
    run: str
    #: The plan that a person has to look at (library)
    plan: str
    #: How the run ended (library)
    state: str
    #: How many there are of everything (library)
    counts: SyncCounts
    #: The rail that holds it (library)
    rail: str
    #: How many it lets pass; null where it has no such number (library)
    limit: Optional[int]
    #: How many it found (library)
    found: int


class _UserList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[User]


class UserList(_UserList, total=False):
    """A list of User objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _CompanyList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[Company]


class CompanyList(_CompanyList, total=False):
    """A list of Company objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _DepartmentList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[Department]


class DepartmentList(_DepartmentList, total=False):
    """A list of Department objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _FranchiseList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[Franchise]


class FranchiseList(_FranchiseList, total=False):
    """A list of Franchise objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _SchemeList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[Scheme]


class SchemeList(_SchemeList, total=False):
    """A list of Scheme objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _UserStatusList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[UserStatus]


class UserStatusList(_UserStatusList, total=False):
    """A list of UserStatus objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _ResultList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[Result]


class ResultList(_ResultList, total=False):
    """A list of Result objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _CompetencyResultList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[CompetencyResult]


class CompetencyResultList(_CompetencyResultList, total=False):
    """A list of CompetencyResult objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


class _JournalLineList(TypedDict):
    #: How many there are in all, as the server says; of what was picked out here, how many that are (library)
    count: int
    #: What "page" of the next call must be to get the following page; null after the last (library)
    next_page: Optional[Union[int, str]]
    #: The objects, as the server wrote them (library)
    results: List[JournalLine]


class JournalLineList(_JournalLineList, total=False):
    """A list of JournalLine objects: all of it, or a page."""

    #: How many may be missing because the list changed while it was read; only there if any may (library)
    missing: int
    #: When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
    #: everybody (library)
    as_of: str


__all__ = [
    "AccountCheck",
    "ArgumentRow",
    "Budget",
    "Catalogue",
    "Company",
    "CompanyList",
    "CompetencyResult",
    "CompetencyResultList",
    "Department",
    "DepartmentList",
    "EmploymentRecord",
    "Ensured",
    "EnsuredUser",
    "ErrorDetails",
    "EventKind",
    "EventState",
    "Franchise",
    "FranchiseList",
    "HourUse",
    "InboxEvent",
    "InboxList",
    "InboxStatus",
    "JournalLine",
    "JournalLineList",
    "LinkUrl",
    "LinkedPerson",
    "ListedEvent",
    "Method",
    "Named",
    "OperationRow",
    "PagesRead",
    "PersnrKind",
    "PersnrReport",
    "PersnrRule",
    "PollCounts",
    "PolledKind",
    "Priority",
    "ProgressEvent",
    "ReceiverStatus",
    "ReplyWarning",
    "Result",
    "ResultList",
    "Role",
    "Scheme",
    "SchemeList",
    "SettableStatus",
    "SettledEvent",
    "SlotUse",
    "SyncAcceptedFile",
    "SyncBasis",
    "SyncBudget",
    "SyncCost",
    "SyncCounts",
    "SyncDue",
    "SyncExport",
    "SyncExtra",
    "SyncFailure",
    "SyncFile",
    "SyncForgotten",
    "SyncKind",
    "SyncLeftOut",
    "SyncOpenCase",
    "SyncPerson",
    "SyncPlan",
    "SyncPlanOnly",
    "SyncPortalWork",
    "SyncProblem",
    "SyncProgress",
    "SyncProposal",
    "SyncProposalColumn",
    "SyncProposalCounts",
    "SyncProposalFile",
    "SyncProposalProblem",
    "SyncRail",
    "SyncReport",
    "SyncReported",
    "SyncRequests",
    "SyncRun",
    "SyncRunOnly",
    "SyncStatus",
    "SyncStep",
    "SyncStepFailure",
    "SyncStepState",
    "TakenEvent",
    "Texts",
    "User",
    "UserChanges",
    "UserList",
    "UserStatus",
    "UserStatusList",
    "WebhookAccepted",
    "WebhookObject",
    "WebhookParsed",
    "WorkFor",
]
