// Made by cargo xtask generate: change core/src/api/replies.rs and core/src/wire/objects/shown.rs instead.

using System;
using System.Collections.Generic;

namespace Finaut.Replies
{
    /// <summary>Where a person works: "work_for" of a User.</summary>
    public sealed class WorkFor : View
    {
        private static readonly string[] Described = { "company", "department", "franchise" };

        private WorkFor(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static WorkFor/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new WorkFor(json/*!*/);
        }

        /// <summary>The company. (seen)</summary>
        public string/*?*/ Company
        {
            get { return ReadText("company"); }
        }

        /// <summary>The department. (seen)</summary>
        public string/*?*/ Department
        {
            get { return ReadText("department"); }
        }

        /// <summary>The franchise; null or missing if there is none. (seen)</summary>
        public string/*?*/ Franchise
        {
            get { return ReadText("franchise"); }
        }
    }

    /// <summary>A role, where "userroles" of a User shows objects instead of addresses.</summary>
    public sealed class Role : View
    {
        private static readonly string[] Described = { "id", "appname", "usertype", "company" };

        private Role(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Role/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Role(json/*!*/);
        }

        /// <summary>Address of the role. (assumed)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>The scheme's code. (assumed)</summary>
        public string/*?*/ Appname
        {
            get { return ReadText("appname"); }
        }

        /// <summary>The kind of role; where a role is an address alone, its last part tells scheme and kind. (seen)</summary>
        public string/*?*/ Usertype
        {
            get { return ReadText("usertype"); }
        }

        /// <summary>The company in which it holds. (seen)</summary>
        public string/*?*/ Company
        {
            get { return ReadText("company"); }
        }
    }

    /// <summary>One thing to know of a call that succeeded.</summary>
    public sealed class ReplyWarning : View
    {
        private static readonly string[] Described = { "code", "message" };

        private ReplyWarning(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static ReplyWarning/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new ReplyWarning(json/*!*/);
        }

        /// <summary>A stable word. (library)</summary>
        public string/*?*/ Code
        {
            get { return ReadText("code"); }
        }

        /// <summary>Whole sentences for a person, without identity numbers. (library)</summary>
        public string/*?*/ Message
        {
            get { return ReadText("message"); }
        }
    }

    /// <summary>A person who is registered: a candidate, a BA or a TL. Given by users.get, users.create, users.create_candidate,
    /// users.create_ba, users.create_tl, users.update, users.add_role, users.enroll, users.move.</summary>
    public sealed class User : View
    {
        private static readonly string[] Described = { "id", "persnr", "first_name", "last_name", "email", "mobile", "employee_alias", "work_for", "employment", "userroles", "warnings" };

        private User(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static User/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new User(json/*!*/);
        }

        /// <summary>Address of the user; its last part is the user id, which arguments take as "id". (seen)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Identity number, 11 digits. (documented)</summary>
        public string/*?*/ Persnr
        {
            get { return ReadText("persnr"); }
        }

        /// <summary>First name. (seen)</summary>
        public string/*?*/ FirstName
        {
            get { return ReadText("first_name"); }
        }

        /// <summary>Last name. (seen)</summary>
        public string/*?*/ LastName
        {
            get { return ReadText("last_name"); }
        }

        /// <summary>E-mail address; "" or null if there is none. (seen)</summary>
        public string/*?*/ Email
        {
            get { return ReadText("email"); }
        }

        /// <summary>8 digits, without +47; "" or null if there is none. (seen)</summary>
        public string/*?*/ Mobile
        {
            get { return ReadText("mobile"); }
        }

        /// <summary>The employer's own id of the person; "" or null if there is none; several people may have the same.
        /// (documented)</summary>
        public string/*?*/ EmployeeAlias
        {
            get { return ReadText("employee_alias"); }
        }

        /// <summary>Where the person works. (seen)</summary>
        public WorkFor/*?*/ WorkFor
        {
            get { return ReadObject("work_for", WorkFor.Parse); }
        }

        /// <summary>Addresses of the employment records, which employment.get reads. (seen)</summary>
        public IReadOnlyList<string> Employment
        {
            get { return ReadTexts("employment"); }
        }

        /// <summary>The roles: each an address that ends in userrole/{scheme}_{ka|ba|tl}/, or an object. (seen)</summary>
        public IReadOnlyList<Role> Userroles
        {
            get { return ReadListOfReferences("userroles", Role.Parse); }
        }

        /// <summary>What to know of a change that was made, or was not needed; the last field, only there if there is something
        /// to tell. Empty if it is missing. (library)</summary>
        public IReadOnlyList<ReplyWarning> Warnings
        {
            get { return ReadList("warnings", ReplyWarning.Parse); }
        }
    }

    /// <summary>A member firm. Every candidate belongs to exactly one. Given by companies.get.</summary>
    public sealed class Company : View
    {
        private static readonly string[] Described = { "id", "navn", "orgnr", "hjemmeside", "departments" };

        private Company(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Company/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Company(json/*!*/);
        }

        /// <summary>Address of the company. (seen)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Its name. (seen)</summary>
        public string/*?*/ Navn
        {
            get { return ReadText("navn"); }
        }

        /// <summary>Its number in the register of legal entities. (seen)</summary>
        public string/*?*/ Orgnr
        {
            get { return ReadText("orgnr"); }
        }

        /// <summary>Address of its website. (seen)</summary>
        public string/*?*/ Hjemmeside
        {
            get { return ReadText("hjemmeside"); }
        }

        /// <summary>Addresses of its departments. (seen)</summary>
        public IReadOnlyList<string> Departments
        {
            get { return ReadTexts("departments"); }
        }
    }

    /// <summary>A unit of a company. Every candidate is in exactly one. Given by departments.get.</summary>
    public sealed class Department : View
    {
        private static readonly string[] Described = { "id", "departmentname", "company", "franchises" };

        private Department(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Department/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Department(json/*!*/);
        }

        /// <summary>Address of the department. (seen)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Its name. (seen)</summary>
        public string/*?*/ Departmentname
        {
            get { return ReadText("departmentname"); }
        }

        /// <summary>The company that it belongs to. (seen)</summary>
        public string/*?*/ Company
        {
            get { return ReadText("company"); }
        }

        /// <summary>Addresses of its franchises. (seen)</summary>
        public IReadOnlyList<string> Franchises
        {
            get { return ReadTexts("franchises"); }
        }
    }

    /// <summary>A franchise of a department. No operation gives it but request, at the address that a Department or a WorkFor
    /// shows.</summary>
    public sealed class Franchise : View
    {
        private static readonly string[] Described = { "id", "navn", "department" };

        private Franchise(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Franchise/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Franchise(json/*!*/);
        }

        /// <summary>Address of the franchise. (assumed)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Its name. (assumed)</summary>
        public string/*?*/ Navn
        {
            get { return ReadText("navn"); }
        }

        /// <summary>The department that it belongs to. (assumed)</summary>
        public string/*?*/ Department
        {
            get { return ReadText("department"); }
        }
    }

    /// <summary>An authorisation scheme (ordning).</summary>
    public sealed class Scheme : View
    {
        private static readonly string[] Described = { "id", "appname", "navn" };

        private Scheme(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Scheme/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Scheme(json/*!*/);
        }

        /// <summary>Address of the scheme. (assumed)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Its code, which arguments take as "scheme". (assumed)</summary>
        public string/*?*/ Appname
        {
            get { return ReadText("appname"); }
        }

        /// <summary>Its name. (assumed)</summary>
        public string/*?*/ Navn
        {
            get { return ReadText("navn"); }
        }
    }

    /// <summary>The status of a person in a scheme. Every change is a new record; userstatus.latest gives the current one of each
    /// scheme; of a TL also that of the TL (tlnew, tlok) in it. Given by users.hold, users.withdraw, userstatus.get,
    /// userstatus.create.</summary>
    public sealed class UserStatus : View
    {
        private static readonly string[] Described = { "id", "user", "appname", "ordning", "status", "reason", "status_date", "status_set_by", "comment" };

        private UserStatus(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static UserStatus/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new UserStatus(json/*!*/);
        }

        /// <summary>Address of the record. (seen)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Whose it is. (seen)</summary>
        public string/*?*/ User
        {
            get { return ReadText("user"); }
        }

        /// <summary>The scheme's code. (seen)</summary>
        public string/*?*/ Appname
        {
            get { return ReadText("appname"); }
        }

        /// <summary>Address of the scheme; the vendor's example reads it. (assumed)</summary>
        public string/*?*/ Ordning
        {
            get { return ReadText("ordning"); }
        }

        /// <summary>The status. (seen)</summary>
        public string/*?*/ Status
        {
            get { return ReadText("status"); }
        }

        /// <summary>Why; usually the same word as in "status". (seen)</summary>
        public string/*?*/ Reason
        {
            get { return ReadText("reason"); }
        }

        /// <summary>From when it holds; it may lie in the future. (seen)</summary>
        public DateTime? StatusDate
        {
            get { return ReadDate("status_date"); }
        }

        /// <summary>The user who set it; null if FinAut's own processes did. (seen)</summary>
        public string/*?*/ StatusSetBy
        {
            get { return ReadText("status_set_by"); }
        }

        /// <summary>For people to read; "" or null if there is none. (seen)</summary>
        public string/*?*/ Comment
        {
            get { return ReadText("comment"); }
        }
    }

    /// <summary>The result of an exam. Which fields there are beyond "id" and "user" is not publicly documented. Given by
    /// results.get.</summary>
    public sealed class Result : View
    {
        private static readonly string[] Described = { "id", "user", "exam_name", "exam_date", "score", "passed", "status" };

        private Result(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Result/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Result(json/*!*/);
        }

        /// <summary>Address of the result. (seen)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Who sat the exam. (seen)</summary>
        public string/*?*/ User
        {
            get { return ReadText("user"); }
        }

        /// <summary>Name of the exam. (assumed)</summary>
        public string/*?*/ ExamName
        {
            get { return ReadText("exam_name"); }
        }

        /// <summary>When it was sat. (assumed)</summary>
        public DateTime? ExamDate
        {
            get { return ReadDate("exam_date"); }
        }

        /// <summary>The score. (assumed)</summary>
        public decimal? Score
        {
            get { return ReadNumber("score"); }
        }

        /// <summary>True if it was passed. (assumed)</summary>
        public bool? Passed
        {
            get { return ReadFlag("passed"); }
        }

        /// <summary>The result in a word; which there are is not known. (assumed)</summary>
        public string/*?*/ Status
        {
            get { return ReadText("status"); }
        }
    }

    /// <summary>A completed course of a linked person, as an external system reported it. Given by competency_results.get,
    /// competency_results.create.</summary>
    public sealed class CompetencyResult : View
    {
        private static readonly string[] Described = { "id", "user", "goal", "passed_date", "external_system", "external_id" };

        private CompetencyResult(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static CompetencyResult/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new CompetencyResult(json/*!*/);
        }

        /// <summary>Address of the record. (seen)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>The encrypted user id from the link flow. (seen)</summary>
        public string/*?*/ User
        {
            get { return ReadText("user"); }
        }

        /// <summary>Number of the goal that was reached. (seen)</summary>
        public long? Goal
        {
            get { return ReadWhole("goal"); }
        }

        /// <summary>When. (seen)</summary>
        public DateTime? PassedDate
        {
            get { return ReadDate("passed_date"); }
        }

        /// <summary>Name of the reporting system; "" or null if it was not given. (seen)</summary>
        public string/*?*/ ExternalSystem
        {
            get { return ReadText("external_system"); }
        }

        /// <summary>Its own id of the course; "" or null if it was not given. (seen)</summary>
        public string/*?*/ ExternalId
        {
            get { return ReadText("external_id"); }
        }
    }

    /// <summary>Where a person works or worked. Which fields there are beyond "id" is not publicly documented. Given by
    /// employment.get.</summary>
    public sealed class EmploymentRecord : View
    {
        private static readonly string[] Described = { "id", "user", "company", "department", "franchise", "from_date", "to_date" };

        private EmploymentRecord(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static EmploymentRecord/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new EmploymentRecord(json/*!*/);
        }

        /// <summary>Address of the record. (seen)</summary>
        public string/*?*/ Id
        {
            get { return ReadText("id"); }
        }

        /// <summary>Whose it is. (assumed)</summary>
        public string/*?*/ User
        {
            get { return ReadText("user"); }
        }

        /// <summary>The company. (assumed)</summary>
        public string/*?*/ Company
        {
            get { return ReadText("company"); }
        }

        /// <summary>The department. (assumed)</summary>
        public string/*?*/ Department
        {
            get { return ReadText("department"); }
        }

        /// <summary>The franchise; null if there is none. (assumed)</summary>
        public string/*?*/ Franchise
        {
            get { return ReadText("franchise"); }
        }

        /// <summary>Its first day. (assumed)</summary>
        public DateTime? FromDate
        {
            get { return ReadDate("from_date"); }
        }

        /// <summary>Its last day; null if it goes on. (assumed)</summary>
        public DateTime? ToDate
        {
            get { return ReadDate("to_date"); }
        }
    }

    /// <summary>What link.url gives. Given by link.url.</summary>
    public sealed class LinkUrl : View
    {
        private static readonly string[] Described = { "url" };

        private LinkUrl(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static LinkUrl/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new LinkUrl(json/*!*/);
        }

        /// <summary>The address to send the person's browser to. (library)</summary>
        public string/*?*/ Url
        {
            get { return ReadText("url"); }
        }
    }

    /// <summary>What became of a request that a web server handed over. Given by webhook.accept.</summary>
    public sealed class WebhookAccepted : View
    {
        private static readonly string[] Described = { "http_status", "reason", "kinds", "correlation_id" };

        private WebhookAccepted(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static WebhookAccepted/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new WebhookAccepted(json/*!*/);
        }

        /// <summary>The status to answer the sender with. (library)</summary>
        public long? HttpStatus
        {
            get { return ReadWhole("http_status"); }
        }

        /// <summary>Why it was not let in, for a log; null if it was. (library)</summary>
        public string/*?*/ Reason
        {
            get { return ReadText("reason"); }
        }

        /// <summary>What it brought; empty if it was not let in. (library)</summary>
        public IReadOnlyList<string> Kinds
        {
            get { return ReadTexts("kinds"); }
        }

        /// <summary>The request's X-Correlation-Id, for questions to Norsk Test; null if it had none. (library)</summary>
        public string/*?*/ CorrelationId
        {
            get { return ReadText("correlation_id"); }
        }
    }

    /// <summary>One thing that a request brought.</summary>
    public sealed class WebhookObject : View
    {
        private static readonly string[] Described = { "kind", "object" };

        private WebhookObject(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static WebhookObject/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new WebhookObject(json/*!*/);
        }

        /// <summary>What it is about. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>By "kind": a Result, a UserStatus, a LinkedPerson, or whatever JSON came. (library)</summary>
        public string/*?*/ Object
        {
            get { return Get("object"); }
        }
    }

    /// <summary>What a request brought, of which nothing is kept. Given by webhook.parse.</summary>
    public sealed class WebhookParsed : View
    {
        private static readonly string[] Described = { "http_status", "reason", "objects", "signed", "correlation_id" };

        private WebhookParsed(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static WebhookParsed/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new WebhookParsed(json/*!*/);
        }

        /// <summary>The status to answer the sender with. (library)</summary>
        public long? HttpStatus
        {
            get { return ReadWhole("http_status"); }
        }

        /// <summary>Why it was not let in, for a log; null if it was. (library)</summary>
        public string/*?*/ Reason
        {
            get { return ReadText("reason"); }
        }

        /// <summary>What it brought; empty if it would not be let in. (library)</summary>
        public IReadOnlyList<WebhookObject> Objects
        {
            get { return ReadList("objects", WebhookObject.Parse); }
        }

        /// <summary>True if the signature is right. (library)</summary>
        public bool? Signed
        {
            get { return ReadFlag("signed"); }
        }

        /// <summary>The request's X-Correlation-Id, for questions to Norsk Test; null if it had none. (library)</summary>
        public string/*?*/ CorrelationId
        {
            get { return ReadText("correlation_id"); }
        }
    }

    /// <summary>An event of the inbox, as inbox.next gives it. Given by inbox.next.</summary>
    public sealed class InboxEvent : View
    {
        private static readonly string[] Described = { "event", "kind", "object", "verified", "received", "deliveries" };

        private InboxEvent(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static InboxEvent/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new InboxEvent(json/*!*/);
        }

        /// <summary>The event's number, for inbox.acknowledge. (library)</summary>
        public long? Event
        {
            get { return ReadWhole("event"); }
        }

        /// <summary>What it is about. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>By "kind": a Result, a UserStatus, a LinkedPerson, or whatever JSON came. (library)</summary>
        public string/*?*/ Object
        {
            get { return Get("object"); }
        }

        /// <summary>True if the API or a signature vouches for it; false if only the sender says so. (library)</summary>
        public bool? Verified
        {
            get { return ReadFlag("verified"); }
        }

        /// <summary>When it arrived. (library)</summary>
        public DateTime? Received
        {
            get { return ReadMoment("received"); }
        }

        /// <summary>How many times it was given out, this time included. (library)</summary>
        public long? Deliveries
        {
            get { return ReadWhole("deliveries"); }
        }
    }

    /// <summary>The object of an event of the kind link: a person who has linked an account on your side.</summary>
    public sealed class LinkedPerson : View
    {
        private static readonly string[] Described = { "ext_user_id", "encrypted_user_id" };

        private LinkedPerson(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static LinkedPerson/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new LinkedPerson(json/*!*/);
        }

        /// <summary>The person's id on your side. (library)</summary>
        public string/*?*/ ExtUserId
        {
            get { return ReadText("ext_user_id"); }
        }

        /// <summary>FinAut's encrypted id of the person. (library)</summary>
        public string/*?*/ EncryptedUserId
        {
            get { return ReadText("encrypted_user_id"); }
        }
    }

    /// <summary>What inbox.acknowledge, inbox.requeue and inbox.drop give. Given by inbox.acknowledge, inbox.requeue,
    /// inbox.drop.</summary>
    public sealed class SettledEvent : View
    {
        private static readonly string[] Described = { "event" };

        private SettledEvent(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SettledEvent/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SettledEvent(json/*!*/);
        }

        /// <summary>The event's number. (library)</summary>
        public long? Event
        {
            get { return ReadWhole("event"); }
        }
    }

    /// <summary>An event, as inbox.list shows it.</summary>
    public sealed class ListedEvent : View
    {
        private static readonly string[] Described = { "event", "kind", "object", "verified", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error" };

        private ListedEvent(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static ListedEvent/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new ListedEvent(json/*!*/);
        }

        /// <summary>The event's number, for inbox.acknowledge. (library)</summary>
        public long? Event
        {
            get { return ReadWhole("event"); }
        }

        /// <summary>What it is about. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>By "kind": a Result, a UserStatus, a LinkedPerson, or whatever JSON came. (library)</summary>
        public string/*?*/ Object
        {
            get { return Get("object"); }
        }

        /// <summary>True if the API or a signature vouches for it; false if only the sender says so. (library)</summary>
        public bool? Verified
        {
            get { return ReadFlag("verified"); }
        }

        /// <summary>When it arrived. (library)</summary>
        public DateTime? Received
        {
            get { return ReadMoment("received"); }
        }

        /// <summary>How many times it was given out, this time included. (library)</summary>
        public long? Deliveries
        {
            get { return ReadWhole("deliveries"); }
        }

        /// <summary>How it stands. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>Who has it; null if nobody has. (library)</summary>
        public string/*?*/ Holder
        {
            get { return ReadText("holder"); }
        }

        /// <summary>In how many seconds its lease ends; null if nobody has it. (library)</summary>
        public TimeSpan? LeaseEndsIn
        {
            get { return ReadDuration("lease_ends_in_s"); }
        }

        /// <summary>What was said of it last; null if nothing was. (library)</summary>
        public string/*?*/ LastError
        {
            get { return ReadText("last_error"); }
        }
    }

    /// <summary>What is in the inbox. Given by inbox.list.</summary>
    public sealed class InboxList : View
    {
        private static readonly string[] Described = { "waiting", "leased", "acknowledged", "unverified", "unreadable", "results" };

        private InboxList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static InboxList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new InboxList(json/*!*/);
        }

        /// <summary>How many events wait to be taken. (library)</summary>
        public long? Waiting
        {
            get { return ReadWhole("waiting"); }
        }

        /// <summary>How many are taken and not acknowledged yet. (library)</summary>
        public long? Leased
        {
            get { return ReadWhole("leased"); }
        }

        /// <summary>How many are done with and still kept. (library)</summary>
        public long? Acknowledged
        {
            get { return ReadWhole("acknowledged"); }
        }

        /// <summary>How many webhooks wait for the API to be asked about them. (library)</summary>
        public long? Unverified
        {
            get { return ReadWhole("unverified"); }
        }

        /// <summary>How many events were kept under another client_secret. (library)</summary>
        public long? Unreadable
        {
            get { return ReadWhole("unreadable"); }
        }

        /// <summary>Events, the oldest first. (library)</summary>
        public IReadOnlyList<ListedEvent> Results
        {
            get { return ReadList("results", ListedEvent.Parse); }
        }
    }

    /// <summary>An event that was given out, as inbox.status shows it.</summary>
    public sealed class TakenEvent : View
    {
        private static readonly string[] Described = { "event", "kind", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error" };

        private TakenEvent(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static TakenEvent/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new TakenEvent(json/*!*/);
        }

        /// <summary>The event's number, for inbox.acknowledge. (library)</summary>
        public long? Event
        {
            get { return ReadWhole("event"); }
        }

        /// <summary>What it is about. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>When it arrived. (library)</summary>
        public DateTime? Received
        {
            get { return ReadMoment("received"); }
        }

        /// <summary>How many times it was given out, this time included. (library)</summary>
        public long? Deliveries
        {
            get { return ReadWhole("deliveries"); }
        }

        /// <summary>How it stands. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>Who has it; null if nobody has. (library)</summary>
        public string/*?*/ Holder
        {
            get { return ReadText("holder"); }
        }

        /// <summary>In how many seconds its lease ends; null if nobody has it. (library)</summary>
        public TimeSpan? LeaseEndsIn
        {
            get { return ReadDuration("lease_ends_in_s"); }
        }

        /// <summary>What was said of it last; null if nothing was. (library)</summary>
        public string/*?*/ LastError
        {
            get { return ReadText("last_error"); }
        }
    }

    /// <summary>How the inbox fares. Given by inbox.status.</summary>
    public sealed class InboxStatus : View
    {
        private static readonly string[] Described = { "waiting", "leased", "acknowledged", "unverified", "unreadable", "oldest_s", "oldest_unverified_s", "taken" };

        private InboxStatus(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static InboxStatus/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new InboxStatus(json/*!*/);
        }

        /// <summary>How many events wait to be taken. (library)</summary>
        public long? Waiting
        {
            get { return ReadWhole("waiting"); }
        }

        /// <summary>How many are taken and not acknowledged yet. (library)</summary>
        public long? Leased
        {
            get { return ReadWhole("leased"); }
        }

        /// <summary>How many are done with and still kept. (library)</summary>
        public long? Acknowledged
        {
            get { return ReadWhole("acknowledged"); }
        }

        /// <summary>How many webhooks wait for the API to be asked about them. (library)</summary>
        public long? Unverified
        {
            get { return ReadWhole("unverified"); }
        }

        /// <summary>How many events were kept under another client_secret. (library)</summary>
        public long? Unreadable
        {
            get { return ReadWhole("unreadable"); }
        }

        /// <summary>How long the oldest event that is not done with has been there, in seconds; null if there is none.
        /// (library)</summary>
        public TimeSpan? Oldest
        {
            get { return ReadDuration("oldest_s"); }
        }

        /// <summary>How long the oldest unverified webhook has been there, in seconds; null if there is none. (library)</summary>
        public TimeSpan? OldestUnverified
        {
            get { return ReadDuration("oldest_unverified_s"); }
        }

        /// <summary>The first 100 events that were given out and are not acknowledged. (library)</summary>
        public IReadOnlyList<TakenEvent> Taken
        {
            get { return ReadList("taken", TakenEvent.Parse); }
        }
    }

    /// <summary>What inbox.poll found. Given by inbox.poll.</summary>
    public sealed class PollCounts : View
    {
        private static readonly string[] Described = { "result", "userstatus", "requests" };

        private PollCounts(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static PollCounts/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new PollCounts(json/*!*/);
        }

        /// <summary>How many new events of results; missing if only user statuses were asked for. (library)</summary>
        public long? Result
        {
            get { return ReadWhole("result"); }
        }

        /// <summary>How many new events of user statuses; missing if only results were asked for. (library)</summary>
        public long? UserStatus
        {
            get { return ReadWhole("userstatus"); }
        }

        /// <summary>How many requests it took. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }
    }

    /// <summary>What users.ensure gives. Given by users.ensure.</summary>
    public sealed class EnsuredUser : View
    {
        private static readonly string[] Described = { "did", "changes", "user", "warnings" };

        private EnsuredUser(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static EnsuredUser/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new EnsuredUser(json/*!*/);
        }

        /// <summary>What was done. (library)</summary>
        public string/*?*/ Did
        {
            get { return ReadText("did"); }
        }

        /// <summary>What changed, by the names of the fields: [before, after]; "roles" is {"add": […]}; an identity number is
        /// "***". (library)</summary>
        public string/*?*/ Changes
        {
            get { return Get("changes"); }
        }

        /// <summary>The user as the server shows it; with "dry_run", and where nothing is done, as it was; null if there is none.
        /// (library)</summary>
        public User/*?*/ User
        {
            get { return ReadObject("user", User.Parse); }
        }

        /// <summary>What to know besides; only there if there is something to tell. Empty if it is missing. (library)</summary>
        public IReadOnlyList<ReplyWarning> Warnings
        {
            get { return ReadList("warnings", ReplyWarning.Parse); }
        }
    }

    /// <summary>How sync.init read the file.</summary>
    public sealed class SyncProposalFile : View
    {
        private static readonly string[] Described = { "rows", "format", "encoding", "delimiter", "end" };

        private SyncProposalFile(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncProposalFile/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncProposalFile(json/*!*/);
        }

        /// <summary>How many rows there are. (library)</summary>
        public long? Rows
        {
            get { return ReadWhole("rows"); }
        }

        /// <summary>"csv", "ndjson" or "json". (library)</summary>
        public string/*?*/ Format
        {
            get { return ReadText("format"); }
        }

        /// <summary>The encoding that it was read in. (library)</summary>
        public string/*?*/ Encoding
        {
            get { return ReadText("encoding"); }
        }

        /// <summary>What stands between the cells; null for objects. (library)</summary>
        public string/*?*/ Delimiter
        {
            get { return ReadText("delimiter"); }
        }

        /// <summary>The first cell of what looks like the end of a whole file; null if nothing does. (library)</summary>
        public string/*?*/ End
        {
            get { return ReadText("end"); }
        }
    }

    /// <summary>A column of the file, as sync.init found it.</summary>
    public sealed class SyncProposalColumn : View
    {
        private static readonly string[] Described = { "header", "field", "by", "filled" };

        private SyncProposalColumn(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncProposalColumn/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncProposalColumn(json/*!*/);
        }

        /// <summary>Its header. (library)</summary>
        public string/*?*/ Header
        {
            get { return ReadText("header"); }
        }

        /// <summary>The field that it is; null if it is not read. (library)</summary>
        public string/*?*/ Field
        {
            get { return ReadText("field"); }
        }

        /// <summary>How that was found: "given", "header", "contents", or "register" (FinAut has the same of the same people).
        /// (library)</summary>
        public string/*?*/ By
        {
            get { return ReadText("by"); }
        }

        /// <summary>How many of its cells are filled. (library)</summary>
        public long? Filled
        {
            get { return ReadWhole("filled"); }
        }
    }

    /// <summary>What of FinAut a plan was made from.</summary>
    public sealed class SyncBasis : View
    {
        private static readonly string[] Described = { "read", "people", "requests" };

        private SyncBasis(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncBasis/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncBasis(json/*!*/);
        }

        /// <summary>When people were listed, in Norway; null while it waits. (library)</summary>
        public DateTime? Read
        {
            get { return ReadMoment("read"); }
        }

        /// <summary>How many people FinAut listed. (library)</summary>
        public long? People
        {
            get { return ReadWhole("people"); }
        }

        /// <summary>How many requests this call sent to read. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }
    }

    /// <summary>How many people of the file and of FinAut are the same, as sync.init found them.</summary>
    public sealed class SyncProposalCounts : View
    {
        private static readonly string[] Described = { "people", "by_number", "by_alias", "transfers", "undecided", "unknown_to_finaut", "without_number", "confidential", "unknown_to_hr" };

        private SyncProposalCounts(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncProposalCounts/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncProposalCounts(json/*!*/);
        }

        /// <summary>People in the file. (library)</summary>
        public long? People
        {
            get { return ReadWhole("people"); }
        }

        /// <summary>Of them found in FinAut by the identity number. (library)</summary>
        public long? ByNumber
        {
            get { return ReadWhole("by_number"); }
        }

        /// <summary>Found by the employee_alias alone. (library)</summary>
        public long? ByAlias
        {
            get { return ReadWhole("by_alias"); }
        }

        /// <summary>Found in another company. (library)</summary>
        public long? Transfers
        {
            get { return ReadWhole("transfers"); }
        }

        /// <summary>Whom a person has to decide about: perhaps the same, or rows that contradict. (library)</summary>
        public long? Undecided
        {
            get { return ReadWhole("undecided"); }
        }

        /// <summary>Not in FinAut, with a valid identity number. (library)</summary>
        public long? UnknownToFinaut
        {
            get { return ReadWhole("unknown_to_finaut"); }
        }

        /// <summary>Not in FinAut, and without a valid Norwegian identity number. (library)</summary>
        public long? WithoutNumber
        {
            get { return ReadWhole("without_number"); }
        }

        /// <summary>Kept out. (library)</summary>
        public long? Confidential
        {
            get { return ReadWhole("confidential"); }
        }

        /// <summary>People of FinAut, of the companies in the scope, whom no row names. (library)</summary>
        public long? UnknownToHr
        {
            get { return ReadWhole("unknown_to_hr"); }
        }
    }

    /// <summary>Something to know before the proposed profile is used.</summary>
    public sealed class SyncProposalProblem : View
    {
        private static readonly string[] Described = { "problem", "says", "rows" };

        private SyncProposalProblem(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncProposalProblem/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncProposalProblem(json/*!*/);
        }

        /// <summary>A stable word. (library)</summary>
        public string/*?*/ Problem
        {
            get { return ReadText("problem"); }
        }

        /// <summary>What it is, for a person, in the language of the comments. (library)</summary>
        public string/*?*/ Says
        {
            get { return ReadText("says"); }
        }

        /// <summary>In how many rows; null where it is about the file. (library)</summary>
        public long? Rows
        {
            get { return ReadWhole("rows"); }
        }
    }

    /// <summary>What sync.init gives. No identity number and no name of a person is in it. Given by sync.init.</summary>
    public sealed class SyncProposal : View
    {
        private static readonly string[] Described = { "profile", "fill_in", "file", "columns", "basis", "counts", "problems" };

        private SyncProposal(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncProposal/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncProposal(json/*!*/);
        }

        /// <summary>The proposed profile; members whose names begin with // are comments. (library)</summary>
        public string/*?*/ Profile
        {
            get { return Get("profile"); }
        }

        /// <summary>Where a person has to fill something in: pointers into the profile. (library)</summary>
        public IReadOnlyList<string> FillIn
        {
            get { return ReadTexts("fill_in"); }
        }

        /// <summary>How the file was read. (library)</summary>
        public SyncProposalFile/*?*/ File
        {
            get { return ReadObject("file", SyncProposalFile.Parse); }
        }

        /// <summary>The columns of the file, in its order. (library)</summary>
        public IReadOnlyList<SyncProposalColumn> Columns
        {
            get { return ReadList("columns", SyncProposalColumn.Parse); }
        }

        /// <summary>What was read of FinAut. (library)</summary>
        public SyncBasis/*?*/ Basis
        {
            get { return ReadObject("basis", SyncBasis.Parse); }
        }

        /// <summary>How many people both know, and how many one of them. (library)</summary>
        public SyncProposalCounts/*?*/ Counts
        {
            get { return ReadObject("counts", SyncProposalCounts.Parse); }
        }

        /// <summary>What to know before using the profile. (library)</summary>
        public IReadOnlyList<SyncProposalProblem> Problems
        {
            get { return ReadList("problems", SyncProposalProblem.Parse); }
        }
    }

    /// <summary>Somebody whom a plan is about.</summary>
    public sealed class SyncPerson : View
    {
        private static readonly string[] Described = { "id", "employee_alias", "row", "name" };

        private SyncPerson(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncPerson/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncPerson(json/*!*/);
        }

        /// <summary>FinAut's user id; missing for somebody whom FinAut does not have. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>The employer's own id of the person; missing where there is none. (library)</summary>
        public string/*?*/ EmployeeAlias
        {
            get { return ReadText("employee_alias"); }
        }

        /// <summary>Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
        /// person. (library)</summary>
        public long? Row
        {
            get { return ReadWhole("row"); }
        }

        /// <summary>First and last name; missing if "names" was false. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }
    }

    /// <summary>Rows that the profile leaves out for one value.</summary>
    public sealed class SyncLeftOut : View
    {
        private static readonly string[] Described = { "value", "rows" };

        private SyncLeftOut(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncLeftOut/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncLeftOut(json/*!*/);
        }

        /// <summary>The column and the value. (library)</summary>
        public string/*?*/ Value
        {
            get { return ReadText("value"); }
        }

        /// <summary>How many rows. (library)</summary>
        public long? Rows
        {
            get { return ReadWhole("rows"); }
        }
    }

    /// <summary>The HR file, or the rows that were given in its place.</summary>
    public sealed class SyncFile : View
    {
        private static readonly string[] Described = { "rows", "sha256", "written", "left_out" };

        private SyncFile(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncFile/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncFile(json/*!*/);
        }

        /// <summary>How many rows it has. (library)</summary>
        public long? Rows
        {
            get { return ReadWhole("rows"); }
        }

        /// <summary>SHA-256 of its bytes. (library)</summary>
        public string/*?*/ Sha256
        {
            get { return ReadText("sha256"); }
        }

        /// <summary>When it was changed last, in Norway; null for rows that were given in the call. (library)</summary>
        public DateTime? Written
        {
            get { return ReadMoment("written"); }
        }

        /// <summary>Rows that the profile's rows leave out; whom they name is present all the same. (library)</summary>
        public IReadOnlyList<SyncLeftOut> LeftOut
        {
            get { return ReadList("left_out", SyncLeftOut.Parse); }
        }
    }

    /// <summary>How many there are of everything in a plan. Each member is always there.</summary>
    public sealed class SyncCounts : View
    {
        private static readonly string[] Described = { "unchanged", "create", "update", "withdraw", "hold", "held", "held_new", "problems", "portal", "portal_new", "due_later", "reported", "excepted", "confidential", "unknown_to_hr", "extra", "done", "refused", "refused_new", "failed", "doubtful", "drifted", "left" };

        private SyncCounts(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncCounts/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncCounts(json/*!*/);
        }

        /// <summary>People of the file who need no step. (library)</summary>
        public long? Unchanged
        {
            get { return ReadWhole("unchanged"); }
        }

        /// <summary>People who are created; as the next three, without what is held. (library)</summary>
        public long? Create
        {
            get { return ReadWhole("create"); }
        }

        /// <summary>Changes of people who are there. (library)</summary>
        public long? Update
        {
            get { return ReadWhole("update"); }
        }

        /// <summary>Withdrawals, one for each scheme. (library)</summary>
        public long? Withdraw
        {
            get { return ReadWhole("withdraw"); }
        }

        /// <summary>People put on hold, one for each scheme. (library)</summary>
        public long? Hold
        {
            get { return ReadWhole("hold"); }
        }

        /// <summary>Steps that a rail holds. (library)</summary>
        public long? Held
        {
            get { return ReadWhole("held"); }
        }

        /// <summary>Those of them that no earlier run knew. (library)</summary>
        public long? HeldNew
        {
            get { return ReadWhole("held_new"); }
        }

        /// <summary>Problems. (library)</summary>
        public long? Problems
        {
            get { return ReadWhole("problems"); }
        }

        /// <summary>Work for the portal. (library)</summary>
        public long? Portal
        {
            get { return ReadWhole("portal"); }
        }

        /// <summary>The part of it that no earlier run knew. (library)</summary>
        public long? PortalNew
        {
            get { return ReadWhole("portal_new"); }
        }

        /// <summary>What will be done on a later day. (library)</summary>
        public long? DueLater
        {
            get { return ReadWhole("due_later"); }
        }

        /// <summary>What is told and not done. (library)</summary>
        public long? Reported
        {
            get { return ReadWhole("reported"); }
        }

        /// <summary>Steps that an exception left out. (library)</summary>
        public long? Excepted
        {
            get { return ReadWhole("excepted"); }
        }

        /// <summary>People who are kept out. (library)</summary>
        public long? Confidential
        {
            get { return ReadWhole("confidential"); }
        }

        /// <summary>People whom no HR file has named. (library)</summary>
        public long? UnknownToHr
        {
            get { return ReadWhole("unknown_to_hr"); }
        }

        /// <summary>Schemes that HR never asked for. (library)</summary>
        public long? Extra
        {
            get { return ReadWhole("extra"); }
        }

        /// <summary>Of a run, as the next six: steps that are done. (library)</summary>
        public long? Done
        {
            get { return ReadWhole("done"); }
        }

        /// <summary>Steps that the server refused; they are not sent again for seven days. (library)</summary>
        public long? Refused
        {
            get { return ReadWhole("refused"); }
        }

        /// <summary>Refused steps of which no earlier run of the profile has told, those of a run that was killed included.
        /// (library)</summary>
        public long? RefusedNew
        {
            get { return ReadWhole("refused_new"); }
        }

        /// <summary>Steps that did not work this time. (library)</summary>
        public long? Failed
        {
            get { return ReadWhole("failed"); }
        }

        /// <summary>Steps of which nobody knows yet. (library)</summary>
        public long? Doubtful
        {
            get { return ReadWhole("doubtful"); }
        }

        /// <summary>Steps whose person was not as planned any more. (library)</summary>
        public long? Drifted
        {
            get { return ReadWhole("drifted"); }
        }

        /// <summary>Steps whose turn did not come. (library)</summary>
        public long? Left
        {
            get { return ReadWhole("left"); }
        }
    }

    /// <summary>What carrying out a plan costs, without what is held.</summary>
    public sealed class SyncCost : View
    {
        private static readonly string[] Described = { "requests", "minimum", "free_now", "through" };

        private SyncCost(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncCost/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncCost(json/*!*/);
        }

        /// <summary>How many requests. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }

        /// <summary>The fewest that could do the same: without the looks before. (library)</summary>
        public long? Minimum
        {
            get { return ReadWhole("minimum"); }
        }

        /// <summary>How many are free now. (library)</summary>
        public long? FreeNow
        {
            get { return ReadWhole("free_now"); }
        }

        /// <summary>When the last could be through, in Norway; null where there are none. (library)</summary>
        public DateTime? Through
        {
            get { return ReadMoment("through"); }
        }
    }

    /// <summary>A rail: what holds a plan or a part of it until a person has approved it.</summary>
    public sealed class SyncRail : View
    {
        private static readonly string[] Described = { "rail", "limit", "found", "tripped", "says" };

        private SyncRail(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncRail/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncRail(json/*!*/);
        }

        /// <summary>Its name. (library)</summary>
        public string/*?*/ Rail
        {
            get { return ReadText("rail"); }
        }

        /// <summary>How many are let pass; null where there is no such number. (library)</summary>
        public long? Limit
        {
            get { return ReadWhole("limit"); }
        }

        /// <summary>How many were found. (library)</summary>
        public long? Found
        {
            get { return ReadWhole("found"); }
        }

        /// <summary>True if it holds something. (library)</summary>
        public bool? Tripped
        {
            get { return ReadFlag("tripped"); }
        }

        /// <summary>What it found, for people. (library)</summary>
        public string/*?*/ Says
        {
            get { return ReadText("says"); }
        }
    }

    /// <summary>One thing that has to be done.</summary>
    public sealed class SyncStep : View
    {
        private static readonly string[] Described = { "step", "kind", "requests", "person", "scheme", "reason", "date", "was", "changes", "held", "since", "state" };

        private SyncStep(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncStep/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncStep(json/*!*/);
        }

        /// <summary>Its name in this plan. (library)</summary>
        public string/*?*/ Step
        {
            get { return ReadText("step"); }
        }

        /// <summary>What is done. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>How many requests it costs. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }

        /// <summary>To whom. (library)</summary>
        public SyncPerson/*?*/ Person
        {
            get { return ReadObject("person", SyncPerson.Parse); }
        }

        /// <summary>Of a status: the scheme's code. (library)</summary>
        public string/*?*/ Scheme
        {
            get { return ReadText("scheme"); }
        }

        /// <summary>Why, for people. (library)</summary>
        public string/*?*/ Reason
        {
            get { return ReadText("reason"); }
        }

        /// <summary>Of a status: from when it holds; of a creation: the first day, where the row tells it. (library)</summary>
        public DateTime? Date
        {
            get { return ReadDate("date"); }
        }

        /// <summary>Of a status: the one before; null if none is known. (library)</summary>
        public string/*?*/ Was
        {
            get { return ReadText("was"); }
        }

        /// <summary>Field to [before, after], and "roles" to {"add": [role, …]}; the identity number is "***". Empty if it is
        /// missing. (library)</summary>
        public IReadOnlyDictionary<string, string> Changes
        {
            get { return ReadMap("changes"); }
        }

        /// <summary>The rail that holds it; missing where none does. (library)</summary>
        public string/*?*/ Held
        {
            get { return ReadText("held"); }
        }

        /// <summary>Since when it waits. (library)</summary>
        public DateTime? Since
        {
            get { return ReadDate("since"); }
        }

        /// <summary>Of a run: how far it came. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }
    }

    /// <summary>Something that cannot be done because of the file or of the register.</summary>
    public sealed class SyncProblem : View
    {
        private static readonly string[] Described = { "id", "employee_alias", "row", "name", "problem", "says", "since" };

        private SyncProblem(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncProblem/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncProblem(json/*!*/);
        }

        /// <summary>FinAut's user id; missing for somebody whom FinAut does not have. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>The employer's own id of the person; missing where there is none. (library)</summary>
        public string/*?*/ EmployeeAlias
        {
            get { return ReadText("employee_alias"); }
        }

        /// <summary>Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
        /// person. (library)</summary>
        public long? Row
        {
            get { return ReadWhole("row"); }
        }

        /// <summary>First and last name; missing if "names" was false. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }

        /// <summary>The stable word for it. (library)</summary>
        public string/*?*/ Problem
        {
            get { return ReadText("problem"); }
        }

        /// <summary>A sentence for people. (library)</summary>
        public string/*?*/ Says
        {
            get { return ReadText("says"); }
        }

        /// <summary>Since when it is known. (library)</summary>
        public DateTime? Since
        {
            get { return ReadDate("since"); }
        }
    }

    /// <summary>Something that only FinAut's portal can do.</summary>
    public sealed class SyncPortalWork : View
    {
        private static readonly string[] Described = { "id", "employee_alias", "row", "name", "scheme", "portal", "says", "since" };

        private SyncPortalWork(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncPortalWork/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncPortalWork(json/*!*/);
        }

        /// <summary>FinAut's user id; missing for somebody whom FinAut does not have. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>The employer's own id of the person; missing where there is none. (library)</summary>
        public string/*?*/ EmployeeAlias
        {
            get { return ReadText("employee_alias"); }
        }

        /// <summary>Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
        /// person. (library)</summary>
        public long? Row
        {
            get { return ReadWhole("row"); }
        }

        /// <summary>First and last name; missing if "names" was false. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }

        /// <summary>The scheme's code, where it is about one. (library)</summary>
        public string/*?*/ Scheme
        {
            get { return ReadText("scheme"); }
        }

        /// <summary>The stable word for it. (library)</summary>
        public string/*?*/ Portal
        {
            get { return ReadText("portal"); }
        }

        /// <summary>A sentence for people. (library)</summary>
        public string/*?*/ Says
        {
            get { return ReadText("says"); }
        }

        /// <summary>Since when it is known. (library)</summary>
        public DateTime? Since
        {
            get { return ReadDate("since"); }
        }
    }

    /// <summary>Something that will be done on a later day.</summary>
    public sealed class SyncDue : View
    {
        private static readonly string[] Described = { "id", "employee_alias", "row", "name", "kind", "scheme", "date", "says" };

        private SyncDue(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncDue/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncDue(json/*!*/);
        }

        /// <summary>FinAut's user id; missing for somebody whom FinAut does not have. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>The employer's own id of the person; missing where there is none. (library)</summary>
        public string/*?*/ EmployeeAlias
        {
            get { return ReadText("employee_alias"); }
        }

        /// <summary>Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
        /// person. (library)</summary>
        public long? Row
        {
            get { return ReadWhole("row"); }
        }

        /// <summary>First and last name; missing if "names" was false. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }

        /// <summary>What will be done. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>The scheme's code, where it is about one. (library)</summary>
        public string/*?*/ Scheme
        {
            get { return ReadText("scheme"); }
        }

        /// <summary>On which day, if nothing changes. (library)</summary>
        public DateTime? Date
        {
            get { return ReadDate("date"); }
        }

        /// <summary>A sentence for people. (library)</summary>
        public string/*?*/ Says
        {
            get { return ReadText("says"); }
        }
    }

    /// <summary>Something that is told and not done.</summary>
    public sealed class SyncReported : View
    {
        private static readonly string[] Described = { "id", "employee_alias", "row", "name", "scheme", "reported", "says", "since" };

        private SyncReported(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncReported/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncReported(json/*!*/);
        }

        /// <summary>FinAut's user id; missing for somebody whom FinAut does not have. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>The employer's own id of the person; missing where there is none. (library)</summary>
        public string/*?*/ EmployeeAlias
        {
            get { return ReadText("employee_alias"); }
        }

        /// <summary>Where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the
        /// person. (library)</summary>
        public long? Row
        {
            get { return ReadWhole("row"); }
        }

        /// <summary>First and last name; missing if "names" was false. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }

        /// <summary>The scheme's code, where it is about one. (library)</summary>
        public string/*?*/ Scheme
        {
            get { return ReadText("scheme"); }
        }

        /// <summary>The stable word for it. (library)</summary>
        public string/*?*/ Reported
        {
            get { return ReadText("reported"); }
        }

        /// <summary>A sentence for people. (library)</summary>
        public string/*?*/ Says
        {
            get { return ReadText("says"); }
        }

        /// <summary>Since when it is known. (library)</summary>
        public DateTime? Since
        {
            get { return ReadDate("since"); }
        }
    }

    /// <summary>A scheme that somebody has in FinAut and HR never asked for.</summary>
    public sealed class SyncExtra : View
    {
        private static readonly string[] Described = { "id", "name", "scheme" };

        private SyncExtra(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncExtra/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncExtra(json/*!*/);
        }

        /// <summary>FinAut's user id. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>First and last name; missing if "names" was false. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }

        /// <summary>The scheme's code. (library)</summary>
        public string/*?*/ Scheme
        {
            get { return ReadText("scheme"); }
        }
    }

    /// <summary>What has to change in FinAut so that it follows the HR file, what holds it, and what it costs. No identity number
    /// is in it. Given by sync.plan.</summary>
    public sealed class SyncPlan : View
    {
        private static readonly string[] Described = { "plan", "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps", "problems", "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s" };

        private SyncPlan(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncPlan/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncPlan(json/*!*/);
        }

        /// <summary>The plan's id; null while it waits. (library)</summary>
        public string/*?*/ Plan
        {
            get { return ReadText("plan"); }
        }

        /// <summary>"ready", or "waiting" for requests to be free. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>The profile's name. (library)</summary>
        public string/*?*/ Profile
        {
            get { return ReadText("profile"); }
        }

        /// <summary>The one person whom it is for; null for everybody. (library)</summary>
        public SyncPerson/*?*/ Only
        {
            get { return ReadObject("only", SyncPerson.Parse); }
        }

        /// <summary>The file that was read. (library)</summary>
        public SyncFile/*?*/ File
        {
            get { return ReadObject("file", SyncFile.Parse); }
        }

        /// <summary>What of FinAut it was made from. (library)</summary>
        public SyncBasis/*?*/ Basis
        {
            get { return ReadObject("basis", SyncBasis.Parse); }
        }

        /// <summary>How many there are of everything; all 0 while it waits. (library)</summary>
        public SyncCounts/*?*/ Counts
        {
            get { return ReadObject("counts", SyncCounts.Parse); }
        }

        /// <summary>What carrying out what nothing holds costs. (library)</summary>
        public SyncCost/*?*/ Cost
        {
            get { return ReadObject("cost", SyncCost.Parse); }
        }

        /// <summary>Each rail, whether it holds something or not. (library)</summary>
        public IReadOnlyList<SyncRail> Rails
        {
            get { return ReadList("rails", SyncRail.Parse); }
        }

        /// <summary>What has to be done, in its order, held steps included. (library)</summary>
        public IReadOnlyList<SyncStep> Steps
        {
            get { return ReadList("steps", SyncStep.Parse); }
        }

        /// <summary>What cannot be done because of the file or of the register. (library)</summary>
        public IReadOnlyList<SyncProblem> Problems
        {
            get { return ReadList("problems", SyncProblem.Parse); }
        }

        /// <summary>What can be done in FinAut's portal only. (library)</summary>
        public IReadOnlyList<SyncPortalWork> Portal
        {
            get { return ReadList("portal", SyncPortalWork.Parse); }
        }

        /// <summary>What will be done on a later day. (library)</summary>
        public IReadOnlyList<SyncDue> DueLater
        {
            get { return ReadList("due_later", SyncDue.Parse); }
        }

        /// <summary>What is told and not done, as the profile says "report". (library)</summary>
        public IReadOnlyList<SyncReported> Reported
        {
            get { return ReadList("reported", SyncReported.Parse); }
        }

        /// <summary>People in FinAut, in the scope, whom no HR file has named. (library)</summary>
        public IReadOnlyList<SyncPerson> UnknownToHr
        {
            get { return ReadList("unknown_to_hr", SyncPerson.Parse); }
        }

        /// <summary>Schemes that people have in FinAut and HR never asked for. (library)</summary>
        public IReadOnlyList<SyncExtra> Extra
        {
            get { return ReadList("extra", SyncExtra.Parse); }
        }

        /// <summary>While it waits: in how many seconds sync.plan can go on; else null. (library)</summary>
        public TimeSpan? NextSlot
        {
            get { return ReadDuration("next_slot_s"); }
        }
    }

    /// <summary>How many requests a run sent.</summary>
    public sealed class SyncRequests : View
    {
        private static readonly string[] Described = { "reading", "writing", "settling" };

        private SyncRequests(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncRequests/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncRequests(json/*!*/);
        }

        /// <summary>To read FinAut. (library)</summary>
        public long? Reading
        {
            get { return ReadWhole("reading"); }
        }

        /// <summary>To carry out steps, looks before them included. (library)</summary>
        public long? Writing
        {
            get { return ReadWhole("writing"); }
        }

        /// <summary>To try again, and to find out what became of a request. (library)</summary>
        public long? Settling
        {
            get { return ReadWhole("settling"); }
        }
    }

    /// <summary>A step that could not be done.</summary>
    public sealed class SyncStepFailure : View
    {
        private static readonly string[] Described = { "step", "person", "code", "message", "fields" };

        private SyncStepFailure(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncStepFailure/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncStepFailure(json/*!*/);
        }

        /// <summary>The step. (library)</summary>
        public string/*?*/ Step
        {
            get { return ReadText("step"); }
        }

        /// <summary>To whom. (library)</summary>
        public SyncPerson/*?*/ Person
        {
            get { return ReadObject("person", SyncPerson.Parse); }
        }

        /// <summary>The error's code. (library)</summary>
        public string/*?*/ Code
        {
            get { return ReadText("code"); }
        }

        /// <summary>What happened, for people. (library)</summary>
        public string/*?*/ Message
        {
            get { return ReadText("message"); }
        }

        /// <summary>What of it was refused. (library)</summary>
        public IReadOnlyList<string> Fields
        {
            get { return ReadTexts("fields"); }
        }
    }

    /// <summary>A plan, and what came of its steps. No identity number is in it. Given by sync.run, sync.apply.</summary>
    public sealed class SyncRun : View
    {
        private static readonly string[] Described = { "run", "requests", "failures", "plan", "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps", "problems", "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s" };

        private SyncRun(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncRun/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncRun(json/*!*/);
        }

        /// <summary>The run's id; null while it waits for what is read, and where it only planned. (library)</summary>
        public string/*?*/ Run
        {
            get { return ReadText("run"); }
        }

        /// <summary>How many requests were sent, and for what. (library)</summary>
        public SyncRequests/*?*/ Requests
        {
            get { return ReadObject("requests", SyncRequests.Parse); }
        }

        /// <summary>What could not be done. (library)</summary>
        public IReadOnlyList<SyncStepFailure> Failures
        {
            get { return ReadList("failures", SyncStepFailure.Parse); }
        }

        /// <summary>The plan's id; null while it waits. (library)</summary>
        public string/*?*/ Plan
        {
            get { return ReadText("plan"); }
        }

        /// <summary>"ready", or "waiting" for requests to be free. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>The profile's name. (library)</summary>
        public string/*?*/ Profile
        {
            get { return ReadText("profile"); }
        }

        /// <summary>The one person whom it is for; null for everybody. (library)</summary>
        public SyncPerson/*?*/ Only
        {
            get { return ReadObject("only", SyncPerson.Parse); }
        }

        /// <summary>The file that was read. (library)</summary>
        public SyncFile/*?*/ File
        {
            get { return ReadObject("file", SyncFile.Parse); }
        }

        /// <summary>What of FinAut it was made from. (library)</summary>
        public SyncBasis/*?*/ Basis
        {
            get { return ReadObject("basis", SyncBasis.Parse); }
        }

        /// <summary>How many there are of everything; all 0 while it waits. (library)</summary>
        public SyncCounts/*?*/ Counts
        {
            get { return ReadObject("counts", SyncCounts.Parse); }
        }

        /// <summary>What carrying out what nothing holds costs. (library)</summary>
        public SyncCost/*?*/ Cost
        {
            get { return ReadObject("cost", SyncCost.Parse); }
        }

        /// <summary>Each rail, whether it holds something or not. (library)</summary>
        public IReadOnlyList<SyncRail> Rails
        {
            get { return ReadList("rails", SyncRail.Parse); }
        }

        /// <summary>What has to be done, in its order, held steps included. (library)</summary>
        public IReadOnlyList<SyncStep> Steps
        {
            get { return ReadList("steps", SyncStep.Parse); }
        }

        /// <summary>What cannot be done because of the file or of the register. (library)</summary>
        public IReadOnlyList<SyncProblem> Problems
        {
            get { return ReadList("problems", SyncProblem.Parse); }
        }

        /// <summary>What can be done in FinAut's portal only. (library)</summary>
        public IReadOnlyList<SyncPortalWork> Portal
        {
            get { return ReadList("portal", SyncPortalWork.Parse); }
        }

        /// <summary>What will be done on a later day. (library)</summary>
        public IReadOnlyList<SyncDue> DueLater
        {
            get { return ReadList("due_later", SyncDue.Parse); }
        }

        /// <summary>What is told and not done, as the profile says "report". (library)</summary>
        public IReadOnlyList<SyncReported> Reported
        {
            get { return ReadList("reported", SyncReported.Parse); }
        }

        /// <summary>People in FinAut, in the scope, whom no HR file has named. (library)</summary>
        public IReadOnlyList<SyncPerson> UnknownToHr
        {
            get { return ReadList("unknown_to_hr", SyncPerson.Parse); }
        }

        /// <summary>Schemes that people have in FinAut and HR never asked for. (library)</summary>
        public IReadOnlyList<SyncExtra> Extra
        {
            get { return ReadList("extra", SyncExtra.Parse); }
        }

        /// <summary>While it waits: in how many seconds sync.plan can go on; else null. (library)</summary>
        public TimeSpan? NextSlot
        {
            get { return ReadDuration("next_slot_s"); }
        }
    }

    /// <summary>What became of what was kept of a person. Given by sync.forget.</summary>
    public sealed class SyncForgotten : View
    {
        private static readonly string[] Described = { "id", "was_seen", "plans", "audit_lines" };

        private SyncForgotten(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncForgotten/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncForgotten(json/*!*/);
        }

        /// <summary>FinAut's user id, which alone is kept; null for somebody whom FinAut does not have. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>True if an HR file had named the person. (library)</summary>
        public bool? WasSeen
        {
            get { return ReadFlag("was_seen"); }
        }

        /// <summary>How many kept plans named the person. (library)</summary>
        public long? Plans
        {
            get { return ReadWhole("plans"); }
        }

        /// <summary>How many lines of the audit stay. (library)</summary>
        public long? AuditLines
        {
            get { return ReadWhole("audit_lines"); }
        }
    }

    /// <summary>How far a sync is that is under way, waits, was stopped or is broken.</summary>
    public sealed class SyncProgress : View
    {
        private static readonly string[] Described = { "operation", "done", "of", "requests", "begun", "at", "machine", "process" };

        private SyncProgress(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncProgress/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncProgress(json/*!*/);
        }

        /// <summary>The operation. (library)</summary>
        public string/*?*/ Operation
        {
            get { return ReadText("operation"); }
        }

        /// <summary>How many pages of people are read, or steps are through. (library)</summary>
        public long? Done
        {
            get { return ReadWhole("done"); }
        }

        /// <summary>How many there are; null before the first. (library)</summary>
        public long? Of
        {
            get { return ReadWhole("of"); }
        }

        /// <summary>How many requests it took. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }

        /// <summary>When it began, in Norway. (library)</summary>
        public DateTime? Begun
        {
            get { return ReadMoment("begun"); }
        }

        /// <summary>When it said so, in Norway. (library)</summary>
        public DateTime? At
        {
            get { return ReadMoment("at"); }
        }

        /// <summary>The machine. (library)</summary>
        public string/*?*/ Machine
        {
            get { return ReadText("machine"); }
        }

        /// <summary>The number of the process. (library)</summary>
        public long? Process
        {
            get { return ReadWhole("process"); }
        }
    }

    /// <summary>How many requests are left for a sync.</summary>
    public sealed class SyncBudget : View
    {
        private static readonly string[] Described = { "limit", "used", "free", "next_slot_s" };

        private SyncBudget(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncBudget/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncBudget(json/*!*/);
        }

        /// <summary>How many requests the account has in each window. (library)</summary>
        public long? Limit
        {
            get { return ReadWhole("limit"); }
        }

        /// <summary>How many are used. (library)</summary>
        public long? Used
        {
            get { return ReadWhole("used"); }
        }

        /// <summary>How many are free now. (library)</summary>
        public long? Free
        {
            get { return ReadWhole("free"); }
        }

        /// <summary>In how many seconds the next one may be sent. (library)</summary>
        public TimeSpan? NextSlot
        {
            get { return ReadDuration("next_slot_s"); }
        }
    }

    /// <summary>A file that a run accepted.</summary>
    public sealed class SyncAcceptedFile : View
    {
        private static readonly string[] Described = { "at", "rows", "sha256" };

        private SyncAcceptedFile(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncAcceptedFile/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncAcceptedFile(json/*!*/);
        }

        /// <summary>When, in Norway. (library)</summary>
        public DateTime? At
        {
            get { return ReadMoment("at"); }
        }

        /// <summary>How many rows it had. (library)</summary>
        public long? Rows
        {
            get { return ReadWhole("rows"); }
        }

        /// <summary>SHA-256 of its bytes. (library)</summary>
        public string/*?*/ Sha256
        {
            get { return ReadText("sha256"); }
        }
    }

    /// <summary>Something that waits for a person: a held step, a problem, or work for the portal.</summary>
    public sealed class SyncOpenCase : View
    {
        private static readonly string[] Described = { "since", "what", "id", "employee_alias", "says" };

        private SyncOpenCase(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncOpenCase/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncOpenCase(json/*!*/);
        }

        /// <summary>Since when it is known. (library)</summary>
        public DateTime? Since
        {
            get { return ReadDate("since"); }
        }

        /// <summary>The rail that holds it, or the stable word for it. (library)</summary>
        public string/*?*/ What
        {
            get { return ReadText("what"); }
        }

        /// <summary>FinAut's user id; null for somebody whom FinAut does not have. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>The employer's own id of the person. (library)</summary>
        public string/*?*/ EmployeeAlias
        {
            get { return ReadText("employee_alias"); }
        }

        /// <summary>A sentence for people; null for a held step. (library)</summary>
        public string/*?*/ Says
        {
            get { return ReadText("says"); }
        }
    }

    /// <summary>What broke a sync.</summary>
    public sealed class SyncFailure : View
    {
        private static readonly string[] Described = { "code", "message", "at" };

        private SyncFailure(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncFailure/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncFailure(json/*!*/);
        }

        /// <summary>The error's code. (library)</summary>
        public string/*?*/ Code
        {
            get { return ReadText("code"); }
        }

        /// <summary>What happened and what to do, for a person. (library)</summary>
        public string/*?*/ Message
        {
            get { return ReadText("message"); }
        }

        /// <summary>When, in Norway. (library)</summary>
        public DateTime? At
        {
            get { return ReadMoment("at"); }
        }
    }

    /// <summary>How the sync of a profile stands. Each member is always there, and null where there was none. Given by
    /// sync.status.</summary>
    public sealed class SyncStatus : View
    {
        private static readonly string[] Described = { "profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done", "last_accepted_file", "oldest_open", "error" };

        private SyncStatus(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncStatus/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncStatus(json/*!*/);
        }

        /// <summary>The profile's name. (library)</summary>
        public string/*?*/ Profile
        {
            get { return ReadText("profile"); }
        }

        /// <summary>The id of the run that the next members are about, or of the plan where none carried it out.
        /// (library)</summary>
        public string/*?*/ Run
        {
            get { return ReadText("run"); }
        }

        /// <summary>Where the sync is. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>Of that run or plan. (library)</summary>
        public SyncCounts/*?*/ Counts
        {
            get { return ReadObject("counts", SyncCounts.Parse); }
        }

        /// <summary>How far a sync is that is not ready. (library)</summary>
        public SyncProgress/*?*/ Progress
        {
            get { return ReadObject("progress", SyncProgress.Parse); }
        }

        /// <summary>How many requests are left. (library)</summary>
        public SyncBudget/*?*/ Budget
        {
            get { return ReadObject("budget", SyncBudget.Parse); }
        }

        /// <summary>When what nothing holds could be through, begun now, in Norway. (library)</summary>
        public DateTime? Through
        {
            get { return ReadMoment("through"); }
        }

        /// <summary>While it waits: in how many seconds it can go on. (library)</summary>
        public TimeSpan? NextSlot
        {
            get { return ReadDuration("next_slot_s"); }
        }

        /// <summary>When the last run ended that was completed, in Norway. (library)</summary>
        public DateTime? LastDone
        {
            get { return ReadMoment("last_done"); }
        }

        /// <summary>The last file that a run accepted; a plan accepts none. (library)</summary>
        public SyncAcceptedFile/*?*/ LastAcceptedFile
        {
            get { return ReadObject("last_accepted_file", SyncAcceptedFile.Parse); }
        }

        /// <summary>What has waited longest for a person. (library)</summary>
        public SyncOpenCase/*?*/ OldestOpen
        {
            get { return ReadObject("oldest_open", SyncOpenCase.Parse); }
        }

        /// <summary>What broke it. (library)</summary>
        public SyncFailure/*?*/ Error
        {
            get { return ReadObject("error", SyncFailure.Parse); }
        }
    }

    /// <summary>A report in a form for people or programs, or where that was written. Given by sync.report.</summary>
    public sealed class SyncReport : View
    {
        private static readonly string[] Described = { "run", "profile", "what", "from", "to", "format", "language", "path", "text" };

        private SyncReport(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncReport/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncReport(json/*!*/);
        }

        /// <summary>The id of the run, or of the plan, that it is about; null for a time. (library)</summary>
        public string/*?*/ Run
        {
            get { return ReadText("run"); }
        }

        /// <summary>The profile's name. (library)</summary>
        public string/*?*/ Profile
        {
            get { return ReadText("profile"); }
        }

        /// <summary>What it is about. (library)</summary>
        public string/*?*/ What
        {
            get { return ReadText("what"); }
        }

        /// <summary>The first day; null if it is about a run or a plan. (library)</summary>
        public DateTime? From
        {
            get { return ReadDate("from"); }
        }

        /// <summary>The last day. (library)</summary>
        public DateTime? To
        {
            get { return ReadDate("to"); }
        }

        /// <summary>Its form. (library)</summary>
        public string/*?*/ Format
        {
            get { return ReadText("format"); }
        }

        /// <summary>Its language. (library)</summary>
        public string/*?*/ Language
        {
            get { return ReadText("language"); }
        }

        /// <summary>The absolute path that it was written to; null if it is here. (library)</summary>
        public string/*?*/ Path
        {
            get { return ReadText("path"); }
        }

        /// <summary>The report; null if it was written to a path. (library)</summary>
        public string/*?*/ Text
        {
            get { return ReadText("text"); }
        }
    }

    /// <summary>Rows for the HR system or the LMS, or where they were written. Given by sync.export.</summary>
    public sealed class SyncExport : View
    {
        private static readonly string[] Described = { "profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text" };

        private SyncExport(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SyncExport/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SyncExport(json/*!*/);
        }

        /// <summary>The profile's name. (library)</summary>
        public string/*?*/ Profile
        {
            get { return ReadText("profile"); }
        }

        /// <summary>What they are. (library)</summary>
        public string/*?*/ What
        {
            get { return ReadText("what"); }
        }

        /// <summary>Their form. (library)</summary>
        public string/*?*/ Format
        {
            get { return ReadText("format"); }
        }

        /// <summary>The encoding of the file; null if the rows are here. (library)</summary>
        public string/*?*/ Encoding
        {
            get { return ReadText("encoding"); }
        }

        /// <summary>How many rows there are. (library)</summary>
        public long? Rows
        {
            get { return ReadWhole("rows"); }
        }

        /// <summary>From which day on they are; null for all. (library)</summary>
        public DateTime? Since
        {
            get { return ReadDate("since"); }
        }

        /// <summary>As of when they are right, in Norway. (library)</summary>
        public DateTime? AsOf
        {
            get { return ReadMoment("as_of"); }
        }

        /// <summary>How many requests it took. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }

        /// <summary>The absolute path that they were written to; null if they are here. (library)</summary>
        public string/*?*/ Path
        {
            get { return ReadText("path"); }
        }

        /// <summary>The rows: CSV with a line of names first, or a JSON list of objects; null if they were written to a path.
        /// (library)</summary>
        public string/*?*/ Text
        {
            get { return ReadText("text"); }
        }
    }

    /// <summary>A change that was sent to the server, and how it ended. It holds no identity number, no name and no
    /// value.</summary>
    public sealed class JournalLine : View
    {
        private static readonly string[] Described = { "id", "at", "operation", "job", "method", "path", "object_id", "user_id", "fields", "outcome", "code", "http_status", "ended_at", "machine", "process", "os_user", "correlation_id" };

        private JournalLine(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static JournalLine/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new JournalLine(json/*!*/);
        }

        /// <summary>The line's number. (library)</summary>
        public long? Id
        {
            get { return ReadWhole("id"); }
        }

        /// <summary>When its request was about to be sent, in Norway. (library)</summary>
        public DateTime? At
        {
            get { return ReadMoment("at"); }
        }

        /// <summary>The operation that was called. (library)</summary>
        public string/*?*/ Operation
        {
            get { return ReadText("operation"); }
        }

        /// <summary>The job; null if none was named. (library)</summary>
        public string/*?*/ Job
        {
            get { return ReadText("job"); }
        }

        /// <summary>The request's method. (library)</summary>
        public string/*?*/ Method
        {
            get { return ReadText("method"); }
        }

        /// <summary>The request's path, without the query. (library)</summary>
        public string/*?*/ Path
        {
            get { return ReadText("path"); }
        }

        /// <summary>The number of the object that was created or changed; null if it is not known. (library)</summary>
        public long? ObjectId
        {
            get { return ReadWhole("object_id"); }
        }

        /// <summary>The number of the user that it is about; null if it is not known. (library)</summary>
        public long? UserId
        {
            get { return ReadWhole("user_id"); }
        }

        /// <summary>The names of the fields that were sent. (library)</summary>
        public IReadOnlyList<string> Fields
        {
            get { return ReadTexts("fields"); }
        }

        /// <summary>How it ended. (library)</summary>
        public string/*?*/ Outcome
        {
            get { return ReadText("outcome"); }
        }

        /// <summary>The error's code; null if there was none. (library)</summary>
        public string/*?*/ Code
        {
            get { return ReadText("code"); }
        }

        /// <summary>The status of the last answer; null if there was none. (library)</summary>
        public long? HttpStatus
        {
            get { return ReadWhole("http_status"); }
        }

        /// <summary>When the outcome was known, in Norway; null before. (library)</summary>
        public DateTime? EndedAt
        {
            get { return ReadMoment("ended_at"); }
        }

        /// <summary>The machine that it was sent from. (library)</summary>
        public string/*?*/ Machine
        {
            get { return ReadText("machine"); }
        }

        /// <summary>The number of the process. (library)</summary>
        public long? Process
        {
            get { return ReadWhole("process"); }
        }

        /// <summary>The operating system's user; null if it cannot be told. (library)</summary>
        public string/*?*/ OsUser
        {
            get { return ReadText("os_user"); }
        }

        /// <summary>The answer's X-Correlation-Id; null if there was none. (library)</summary>
        public string/*?*/ CorrelationId
        {
            get { return ReadText("correlation_id"); }
        }
    }

    /// <summary>How many of the used requests one job's operation took on one machine.</summary>
    public sealed class SlotUse : View
    {
        private static readonly string[] Described = { "job", "operation", "machine", "used" };

        private SlotUse(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SlotUse/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SlotUse(json/*!*/);
        }

        /// <summary>The job; null if none was named. (library)</summary>
        public string/*?*/ Job
        {
            get { return ReadText("job"); }
        }

        /// <summary>The operation; null if nobody knows any more. (library)</summary>
        public string/*?*/ Operation
        {
            get { return ReadText("operation"); }
        }

        /// <summary>The machine; null if nobody knows any more. (library)</summary>
        public string/*?*/ Machine
        {
            get { return ReadText("machine"); }
        }

        /// <summary>How many. (library)</summary>
        public long? Used
        {
            get { return ReadWhole("used"); }
        }
    }

    /// <summary>What became of the requests of one hour.</summary>
    public sealed class HourUse : View
    {
        private static readonly string[] Described = { "start", "requests", "retries", "waits", "refused" };

        private HourUse(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static HourUse/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new HourUse(json/*!*/);
        }

        /// <summary>When the hour began, in Norway. (library)</summary>
        public DateTime? Start
        {
            get { return ReadMoment("start"); }
        }

        /// <summary>How many were sent. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }

        /// <summary>How many of them were repeated ones. (library)</summary>
        public long? Retries
        {
            get { return ReadWhole("retries"); }
        }

        /// <summary>How often a call had to wait for a slot. (library)</summary>
        public long? Waits
        {
            get { return ReadWhole("waits"); }
        }

        /// <summary>How often the server's throttle refused. (library)</summary>
        public long? Refused
        {
            get { return ReadWhole("refused"); }
        }
    }

    /// <summary>How many requests are left. Three fields are there if "requests" was given, one if "history" was true. Given by
    /// budget.</summary>
    public sealed class Budget : View
    {
        private static readonly string[] Described = { "limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "requests", "through_s", "through_at", "by", "hours" };

        private Budget(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Budget/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Budget(json/*!*/);
        }

        /// <summary>How many requests the account has in each window. (library)</summary>
        public long? Limit
        {
            get { return ReadWhole("limit"); }
        }

        /// <summary>How long the window is, in seconds. (library)</summary>
        public TimeSpan? Per
        {
            get { return ReadDuration("per_s"); }
        }

        /// <summary>How many of them are kept for interactive calls. (library)</summary>
        public long? Reserve
        {
            get { return ReadWhole("reserve"); }
        }

        /// <summary>How many are used. (library)</summary>
        public long? Used
        {
            get { return ReadWhole("used"); }
        }

        /// <summary>How many this call could send now. (library)</summary>
        public long? Free
        {
            get { return ReadWhole("free"); }
        }

        /// <summary>In how many seconds the next one may be sent. (library)</summary>
        public TimeSpan? NextSlot
        {
            get { return ReadDuration("next_slot_s"); }
        }

        /// <summary>For how many seconds the server has asked for a pause. (library)</summary>
        public TimeSpan? Paused
        {
            get { return ReadDuration("paused_s"); }
        }

        /// <summary>The state file's absolute path; null if there is none. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>So many more as were asked about. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }

        /// <summary>In how many seconds these would be through. (library)</summary>
        public TimeSpan? Through
        {
            get { return ReadDuration("through_s"); }
        }

        /// <summary>When that is. (library)</summary>
        public DateTime? ThroughAt
        {
            get { return ReadMoment("through_at"); }
        }

        /// <summary>Who used how many. (library)</summary>
        public IReadOnlyList<SlotUse> By
        {
            get { return ReadList("by", SlotUse.Parse); }
        }

        /// <summary>What became of each hour's requests, the oldest first; only there if "history" was true. Empty if it is
        /// missing. (library)</summary>
        public IReadOnlyList<HourUse> Hours
        {
            get { return ReadList("hours", HourUse.Parse); }
        }
    }

    /// <summary>That host and credentials are right. Given by check.</summary>
    public sealed class AccountCheck : View
    {
        private static readonly string[] Described = { "host", "client_id", "token_expires_in_s", "state" };

        private AccountCheck(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static AccountCheck/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new AccountCheck(json/*!*/);
        }

        /// <summary>The host that was asked. (library)</summary>
        public string/*?*/ Host
        {
            get { return ReadText("host"); }
        }

        /// <summary>The client id that it knows. (library)</summary>
        public string/*?*/ ClientId
        {
            get { return ReadText("client_id"); }
        }

        /// <summary>In how many seconds the token ends; null if it was forgotten meanwhile. (library)</summary>
        public TimeSpan? TokenExpiresIn
        {
            get { return ReadDuration("token_expires_in_s"); }
        }

        /// <summary>The state file's absolute path; null if there is none. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }
    }

    /// <summary>What finaut_call_pages gives when a list was read to its end.</summary>
    public sealed class PagesRead : View
    {
        private static readonly string[] Described = { "count", "pages", "missing" };

        private PagesRead(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static PagesRead/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new PagesRead(json/*!*/);
        }

        /// <summary>How many objects there are in all. (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>How many pages were handed out. (library)</summary>
        public long? Pages
        {
            get { return ReadWhole("pages"); }
        }

        /// <summary>How many objects may be missing because the list changed while it was read. (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }
    }

    /// <summary>What the observer is told during a call. Which fields there are hangs on "event"; what is not known is
    /// missing.</summary>
    public sealed class ProgressEvent : View
    {
        private static readonly string[] Described = { "event", "operation", "method", "path", "http_status", "ms", "object_id", "job", "correlation_id", "for", "left_s", "expires_in_s", "page", "read", "count", "reason", "in_s", "kind", "state", "done", "of", "requests", "through" };

        private ProgressEvent(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static ProgressEvent/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new ProgressEvent(json/*!*/);
        }

        /// <summary>What happened. (library)</summary>
        public string/*?*/ Event
        {
            get { return ReadText("event"); }
        }

        /// <summary>The operation that was called. (library)</summary>
        public string/*?*/ Operation
        {
            get { return ReadText("operation"); }
        }

        /// <summary>Of a request: its method. (library)</summary>
        public string/*?*/ Method
        {
            get { return ReadText("method"); }
        }

        /// <summary>Of a request and a page: the path, without the query. (library)</summary>
        public string/*?*/ Path
        {
            get { return ReadText("path"); }
        }

        /// <summary>Of a request and a retry: the answer's status; missing if there was no answer. (library)</summary>
        public long? HttpStatus
        {
            get { return ReadWhole("http_status"); }
        }

        /// <summary>Of a request: how many milliseconds it took. (library)</summary>
        public long? Ms
        {
            get { return ReadWhole("ms"); }
        }

        /// <summary>Of a request: the "id" of the object that was created or changed. (library)</summary>
        public string/*?*/ ObjectId
        {
            get { return Get("object_id"); }
        }

        /// <summary>The job that the call is part of. (library)</summary>
        public string/*?*/ Job
        {
            get { return ReadText("job"); }
        }

        /// <summary>Of a request: the answer's X-Correlation-Id. (library)</summary>
        public string/*?*/ CorrelationId
        {
            get { return ReadText("correlation_id"); }
        }

        /// <summary>Of a wait: what is waited for. (library)</summary>
        public string/*?*/ For
        {
            get { return ReadText("for"); }
        }

        /// <summary>Of a wait: how many seconds are left; 0 if that is not known. (library)</summary>
        public TimeSpan? Left
        {
            get { return ReadDuration("left_s"); }
        }

        /// <summary>Of a token: how many seconds the new one lives. (library)</summary>
        public TimeSpan? ExpiresIn
        {
            get { return ReadDuration("expires_in_s"); }
        }

        /// <summary>Of a page: how many were read. (library)</summary>
        public long? Page
        {
            get { return ReadWhole("page"); }
        }

        /// <summary>Of a page: how many objects were read. (library)</summary>
        public long? Read
        {
            get { return ReadWhole("read"); }
        }

        /// <summary>Of a page: how many objects there are in all. (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>Of a retry and a dropped webhook: why. (library)</summary>
        public string/*?*/ Reason
        {
            get { return ReadText("reason"); }
        }

        /// <summary>Of a retry: in how many seconds it is. (library)</summary>
        public TimeSpan? In
        {
            get { return ReadDuration("in_s"); }
        }

        /// <summary>Of a dropped webhook: what it was about. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>Of a sync: where it is. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>Of a sync: how many pages of people, rows or steps are done with. (library)</summary>
        public long? Done
        {
            get { return ReadWhole("done"); }
        }

        /// <summary>Of a sync: how many there are. (library)</summary>
        public long? Of
        {
            get { return ReadWhole("of"); }
        }

        /// <summary>Of a sync: how many requests it took. (library)</summary>
        public long? Requests
        {
            get { return ReadWhole("requests"); }
        }

        /// <summary>Of a sync: when the rest could be through, in Norway. (library)</summary>
        public DateTime? Through
        {
            get { return ReadMoment("through"); }
        }
    }

    /// <summary>How a receiver fares (finaut_receiver_start, finaut_receiver_status).</summary>
    public sealed class ReceiverStatus : View
    {
        private static readonly string[] Described = { "address", "urls", "accepted", "refused", "failed", "trouble" };

        private ReceiverStatus(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static ReceiverStatus/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new ReceiverStatus(json/*!*/);
        }

        /// <summary>Where it listens. (library)</summary>
        public string/*?*/ Address
        {
            get { return ReadText("address"); }
        }

        /// <summary>What it is reached under from this machine; "path_secret" is not shown: what sends adds a slash and the
        /// secret. (library)</summary>
        public IReadOnlyList<string> Urls
        {
            get { return ReadTexts("urls"); }
        }

        /// <summary>How many requests were let in. (library)</summary>
        public long? Accepted
        {
            get { return ReadWhole("accepted"); }
        }

        /// <summary>How many were refused. (library)</summary>
        public long? Refused
        {
            get { return ReadWhole("refused"); }
        }

        /// <summary>How many could not be served. (library)</summary>
        public long? Failed
        {
            get { return ReadWhole("failed"); }
        }

        /// <summary>What keeps it from working now; null if nothing does. (library)</summary>
        public string/*?*/ Trouble
        {
            get { return ReadText("trouble"); }
        }
    }

    /// <summary>What finaut_persnr_check says of an identity number. What is not known is null.</summary>
    public sealed class PersnrReport : View
    {
        private static readonly string[] Described = { "valid", "kind", "synthetic", "rule", "birth_date", "note", "problem" };

        private PersnrReport(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static PersnrReport/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new PersnrReport(json/*!*/);
        }

        /// <summary>True if it is valid. (library)</summary>
        public bool? Valid
        {
            get { return ReadFlag("valid"); }
        }

        /// <summary>Which kind it is. (library)</summary>
        public string/*?*/ Kind
        {
            get { return ReadText("kind"); }
        }

        /// <summary>True if it is of a series for tests, which no person can have. (library)</summary>
        public bool? Synthetic
        {
            get { return ReadFlag("synthetic"); }
        }

        /// <summary>The rules by which it is valid. (library)</summary>
        public string/*?*/ Rule
        {
            get { return ReadText("rule"); }
        }

        /// <summary>Where it can be derived. (library)</summary>
        public DateTime? BirthDate
        {
            get { return ReadDate("birth_date"); }
        }

        /// <summary>What to know of it. (library)</summary>
        public string/*?*/ Note
        {
            get { return ReadText("note"); }
        }

        /// <summary>What is wrong with it. (library)</summary>
        public string/*?*/ Problem
        {
            get { return ReadText("problem"); }
        }
    }

    /// <summary>An argument, as finaut_operations lists it.</summary>
    public sealed class ArgumentRow : View
    {
        private static readonly string[] Described = { "name", "type", "required", "about", "default" };

        private ArgumentRow(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static ArgumentRow/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new ArgumentRow(json/*!*/);
        }

        /// <summary>Its name. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }

        /// <summary>The word for its shape. (library)</summary>
        public string/*?*/ Type
        {
            get { return ReadText("type"); }
        }

        /// <summary>True if it must be given. (library)</summary>
        public bool? Required
        {
            get { return ReadFlag("required"); }
        }

        /// <summary>What it means, with its default. (library)</summary>
        public string/*?*/ About
        {
            get { return ReadText("about"); }
        }

        /// <summary>What holds without it, if that is a constant. (library)</summary>
        public string/*?*/ Default
        {
            get { return Get("default"); }
        }
    }

    /// <summary>An operation, as finaut_operations lists it.</summary>
    public sealed class OperationRow : View
    {
        private static readonly string[] Described = { "name", "summary", "about", "person", "arguments", "reply", "reply_type", "example", "errors" };

        private OperationRow(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static OperationRow/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new OperationRow(json/*!*/);
        }

        /// <summary>Its name. (library)</summary>
        public string/*?*/ Name
        {
            get { return ReadText("name"); }
        }

        /// <summary>One sentence. (library)</summary>
        public string/*?*/ Summary
        {
            get { return ReadText("summary"); }
        }

        /// <summary>More sentences; may be "". (library)</summary>
        public string/*?*/ About
        {
            get { return ReadText("about"); }
        }

        /// <summary>"required" or "optional", if it is about a person; else null. (library)</summary>
        public string/*?*/ Person
        {
            get { return ReadText("person"); }
        }

        /// <summary>Its own arguments. (library)</summary>
        public IReadOnlyList<ArgumentRow> Arguments
        {
            get { return ReadList("arguments", ArgumentRow.Parse); }
        }

        /// <summary>What the reply is, in words. (library)</summary>
        public string/*?*/ Reply
        {
            get { return ReadText("reply"); }
        }

        /// <summary>The name of the reply's object on this page; null for any JSON. (library)</summary>
        public string/*?*/ ReplyType
        {
            get { return ReadText("reply_type"); }
        }

        /// <summary>Arguments as a caller might write them. (library)</summary>
        public string/*?*/ Example
        {
            get { return ReadText("example"); }
        }

        /// <summary>The codes that it can end with besides those of any. (library)</summary>
        public IReadOnlyList<string> Errors
        {
            get { return ReadTexts("errors"); }
        }
    }

    /// <summary>What finaut_operations gives.</summary>
    public sealed class Catalogue : View
    {
        private static readonly string[] Described = { "operations", "person", "any" };

        private Catalogue(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static Catalogue/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new Catalogue(json/*!*/);
        }

        /// <summary>All operations. (library)</summary>
        public IReadOnlyList<OperationRow> Operations
        {
            get { return ReadList("operations", OperationRow.Parse); }
        }

        /// <summary>The ways to name a person. (library)</summary>
        public IReadOnlyList<ArgumentRow> Person
        {
            get { return ReadList("person", ArgumentRow.Parse); }
        }

        /// <summary>What every operation takes. (library)</summary>
        public IReadOnlyList<ArgumentRow> Any
        {
            get { return ReadList("any", ArgumentRow.Parse); }
        }
    }

    /// <summary>What reply receives when a call fails. What is not known is missing. Neither a secret nor an identity number is
    /// in it.</summary>
    public sealed class ErrorDetails : View
    {
        private static readonly string[] Described = { "code", "message", "operation", "request", "http_status", "retry_after_s", "fields", "server_fields", "values", "correlation_id", "run", "plan", "state", "counts", "rail", "limit", "found" };

        private ErrorDetails(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static ErrorDetails/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new ErrorDetails(json/*!*/);
        }

        /// <summary>The stable word of the FINAUT_E_ code. (library)</summary>
        public string/*?*/ Code
        {
            get { return ReadText("code"); }
        }

        /// <summary>What happened and what to do, for a person. (library)</summary>
        public string/*?*/ Message
        {
            get { return ReadText("message"); }
        }

        /// <summary>The operation that was called. (library)</summary>
        public string/*?*/ Operation
        {
            get { return ReadText("operation"); }
        }

        /// <summary>Method and path of the request, without the query. (library)</summary>
        public string/*?*/ Request
        {
            get { return ReadText("request"); }
        }

        /// <summary>The server's status. (library)</summary>
        public long? HttpStatus
        {
            get { return ReadWhole("http_status"); }
        }

        /// <summary>After how many seconds it may be tried again. (library)</summary>
        public TimeSpan? RetryAfter
        {
            get { return ReadDuration("retry_after_s"); }
        }

        /// <summary>What is wrong with which of the call's arguments. Empty if it is missing. (library)</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields
        {
            get { return ReadMapOfTexts("fields"); }
        }

        /// <summary>The same by the server's names. Empty if it is missing. (library)</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> ServerFields
        {
            get { return ReadMapOfTexts("server_fields"); }
        }

        /// <summary>What was sent for them, redacted. Empty if it is missing. (library)</summary>
        public IReadOnlyDictionary<string, string> Values
        {
            get { return ReadMap("values"); }
        }

        /// <summary>The answer's X-Correlation-Id, for questions to Norsk Test. (library)</summary>
        public string/*?*/ CorrelationId
        {
            get { return ReadText("correlation_id"); }
        }

        /// <summary>With the code held, as all that follow: the sync's run. (library)</summary>
        public string/*?*/ Run
        {
            get { return ReadText("run"); }
        }

        /// <summary>The plan that a person has to look at. (library)</summary>
        public string/*?*/ Plan
        {
            get { return ReadText("plan"); }
        }

        /// <summary>How the run ended. (library)</summary>
        public string/*?*/ State
        {
            get { return ReadText("state"); }
        }

        /// <summary>How many there are of everything. (library)</summary>
        public SyncCounts/*?*/ Counts
        {
            get { return ReadObject("counts", SyncCounts.Parse); }
        }

        /// <summary>The rail that holds it. (library)</summary>
        public string/*?*/ Rail
        {
            get { return ReadText("rail"); }
        }

        /// <summary>How many it lets pass; null where it has no such number. (library)</summary>
        public long? Limit
        {
            get { return ReadWhole("limit"); }
        }

        /// <summary>How many it found. (library)</summary>
        public long? Found
        {
            get { return ReadWhole("found"); }
        }
    }

    /// <summary>A list of User objects: all of it, or a page. Given by users.list.</summary>
    public sealed class UserList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private UserList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static UserList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new UserList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<User> Results
        {
            get { return ReadList("results", User.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of Company objects: all of it, or a page. Given by companies.list.</summary>
    public sealed class CompanyList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private CompanyList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static CompanyList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new CompanyList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<Company> Results
        {
            get { return ReadList("results", Company.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of Department objects: all of it, or a page. Given by departments.list.</summary>
    public sealed class DepartmentList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private DepartmentList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static DepartmentList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new DepartmentList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<Department> Results
        {
            get { return ReadList("results", Department.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of Franchise objects: all of it, or a page.</summary>
    public sealed class FranchiseList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private FranchiseList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static FranchiseList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new FranchiseList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<Franchise> Results
        {
            get { return ReadList("results", Franchise.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of Scheme objects: all of it, or a page. Given by schemes.list.</summary>
    public sealed class SchemeList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private SchemeList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static SchemeList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new SchemeList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<Scheme> Results
        {
            get { return ReadList("results", Scheme.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of UserStatus objects: all of it, or a page. Given by userstatus.list, userstatus.latest.</summary>
    public sealed class UserStatusList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private UserStatusList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static UserStatusList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new UserStatusList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<UserStatus> Results
        {
            get { return ReadList("results", UserStatus.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of Result objects: all of it, or a page. Given by results.list.</summary>
    public sealed class ResultList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private ResultList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static ResultList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new ResultList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<Result> Results
        {
            get { return ReadList("results", Result.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of CompetencyResult objects: all of it, or a page. Given by competency_results.list.</summary>
    public sealed class CompetencyResultList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private CompetencyResultList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static CompetencyResultList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new CompetencyResultList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<CompetencyResult> Results
        {
            get { return ReadList("results", CompetencyResult.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }

    /// <summary>A list of JournalLine objects: all of it, or a page. Given by journal.list.</summary>
    public sealed class JournalLineList : View
    {
        private static readonly string[] Described = { "count", "next_page", "results", "missing", "as_of" };

        private JournalLineList(string json) : base(json, Described)
        {
        }

        /// <summary>Reads one from its JSON text. Null for null, and for a JSON null.</summary>
        /// <param name="json">As an operation gives it.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or no object.</exception>
        public static JournalLineList/*?*/ Parse(string/*?*/ json)
        {
            return IsNothing(json) ? null : new JournalLineList(json/*!*/);
        }

        /// <summary>How many there are in all, as the server says; of what was picked out here, how many that are.
        /// (library)</summary>
        public long? Count
        {
            get { return ReadWhole("count"); }
        }

        /// <summary>What "page" of the next call must be to get the following page; null after the last. (library)</summary>
        public ListPage? NextPage
        {
            get { return ReadPage("next_page"); }
        }

        /// <summary>The objects, as the server wrote them. (library)</summary>
        public IReadOnlyList<JournalLine> Results
        {
            get { return ReadList("results", JournalLine.Parse); }
        }

        /// <summary>How many may be missing because the list changed while it was read; only there if any may.
        /// (library)</summary>
        public long? Missing
        {
            get { return ReadWhole("missing"); }
        }

        /// <summary>When a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of
        /// everybody. (library)</summary>
        public string/*?*/ AsOf
        {
            get { return ReadText("as_of"); }
        }
    }
}
