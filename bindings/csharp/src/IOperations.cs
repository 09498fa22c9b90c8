// Made by cargo xtask generate: change the catalogue (core/src/api.rs, core/src/config.rs, core/src/error.rs) instead.

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Finaut
{
    public partial interface IFinautClient
    {
        /// <summary>The operations users.*</summary>
        IUsersOperations Users { get; }

        /// <summary>The operations companies.*</summary>
        ICompaniesOperations Companies { get; }

        /// <summary>The operations departments.*</summary>
        IDepartmentsOperations Departments { get; }

        /// <summary>The operations schemes.*</summary>
        ISchemesOperations Schemes { get; }

        /// <summary>The operations userstatus.*</summary>
        IUserStatusOperations UserStatus { get; }

        /// <summary>The operations results.*</summary>
        IResultsOperations Results { get; }

        /// <summary>The operations competency_results.*</summary>
        ICompetencyResultsOperations CompetencyResults { get; }

        /// <summary>The operations employment.*</summary>
        IEmploymentOperations Employment { get; }

        /// <summary>The operations link.*</summary>
        ILinkOperations Link { get; }

        /// <summary>The operations webhook.*</summary>
        IWebhookOperations Webhook { get; }

        /// <summary>The operations inbox.*</summary>
        IInboxOperations Inbox { get; }

        /// <summary>The operations sync.*</summary>
        ISyncOperations Sync { get; }

        /// <summary>The operations journal.*</summary>
        IJournalOperations Journal { get; }

        /// <summary>Tells how many requests are left, who used the others, and when more will be. No request is sent. What other
        /// programs use on the same account is not known here before the server refuses something.</summary>
        /// <param name="requests">When would so many more be through?</param>
        /// <param name="history">True: what became of each hour's requests, of the last 48. Default: false.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "by": [{"job",
        /// "operation", "machine", "used"}, …]}; with "requests", {"requests", "through_s", "through_at"}; with "history",
        /// {"hours": [{"start", "requests", "retries", "waits", "refused"}, …]}. Reply: Budget (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Budget(long? requests = null, bool? history = null, CallOptions/*?*/ options = null);

        /// <summary>Tells how many requests are left, who used the others, and when more will be. No request is sent. What other
        /// programs use on the same account is not known here before the server refuses something.</summary>
        /// <param name="requests">When would so many more be through?</param>
        /// <param name="history">True: what became of each hour's requests, of the last 48. Default: false.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "by": [{"job",
        /// "operation", "machine", "used"}, …]}; with "requests", {"requests", "through_s", "through_at"}; with "history",
        /// {"hours": [{"start", "requests", "retries", "waits", "refused"}, …]}. Reply: Budget (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> BudgetAsync(
            long? requests = null,
            bool? history = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Tries whether host and credentials are right. Costs one request.</summary>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"host", "client_id", "token_expires_in_s", "state"}; "state" is the state file's absolute path, or
        /// null. Reply: AccountCheck (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Check(CallOptions/*?*/ options = null);

        /// <summary>Tries whether host and credentials are right. Costs one request.</summary>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"host", "client_id", "token_expires_in_s", "state"}; "state" is the state file's absolute path, or
        /// null. Reply: AccountCheck (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CheckAsync(
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Sends any request to the API, with token, throttle and retries. For what has no operation of its own. A POST
        /// or DELETE whose connection breaks ends with unknown_outcome: nothing is known by which to settle it.</summary>
        /// <param name="method">GET, POST, PUT, PATCH or DELETE.</param>
        /// <param name="path">Below the API root, as "user/590496/".</param>
        /// <param name="query">Names and values; a list gives a name several times (JSON).</param>
        /// <param name="body">Sent as it is (JSON).</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the answer's body; null when it is empty, which only a change or status 204 may be. Reply: any JSON
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Request(
            string method,
            string path,
            string/*?*/ query = null,
            string/*?*/ body = null,
            CallOptions/*?*/ options = null);

        /// <summary>Sends any request to the API, with token, throttle and retries. For what has no operation of its own. A POST
        /// or DELETE whose connection breaks ends with unknown_outcome: nothing is known by which to settle it.</summary>
        /// <param name="method">GET, POST, PUT, PATCH or DELETE.</param>
        /// <param name="path">Below the API root, as "user/590496/".</param>
        /// <param name="query">Names and values; a list gives a name several times (JSON).</param>
        /// <param name="body">Sent as it is (JSON).</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the answer's body; null when it is empty, which only a change or status 204 may be. Reply: any JSON
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> RequestAsync(
            string method,
            string path,
            string/*?*/ query = null,
            string/*?*/ body = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations users.* of a client.</summary>
    public interface IUsersOperations
    {
        /// <summary>Lists the users that the account may see, or those that match. A list of all costs one request for each 100
        /// users. If users are added or removed while the list is read, the pages that shifted may be read again (at most a tenth
        /// of them and 2), and "missing" in the reply says how many users may still be missing.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [user, …]}. Reply: UserList (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null);

        /// <summary>Lists the users that the account may see, or those that match. A list of all costs one request for each 100
        /// users. If users are added or removed while the list is read, the pages that shifted may be read again (at most a tenth
        /// of them and 2), and "missing" in the reply says how many users may still be missing.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [user, …]}. Reply: UserList (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Retrieves one user.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Get(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null);

        /// <summary>Retrieves one user.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> GetAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Creates a user with any roles. Exactly one is created, also when the connection breaks. A number that is
        /// registered already is refused, with "persnr" in "fields". A company, department or franchise that is named is looked
        /// up in the remembered lists before anything is sent; a name that is not there, or that several have, is refused with
        /// those that there are.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="roles">Scheme, underscore, kind (ka candidate, ba, tl), as ["afr_ka"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Create(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> roles,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null);

        /// <summary>Creates a user with any roles. Exactly one is created, also when the connection breaks. A number that is
        /// registered already is refused, with "persnr" in "fields". A company, department or franchise that is named is looked
        /// up in the remembered lists before anything is sent; a name that is not there, or that several have, is refused with
        /// those that there are.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="roles">Scheme, underscore, kind (ka candidate, ba, tl), as ["afr_ka"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CreateAsync(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> roles,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Creates a candidate, signed up to one or more schemes. As users.create, with the role ka in each
        /// scheme.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="schemes">Codes of the schemes, as ["afr", "krd"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string CreateCandidate(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> schemes,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null);

        /// <summary>Creates a candidate, signed up to one or more schemes. As users.create, with the role ka in each
        /// scheme.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="schemes">Codes of the schemes, as ["afr", "krd"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CreateCandidateAsync(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> schemes,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Creates a BA (bedriftsansvarlig), who administers candidates. As users.create, with the role ba in each
        /// scheme.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="schemes">Codes of the schemes, as ["afr", "krd"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string CreateBa(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> schemes,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null);

        /// <summary>Creates a BA (bedriftsansvarlig), who administers candidates. As users.create, with the role ba in each
        /// scheme.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="schemes">Codes of the schemes, as ["afr", "krd"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CreateBaAsync(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> schemes,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Creates a TL (testleder), who gives candidates access to an exam. As users.create, with the role tl in each
        /// scheme.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="schemes">Codes of the schemes, as ["afr", "krd"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string CreateTl(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> schemes,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null);

        /// <summary>Creates a TL (testleder), who gives candidates access to an exam. As users.create, with the role tl in each
        /// scheme.</summary>
        /// <param name="persnr">Identity number.</param>
        /// <param name="firstName">First name.</param>
        /// <param name="lastName">Last name.</param>
        /// <param name="company">The company.</param>
        /// <param name="department">The department.</param>
        /// <param name="schemes">Codes of the schemes, as ["afr", "krd"].</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">8 digits, without +47 and spaces; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CreateTlAsync(
            string persnr,
            string firstName,
            string lastName,
            Reference company,
            Reference department,
            IEnumerable<string> schemes,
            Reference franchise = default(Reference),
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            string/*?*/ employeeAlias = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Changes a user's demographic data. One request for a person whose user id is known or remembered, two
        /// otherwise; new roles cost one more, as they are read before they are written. An unknown name in "changes" is refused.
        /// The reply's "warnings" tell what the server does not show as it was sent.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="changes">What to change, all of it at once: {"first_name", "last_name", "email", "mobile",
        /// "employee_alias", "persnr", "company": the department's own, "department", "franchise", "add_roles", "add_schemes",
        /// "other"} (JSON).</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the changed user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Update(
            string changes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null);

        /// <summary>Changes a user's demographic data. One request for a person whose user id is known or remembered, two
        /// otherwise; new roles cost one more, as they are read before they are written. An unknown name in "changes" is refused.
        /// The reply's "warnings" tell what the server does not show as it was sent.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="changes">What to change, all of it at once: {"first_name", "last_name", "email", "mobile",
        /// "employee_alias", "persnr", "company": the department's own, "department", "franchise", "add_roles", "add_schemes",
        /// "other"} (JSON).</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the changed user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> UpdateAsync(
            string changes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Gives a user an additional role. Reads the user's roles and writes them back with the new one; a role that is
        /// there already costs no second request. Calls for one person wait for each other, in all processes that share the
        /// state.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="role">Scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string AddRole(
            string role,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null);

        /// <summary>Gives a user an additional role. Reads the user's roles and writes them back with the new one; a role that is
        /// there already costs no second request. Calls for one person wait for each other, in all processes that share the
        /// state.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="role">Scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> AddRoleAsync(
            string role,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Signs a candidate up to one or more schemes. As users.add_role, with the role ka in each scheme. Where the
        /// roles are all there already, the latest status is looked up instead, without a request where everybody's were read
        /// within 15 minutes: if the person is withdrawn or on hold, the reply's last member "warnings", a list of {"code",
        /// "message"}, says so.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="schemes">Codes of the schemes, as ["krd"].</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Enroll(
            IEnumerable<string> schemes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null);

        /// <summary>Signs a candidate up to one or more schemes. As users.add_role, with the role ka in each scheme. Where the
        /// roles are all there already, the latest status is looked up instead, without a request where everybody's were read
        /// within 15 minutes: if the person is withdrawn or on hold, the reply's last member "warnings", a list of {"code",
        /// "message"}, says so.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="schemes">Codes of the schemes, as ["krd"].</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> EnrollAsync(
            IEnumerable<string> schemes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Moves a user to another department. Without "company", the department's own company is looked up (and
        /// remembered).</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="department">The department.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="company">The company. Default: the department's own.</param>
        /// <param name="franchise">The franchise.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Move(
            Reference department,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            Reference company = default(Reference),
            Reference franchise = default(Reference),
            CallOptions/*?*/ options = null);

        /// <summary>Moves a user to another department. Without "company", the department's own company is looked up (and
        /// remembered).</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="department">The department.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="company">The company. Default: the department's own.</param>
        /// <param name="franchise">The franchise.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the user. Reply: User (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> MoveAsync(
            Reference department,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            Reference company = default(Reference),
            Reference franchise = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing. Compares as the
        /// nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make no difference,
        /// and what is not given stays as it is. The person is looked up by persnr, and only where nobody has that by
        /// employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold, withdraws them,
        /// takes a role away, or moves them between companies. Where it is not certain who the person is, or another user has the
        /// alias, it is refused and nothing is written. Calling it twice changes nothing the second time. Whether somebody who
        /// has a role is withdrawn is not looked up; users.enroll tells.</summary>
        /// <param name="persnr">Identity number, as HR writes it; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="firstName">First name; "" is the same as leaving it out.</param>
        /// <param name="lastName">Last name; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">Mobile number; "" is the same as leaving it out.</param>
        /// <param name="company">The company; "" is the same as leaving it out. Default: the department's own.</param>
        /// <param name="department">The department; needed to create somebody; "" is the same as leaving it out.</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="schemes">Schemes to be a candidate in, as ["afr"].</param>
        /// <param name="roles">Roles besides, as ["afr_ba"].</param>
        /// <param name="startDate">The first day, as "2026-01-31" or "31.01.2026"; nobody is created before it; "" is the same as
        /// leaving it out.</param>
        /// <param name="endDate">The last day; after it nothing is written; "" is the same as leaving it out.</param>
        /// <param name="status">"active", "leave" or "left"; of who has left nothing is written; "" is the same as leaving it
        /// out.</param>
        /// <param name="confidential">True: the person is kept out; nothing is looked up or written. Default: false.</param>
        /// <param name="fields">What is written of each field, as {"email": "create"}: "always", "create" (only for somebody new)
        /// or "never" (JSON). Default: "always" for each field that is given.</param>
        /// <param name="dryRun">True: nothing is written; the reply says what would be. Default: false.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"did": nothing, created, updated, would_create or would_update, "changes": {field: [before, after],
        /// …, "roles": {"add": […]}}, "user": the user, or null}. Reply: EnsuredUser (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Ensure(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ firstName = null,
            string/*?*/ lastName = null,
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            Reference company = default(Reference),
            Reference department = default(Reference),
            Reference franchise = default(Reference),
            IEnumerable<string>/*?*/ schemes = null,
            IEnumerable<string>/*?*/ roles = null,
            string/*?*/ startDate = null,
            string/*?*/ endDate = null,
            string/*?*/ status = null,
            bool? confidential = null,
            string/*?*/ fields = null,
            bool? dryRun = null,
            CallOptions/*?*/ options = null);

        /// <summary>Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing. Compares as the
        /// nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make no difference,
        /// and what is not given stays as it is. The person is looked up by persnr, and only where nobody has that by
        /// employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold, withdraws them,
        /// takes a role away, or moves them between companies. Where it is not certain who the person is, or another user has the
        /// alias, it is refused and nothing is written. Calling it twice changes nothing the second time. Whether somebody who
        /// has a role is withdrawn is not looked up; users.enroll tells.</summary>
        /// <param name="persnr">Identity number, as HR writes it; "" is the same as leaving it out.</param>
        /// <param name="employeeAlias">The employer's own id of the person; "" is the same as leaving it out.</param>
        /// <param name="firstName">First name; "" is the same as leaving it out.</param>
        /// <param name="lastName">Last name; "" is the same as leaving it out.</param>
        /// <param name="email">E-mail address; "" is the same as leaving it out.</param>
        /// <param name="mobile">Mobile number; "" is the same as leaving it out.</param>
        /// <param name="company">The company; "" is the same as leaving it out. Default: the department's own.</param>
        /// <param name="department">The department; needed to create somebody; "" is the same as leaving it out.</param>
        /// <param name="franchise">The franchise; "" is the same as leaving it out.</param>
        /// <param name="schemes">Schemes to be a candidate in, as ["afr"].</param>
        /// <param name="roles">Roles besides, as ["afr_ba"].</param>
        /// <param name="startDate">The first day, as "2026-01-31" or "31.01.2026"; nobody is created before it; "" is the same as
        /// leaving it out.</param>
        /// <param name="endDate">The last day; after it nothing is written; "" is the same as leaving it out.</param>
        /// <param name="status">"active", "leave" or "left"; of who has left nothing is written; "" is the same as leaving it
        /// out.</param>
        /// <param name="confidential">True: the person is kept out; nothing is looked up or written. Default: false.</param>
        /// <param name="fields">What is written of each field, as {"email": "create"}: "always", "create" (only for somebody new)
        /// or "never" (JSON). Default: "always" for each field that is given.</param>
        /// <param name="dryRun">True: nothing is written; the reply says what would be. Default: false.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"did": nothing, created, updated, would_create or would_update, "changes": {field: [before, after],
        /// …, "roles": {"add": […]}}, "user": the user, or null}. Reply: EnsuredUser (docs/objects.md).</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> EnsureAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ firstName = null,
            string/*?*/ lastName = null,
            string/*?*/ email = null,
            string/*?*/ mobile = null,
            Reference company = default(Reference),
            Reference department = default(Reference),
            Reference franchise = default(Reference),
            IEnumerable<string>/*?*/ schemes = null,
            IEnumerable<string>/*?*/ roles = null,
            string/*?*/ startDate = null,
            string/*?*/ endDate = null,
            string/*?*/ status = null,
            bool? confidential = null,
            string/*?*/ fields = null,
            bool? dryRun = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Sets a user on hold in a scheme. Active statuses are set by FinAut's own processes and cannot be set
        /// here.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="scheme">The scheme's code, as "afr".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="date">From when. Default: today in Norway.</param>
        /// <param name="comment">For people to read; "" is the same as leaving it out.</param>
        /// <param name="setBy">The user who sets it. Default: the configuration's; without either the call is refused, as the
        /// register must not say that the person did it.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Hold(
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null);

        /// <summary>Sets a user on hold in a scheme. Active statuses are set by FinAut's own processes and cannot be set
        /// here.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="scheme">The scheme's code, as "afr".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="date">From when. Default: today in Norway.</param>
        /// <param name="comment">For people to read; "" is the same as leaving it out.</param>
        /// <param name="setBy">The user who sets it. Default: the configuration's; without either the call is refused, as the
        /// register must not say that the person did it.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> HoldAsync(
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Withdraws a user from a scheme.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="scheme">The scheme's code, as "afr".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="date">From when. Default: today in Norway.</param>
        /// <param name="comment">For people to read; "" is the same as leaving it out.</param>
        /// <param name="setBy">The user who sets it. Default: the configuration's; without either the call is refused, as the
        /// register must not say that the person did it.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Withdraw(
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null);

        /// <summary>Withdraws a user from a scheme.</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="scheme">The scheme's code, as "afr".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="date">From when. Default: today in Norway.</param>
        /// <param name="comment">For people to read; "" is the same as leaving it out.</param>
        /// <param name="setBy">The user who sets it. Default: the configuration's; without either the call is refused, as the
        /// register must not say that the person did it.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> WithdrawAsync(
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations companies.* of a client.</summary>
    public interface ICompaniesOperations
    {
        /// <summary>Lists the companies that the account may see. Remembered for the configuration's cache_s unless "page" or
        /// "fresh" is given.</summary>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [company, …]}. Reply: CompanyList (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(ListPage? page = null, CallOptions/*?*/ options = null);

        /// <summary>Lists the companies that the account may see. Remembered for the configuration's cache_s unless "page" or
        /// "fresh" is given.</summary>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [company, …]}. Reply: CompanyList (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Retrieves one company. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the company. Reply: Company (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Get(Reference id, CallOptions/*?*/ options = null);

        /// <summary>Retrieves one company. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the company. Reply: Company (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> GetAsync(
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations departments.* of a client.</summary>
    public interface IDepartmentsOperations
    {
        /// <summary>Lists the departments that the account may see, or those of one company. Remembered for the configuration's
        /// cache_s unless "page" or "fresh" is given.</summary>
        /// <param name="company">Only this company's.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [department, …]}. Reply: DepartmentList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(
            Reference company = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null);

        /// <summary>Lists the departments that the account may see, or those of one company. Remembered for the configuration's
        /// cache_s unless "page" or "fresh" is given.</summary>
        /// <param name="company">Only this company's.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [department, …]}. Reply: DepartmentList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            Reference company = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Retrieves one department. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the department. Reply: Department (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Get(Reference id, CallOptions/*?*/ options = null);

        /// <summary>Retrieves one department. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the department. Reply: Department (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> GetAsync(
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations schemes.* of a client.</summary>
    public interface ISchemesOperations
    {
        /// <summary>Lists the authorisation schemes. Remembered for the configuration's cache_s unless "fresh" is
        /// given.</summary>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [scheme, …]}. Reply: SchemeList (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(CallOptions/*?*/ options = null);

        /// <summary>Lists the authorisation schemes. Remembered for the configuration's cache_s unless "fresh" is
        /// given.</summary>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [scheme, …]}. Reply: SchemeList (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations userstatus.* of a client.</summary>
    public interface IUserStatusOperations
    {
        /// <summary>Lists the status history: every change is a record of its own.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [user status, …]}. Reply: UserStatusList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null);

        /// <summary>Lists the status history: every change is a record of its own.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [user status, …]}. Reply: UserStatusList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Lists the current status in each scheme. That of everybody is kept here: it is read once, and then brought up
        /// to date with the end of the history, by one request on a day without changes; "as_of" says when. A reading that ends
        /// early, by an error or with its process, is gone on with by the next call. With "fresh" it is read anew.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [user status, …]}; of everybody also "as_of". Reply:
        /// UserStatusList (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Latest(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null);

        /// <summary>Lists the current status in each scheme. That of everybody is kept here: it is read once, and then brought up
        /// to date with the end of the history, by one request on a day without changes; "as_of" says when. A reading that ends
        /// early, by an error or with its process, is gone on with by the next call. With "fresh" it is read anew.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [user status, …]}; of everybody also "as_of". Reply:
        /// UserStatusList (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> LatestAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Retrieves one user status.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Get(Reference id, CallOptions/*?*/ options = null);

        /// <summary>Retrieves one user status.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> GetAsync(
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Creates a user status from the server's own fields. users.hold and users.withdraw do the same for a person
        /// named in any way.</summary>
        /// <param name="appname">The scheme's code, as "afr".</param>
        /// <param name="user">The user.</param>
        /// <param name="status">"hvilende" (on hold) or "utmeldt" (withdrawn).</param>
        /// <param name="reason">The reason; "" is the same as leaving it out. Default: the same word as in "status".</param>
        /// <param name="statusSetBy">The user who sets it. Default: the configuration's set_by; without either the call is
        /// refused.</param>
        /// <param name="statusDate">From when. Default: today in Norway.</param>
        /// <param name="comment">For people to read; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Create(
            string appname,
            Reference user,
            string status,
            string/*?*/ reason = null,
            Reference statusSetBy = default(Reference),
            FinautDate? statusDate = null,
            string/*?*/ comment = null,
            CallOptions/*?*/ options = null);

        /// <summary>Creates a user status from the server's own fields. users.hold and users.withdraw do the same for a person
        /// named in any way.</summary>
        /// <param name="appname">The scheme's code, as "afr".</param>
        /// <param name="user">The user.</param>
        /// <param name="status">"hvilende" (on hold) or "utmeldt" (withdrawn).</param>
        /// <param name="reason">The reason; "" is the same as leaving it out. Default: the same word as in "status".</param>
        /// <param name="statusSetBy">The user who sets it. Default: the configuration's set_by; without either the call is
        /// refused.</param>
        /// <param name="statusDate">From when. Default: today in Norway.</param>
        /// <param name="comment">For people to read; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new user status. Reply: UserStatus (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CreateAsync(
            string appname,
            Reference user,
            string status,
            string/*?*/ reason = null,
            Reference statusSetBy = default(Reference),
            FinautDate? statusDate = null,
            string/*?*/ comment = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations results.* of a client.</summary>
    public interface IResultsOperations
    {
        /// <summary>Lists exam results: all, one person's, or those created from a date on.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="fromDate">Created on this date or later.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [result, …]}. Reply: ResultList (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? fromDate = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null);

        /// <summary>Lists exam results: all, one person's, or those created from a date on.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="fromDate">Created on this date or later.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [result, …]}. Reply: ResultList (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? fromDate = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Retrieves one exam result.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the result. Reply: Result (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Get(Reference id, CallOptions/*?*/ options = null);

        /// <summary>Retrieves one exam result.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the result. Reply: Result (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> GetAsync(
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations competency_results.* of a client.</summary>
    public interface ICompetencyResultsOperations
    {
        /// <summary>Lists completed courses: all, or one linked person's.</summary>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [competency result, …]}. Reply: CompetencyResultList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(
            string/*?*/ encryptedUserId = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null);

        /// <summary>Lists completed courses: all, or one linked person's.</summary>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [competency result, …]}. Reply: CompetencyResultList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            string/*?*/ encryptedUserId = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Retrieves one completed course.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the competency result. Reply: CompetencyResult (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Get(Reference id, CallOptions/*?*/ options = null);

        /// <summary>Retrieves one completed course.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the competency result. Reply: CompetencyResult (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> GetAsync(
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Reports a completed course of a linked person. Exactly one is created, also when the connection
        /// breaks.</summary>
        /// <param name="goal">Number of the goal that was reached.</param>
        /// <param name="passedDate">When.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="extUserId">Or the person's id on your side, where the link's event came through the inbox.</param>
        /// <param name="externalSystem">Name of the reporting system; "" is the same as leaving it out.</param>
        /// <param name="externalId">Its own id of the course; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the new competency result. Reply: CompetencyResult (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Create(
            long goal,
            FinautDate passedDate,
            string/*?*/ encryptedUserId = null,
            string/*?*/ extUserId = null,
            string/*?*/ externalSystem = null,
            string/*?*/ externalId = null,
            CallOptions/*?*/ options = null);

        /// <summary>Reports a completed course of a linked person. Exactly one is created, also when the connection
        /// breaks.</summary>
        /// <param name="goal">Number of the goal that was reached.</param>
        /// <param name="passedDate">When.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="extUserId">Or the person's id on your side, where the link's event came through the inbox.</param>
        /// <param name="externalSystem">Name of the reporting system; "" is the same as leaving it out.</param>
        /// <param name="externalId">Its own id of the course; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the new competency result. Reply: CompetencyResult (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CreateAsync(
            long goal,
            FinautDate passedDate,
            string/*?*/ encryptedUserId = null,
            string/*?*/ extUserId = null,
            string/*?*/ externalSystem = null,
            string/*?*/ externalId = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations employment.* of a client.</summary>
    public interface IEmploymentOperations
    {
        /// <summary>Retrieves one employment record.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the employment record. Reply: EmploymentRecord (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Get(Reference id, CallOptions/*?*/ options = null);

        /// <summary>Retrieves one employment record.</summary>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the employment record. Reply: EmploymentRecord (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> GetAsync(
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations link.* of a client.</summary>
    public interface ILinkOperations
    {
        /// <summary>Makes the address to which a person's browser is sent to be linked. No request is sent. The configuration's
        /// "link_url" must be set.</summary>
        /// <param name="extUserId">The person's id on your side.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"url"}. Reply: LinkUrl (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Url(string extUserId, CallOptions/*?*/ options = null);

        /// <summary>Makes the address to which a person's browser is sent to be linked. No request is sent. The configuration's
        /// "link_url" must be set.</summary>
        /// <param name="extUserId">The person's id on your side.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"url"}. Reply: LinkUrl (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> UrlAsync(
            string extUserId,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations webhook.* of a client.</summary>
    public interface IWebhookOperations
    {
        /// <summary>Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own. No
        /// request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503 if
        /// this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.</summary>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your
        /// log. Reply: WebhookAccepted (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Accept(
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null);

        /// <summary>Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own. No
        /// request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503 if
        /// this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.</summary>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your
        /// log. Reply: WebhookAccepted (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> AcceptAsync(
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Tells what a webhook brought, and keeps nothing. No request is sent. What it says is the sender's word
        /// alone.</summary>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"http_status", "reason", "objects": [{"kind", "object"}, …], "signed", "correlation_id"}. Reply:
        /// WebhookParsed (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Parse(
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null);

        /// <summary>Tells what a webhook brought, and keeps nothing. No request is sent. What it says is the sender's word
        /// alone.</summary>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"http_status", "reason", "objects": [{"kind", "object"}, …], "signed", "correlation_id"}. Reply:
        /// WebhookParsed (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ParseAsync(
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations inbox.* of a client.</summary>
    public interface IInboxOperations
    {
        /// <summary>Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.
        /// Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
        /// is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
        /// other.</summary>
        /// <param name="wait">How long to wait for one. Default: 0 s.</param>
        /// <param name="lease">How long it is kept from other callers. Default: 300 s.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"event": number, "kind", "object", "verified", "received", "deliveries"}, or null when there is
        /// none; "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown.
        /// Reply: InboxEvent or null (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Next(
            TimeSpan? wait = null,
            TimeSpan? lease = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null);

        /// <summary>Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.
        /// Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
        /// is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
        /// other.</summary>
        /// <param name="wait">How long to wait for one. Default: 0 s.</param>
        /// <param name="lease">How long it is kept from other callers. Default: 300 s.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"event": number, "kind", "object", "verified", "received", "deliveries"}, or null when there is
        /// none; "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown.
        /// Reply: InboxEvent or null (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> NextAsync(
            TimeSpan? wait = null,
            TimeSpan? lease = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Says that an event is done with; it does not come again. No request is sent. Acknowledging twice does no
        /// harm.</summary>
        /// <param name="event">The event's number.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"event"}. Reply: SettledEvent (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Acknowledge(long @event, CallOptions/*?*/ options = null);

        /// <summary>Says that an event is done with; it does not come again. No request is sent. Acknowledging twice does no
        /// harm.</summary>
        /// <param name="event">The event's number.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"event"}. Reply: SettledEvent (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> AcknowledgeAsync(
            long @event,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Shows what is in the inbox and how much of it waits, without taking anything. No request is sent.</summary>
        /// <param name="after">Only events with higher numbers.</param>
        /// <param name="most">How many events, at most 1000. Default: 100.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event with "state",
        /// "holder", "lease_ends_in_s" and "last_error", …]}; "unverified" webhooks wait to be asked about; "unreadable" events
        /// were kept under another client_secret; "state" is waiting, leased, acknowledged or dropped. Reply: InboxList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(
            long? after = null,
            long? most = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null);

        /// <summary>Shows what is in the inbox and how much of it waits, without taking anything. No request is sent.</summary>
        /// <param name="after">Only events with higher numbers.</param>
        /// <param name="most">How many events, at most 1000. Default: 100.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event with "state",
        /// "holder", "lease_ends_in_s" and "last_error", …]}; "unverified" webhooks wait to be asked about; "unreadable" events
        /// were kept under another client_secret; "state" is waiting, leased, acknowledged or dropped. Reply: InboxList
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            long? after = null,
            long? most = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Gives an event back: it comes again at once, to whom asks next. No request is sent. For an event whose
        /// handling failed, or whose holder is gone; also for one that was acknowledged or dropped and is still kept.</summary>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list and inbox.status tell it as "last_error"; "" is the
        /// same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"event"}. Reply: SettledEvent (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Requeue(long @event, string/*?*/ reason = null, CallOptions/*?*/ options = null);

        /// <summary>Gives an event back: it comes again at once, to whom asks next. No request is sent. For an event whose
        /// handling failed, or whose holder is gone; also for one that was acknowledged or dropped and is still kept.</summary>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list and inbox.status tell it as "last_error"; "" is the
        /// same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"event"}. Reply: SettledEvent (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> RequeueAsync(
            long @event,
            string/*?*/ reason = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Says that an event that cannot be handled is done with, and why; it does not come again. No request is sent.
        /// The event and the reason are kept as long as acknowledged events are; inbox.requeue brings it back until
        /// then.</summary>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list tells it as "last_error".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"event"}. Reply: SettledEvent (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Drop(long @event, string reason, CallOptions/*?*/ options = null);

        /// <summary>Says that an event that cannot be handled is done with, and why; it does not come again. No request is sent.
        /// The event and the reason are kept as long as acknowledged events are; inbox.requeue brings it back until
        /// then.</summary>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list tells it as "last_error".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"event"}. Reply: SettledEvent (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> DropAsync(
            long @event,
            string reason,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Tells how the inbox fares: how long the oldest event has waited, and who has which event. No request is sent,
        /// and no object is told: for monitoring.</summary>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"waiting", "leased", "acknowledged", "unverified", "unreadable", "oldest_s", "oldest_unverified_s",
        /// "taken": [{"event", "kind", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error"}, …]};
        /// "taken" are the first 100 events that were given out and are not acknowledged. Reply: InboxStatus
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Status(CallOptions/*?*/ options = null);

        /// <summary>Tells how the inbox fares: how long the oldest event has waited, and who has which event. No request is sent,
        /// and no object is told: for monitoring.</summary>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"waiting", "leased", "acknowledged", "unverified", "unreadable", "oldest_s", "oldest_unverified_s",
        /// "taken": [{"event", "kind", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error"}, …]};
        /// "taken" are the first 100 events that were given out and are not acknowledged. Reply: InboxStatus
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> StatusAsync(
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks. Reads from two
        /// days before the last poll on; the first time, from two days ago or before "since". Results are found when they were
        /// created, or changed within two days of that: the API cannot be asked for later changes, which only webhooks tell of.
        /// The first poll of user statuses reads their whole history, one request for each 100; later ones read its end. What is
        /// read is kept page by page: a poll that ends with throttled is gone on with by the next call.</summary>
        /// <param name="since">Results and statuses from this date on. Default: those since the last poll.</param>
        /// <param name="kind">"result" or "userstatus" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took.
        /// Reply: PollCounts (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Poll(
            FinautDate? since = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null);

        /// <summary>Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks. Reads from two
        /// days before the last poll on; the first time, from two days ago or before "since". Results are found when they were
        /// created, or changed within two days of that: the API cannot be asked for later changes, which only webhooks tell of.
        /// The first poll of user statuses reads their whole history, one request for each 100; later ones read its end. What is
        /// read is kept page by page: a poll that ends with throttled is gone on with by the next call.</summary>
        /// <param name="since">Results and statuses from this date on. Default: those since the last poll.</param>
        /// <param name="kind">"result" or "userstatus" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took.
        /// Reply: PollCounts (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> PollAsync(
            FinautDate? since = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations sync.* of a client.</summary>
    public interface ISyncOperations
    {
        /// <summary>Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is
        /// written. Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people.
        /// What only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose names
        /// begin with "//"; sync.plan leaves them out. Costs one request for each 100 people, companies and departments, and one
        /// for the schemes. A relative path is that of the process. No identity number and no name of a person is in the
        /// reply.</summary>
        /// <param name="file">The HR file: its path, or an object as the profile's "file" with what is known already, as {"path":
        /// "…", "encoding": "cp865"} (JSON).</param>
        /// <param name="language">The language of the comments: "no" or "en". Default: "en".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"profile": the profile, with comments, "fill_in": pointers into it, "file", "columns": [{"header",
        /// "field", "by", "filled"}, …], "basis", "counts", "problems": [{"problem", "says", "rows"}, …]}. Reply: SyncProposal
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Init(string file, string/*?*/ language = null, CallOptions/*?*/ options = null);

        /// <summary>Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is
        /// written. Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people.
        /// What only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose names
        /// begin with "//"; sync.plan leaves them out. Costs one request for each 100 people, companies and departments, and one
        /// for the schemes. A relative path is that of the process. No identity number and no name of a person is in the
        /// reply.</summary>
        /// <param name="file">The HR file: its path, or an object as the profile's "file" with what is known already, as {"path":
        /// "…", "encoding": "cp865"} (JSON).</param>
        /// <param name="language">The language of the comments: "no" or "en". Default: "en".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"profile": the profile, with comments, "fill_in": pointers into it, "file", "columns": [{"header",
        /// "field", "by", "filled"}, …], "basis", "counts", "problems": [{"problem", "says", "rows"}, …]}. Reply: SyncProposal
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> InitAsync(
            string file,
            string/*?*/ language = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing
        /// is written. The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it.
        /// FinAut is read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For "only"
        /// one person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request
        /// is further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says when to call again: what was
        /// read is kept. The configuration needs "state".</summary>
        /// <param name="profile">The profile (JSON).</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="file">The HR file: a path, or an object whose members replace those of the profile's "file"
        /// (JSON).</param>
        /// <param name="people">The rows as a list of objects, in place of a file (JSON).</param>
        /// <param name="only">One person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
        /// "encrypted_user_id"} (JSON). Default: everybody.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"plan": its id, "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps",
        /// "problems", "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s"}. Reply: SyncPlan
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Plan(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            bool? names = null,
            CallOptions/*?*/ options = null);

        /// <summary>Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing
        /// is written. The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it.
        /// FinAut is read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For "only"
        /// one person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request
        /// is further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says when to call again: what was
        /// read is kept. The configuration needs "state".</summary>
        /// <param name="profile">The profile (JSON).</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="file">The HR file: a path, or an object whose members replace those of the profile's "file"
        /// (JSON).</param>
        /// <param name="people">The rows as a list of objects, in place of a file (JSON).</param>
        /// <param name="only">One person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
        /// "encrypted_user_id"} (JSON). Default: everybody.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"plan": its id, "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps",
        /// "problems", "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s"}. Reply: SyncPlan
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> PlanAsync(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            bool? names = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds. What cron calls each
        /// hour of the night: it reads, compares and writes, one merged request for a person who changes. A run that was killed,
        /// or that waits for free requests ("state": "waiting"), is gone on with by calling it again. The first run of a profile,
        /// and of a changed one, only plans: sync.apply approves. One row that cannot be applied never stops the others; what the
        /// server refuses is not sent again for seven days, or until the row changes. The configuration needs "state".</summary>
        /// <param name="profile">The profile (JSON).</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="file">The HR file: a path, or an object whose members replace those of the profile's "file"
        /// (JSON).</param>
        /// <param name="people">The rows as a list of objects, in place of a file (JSON).</param>
        /// <param name="only">One person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
        /// "encrypted_user_id"} (JSON). Default: everybody.</param>
        /// <param name="retry">What was refused before is sent again: true for everybody's, or a list of employee aliases
        /// (JSON).</param>
        /// <param name="dryRun">True: only plan. Default: false.</param>
        /// <param name="until">When no further step begins: a time of day in Norway as "06:30", or a moment as
        /// "2026-11-28T06:30:00+01:00". Default: the profile's.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: the plan's members, besides "run": its id, "requests", "failures", and in "counts" how many steps
        /// are done, refused, failed, doubtful, drifted and left. Reply: SyncRun (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautHeldException">Nothing could be done because a rail of the sync holds it, until a person has
        /// approved it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Run(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            string/*?*/ retry = null,
            bool? dryRun = null,
            string/*?*/ until = null,
            bool? names = null,
            CallOptions/*?*/ options = null);

        /// <summary>Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds. What cron calls each
        /// hour of the night: it reads, compares and writes, one merged request for a person who changes. A run that was killed,
        /// or that waits for free requests ("state": "waiting"), is gone on with by calling it again. The first run of a profile,
        /// and of a changed one, only plans: sync.apply approves. One row that cannot be applied never stops the others; what the
        /// server refuses is not sent again for seven days, or until the row changes. The configuration needs "state".</summary>
        /// <param name="profile">The profile (JSON).</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="file">The HR file: a path, or an object whose members replace those of the profile's "file"
        /// (JSON).</param>
        /// <param name="people">The rows as a list of objects, in place of a file (JSON).</param>
        /// <param name="only">One person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
        /// "encrypted_user_id"} (JSON). Default: everybody.</param>
        /// <param name="retry">What was refused before is sent again: true for everybody's, or a list of employee aliases
        /// (JSON).</param>
        /// <param name="dryRun">True: only plan. Default: false.</param>
        /// <param name="until">When no further step begins: a time of day in Norway as "06:30", or a moment as
        /// "2026-11-28T06:30:00+01:00". Default: the profile's.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: the plan's members, besides "run": its id, "requests", "failures", and in "counts" how many steps
        /// are done, refused, failed, doubtful, drifted and left. Reply: SyncRun (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautHeldException">Nothing could be done because a rail of the sync holds it, until a person has
        /// approved it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> RunAsync(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            string/*?*/ retry = null,
            bool? dryRun = null,
            string/*?*/ until = null,
            bool? names = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Approves of a plan what a person has reviewed, and carries it out. An approval belongs to the steps that were
        /// reviewed, not to their number: it counts for this run and any later one, for 14 days after the plan was made.
        /// "approve" names kinds ("create", "update", "hold", "withdraw"), rails, fields, or steps ("s3"). Who approved and why
        /// stands in the audit.</summary>
        /// <param name="plan">The id of the plan that was reviewed.</param>
        /// <param name="approve">What of it: a list of kinds, rails, fields or steps (JSON).</param>
        /// <param name="by">Who approves.</param>
        /// <param name="why">Why.</param>
        /// <param name="profile">The profile (JSON).</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="file">The HR file: a path, or an object whose members replace those of the profile's "file"
        /// (JSON).</param>
        /// <param name="people">The rows as a list of objects, in place of a file (JSON).</param>
        /// <param name="only">One person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
        /// "encrypted_user_id"} (JSON). Default: everybody.</param>
        /// <param name="until">When no further step begins: a time of day in Norway as "06:30", or a moment as
        /// "2026-11-28T06:30:00+01:00". Default: the profile's.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: as sync.run's. Reply: SyncRun (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautHeldException">Nothing could be done because a rail of the sync holds it, until a person has
        /// approved it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Apply(
            string plan,
            string approve,
            string by,
            string why,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            string/*?*/ until = null,
            bool? names = null,
            CallOptions/*?*/ options = null);

        /// <summary>Approves of a plan what a person has reviewed, and carries it out. An approval belongs to the steps that were
        /// reviewed, not to their number: it counts for this run and any later one, for 14 days after the plan was made.
        /// "approve" names kinds ("create", "update", "hold", "withdraw"), rails, fields, or steps ("s3"). Who approved and why
        /// stands in the audit.</summary>
        /// <param name="plan">The id of the plan that was reviewed.</param>
        /// <param name="approve">What of it: a list of kinds, rails, fields or steps (JSON).</param>
        /// <param name="by">Who approves.</param>
        /// <param name="why">Why.</param>
        /// <param name="profile">The profile (JSON).</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="file">The HR file: a path, or an object whose members replace those of the profile's "file"
        /// (JSON).</param>
        /// <param name="people">The rows as a list of objects, in place of a file (JSON).</param>
        /// <param name="only">One person, named by one of these: nobody else is compared: {"id", "persnr", "employee_alias",
        /// "encrypted_user_id"} (JSON). Default: everybody.</param>
        /// <param name="until">When no further step begins: a time of day in Norway as "06:30", or a moment as
        /// "2026-11-28T06:30:00+01:00". Default: the profile's.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: as sync.run's. Reply: SyncRun (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautHeldException">Nothing could be done because a rail of the sync holds it, until a person has
        /// approved it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ApplyAsync(
            string plan,
            string approve,
            string by,
            string why,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            string/*?*/ until = null,
            bool? names = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Tells how the sync of a profile stands: for monitoring. No request is sent. Needs the profile's name only.
        /// With "max_age_h" it fails with stale where no run was completed in so many hours.</summary>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="run">Id of a run or of a plan. Default: the last one.</param>
        /// <param name="maxAgeH">How many hours ago the last completed run may have ended.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done",
        /// "last_accepted_file", "oldest_open", "error"}; null is what there was none of. Reply: SyncStatus
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Status(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ run = null,
            long? maxAgeH = null,
            CallOptions/*?*/ options = null);

        /// <summary>Tells how the sync of a profile stands: for monitoring. No request is sent. Needs the profile's name only.
        /// With "max_age_h" it fails with stale where no run was completed in so many hours.</summary>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="run">Id of a run or of a plan. Default: the last one.</param>
        /// <param name="maxAgeH">How many hours ago the last completed run may have ended.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done",
        /// "last_accepted_file", "oldest_open", "error"}; null is what there was none of. Reply: SyncStatus
        /// (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> StatusAsync(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ run = null,
            long? maxAgeH = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan
        /// wants: as text, a page, CSV or JSON. No request is sent. Needs the profile's name only. "run" is the report of a run;
        /// for the id of a plan, the plan itself, which is what to look at before approving it. "period" is about the days from
        /// "from" to "to": who was entered, who left and by which rule, who approved what, what has been open for more than 30
        /// days. "undo" lists each withdrawal and hold of a run or of such days, with what Norsk Test needs to put people back. A
        /// plan is kept, sealed, for 14 days, what runs did for 90. Why somebody is on hold is in no report. A file is written so
        /// that only its owner may read it: whole or not at all.</summary>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="run">Id of a run or of a plan. Default: the last one.</param>
        /// <param name="from">First day of "period" or "undo". Default: 30 days before "to".</param>
        /// <param name="to">Last day of them. Default: today in Norway.</param>
        /// <param name="what">What it is about: "run", "period" or "undo". Default: "run".</param>
        /// <param name="format">"json", "text", "html" or "csv". Default: "json".</param>
        /// <param name="language">"no" or "en". Default: "no".</param>
        /// <param name="path">Where to write it. Default: nowhere: it is in the reply.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"run", "profile", "what", "from", "to", "format", "language", "path", "text"}; "text" is null where
        /// it was written to "path". Reply: SyncReport (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Report(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ run = null,
            FinautDate? from = null,
            FinautDate? to = null,
            string/*?*/ what = null,
            string/*?*/ format = null,
            string/*?*/ language = null,
            string/*?*/ path = null,
            bool? names = null,
            CallOptions/*?*/ options = null);

        /// <summary>Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan
        /// wants: as text, a page, CSV or JSON. No request is sent. Needs the profile's name only. "run" is the report of a run;
        /// for the id of a plan, the plan itself, which is what to look at before approving it. "period" is about the days from
        /// "from" to "to": who was entered, who left and by which rule, who approved what, what has been open for more than 30
        /// days. "undo" lists each withdrawal and hold of a run or of such days, with what Norsk Test needs to put people back. A
        /// plan is kept, sealed, for 14 days, what runs did for 90. Why somebody is on hold is in no report. A file is written so
        /// that only its owner may read it: whole or not at all.</summary>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="run">Id of a run or of a plan. Default: the last one.</param>
        /// <param name="from">First day of "period" or "undo". Default: 30 days before "to".</param>
        /// <param name="to">Last day of them. Default: today in Norway.</param>
        /// <param name="what">What it is about: "run", "period" or "undo". Default: "run".</param>
        /// <param name="format">"json", "text", "html" or "csv". Default: "json".</param>
        /// <param name="language">"no" or "en". Default: "no".</param>
        /// <param name="path">Where to write it. Default: nowhere: it is in the reply.</param>
        /// <param name="names">False: people's names are left out, and those among the values that change; identity numbers
        /// always are. Default: true.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"run", "profile", "what", "from", "to", "format", "language", "path", "text"}; "text" is null where
        /// it was written to "path". Reply: SyncReport (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ReportAsync(
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ run = null,
            FinautDate? from = null,
            FinautDate? to = null,
            string/*?*/ what = null,
            string/*?*/ format = null,
            string/*?*/ language = null,
            string/*?*/ path = null,
            bool? names = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON. Rows name people by the
        /// employer's own id and FinAut's number; people who are confidential in the HR file are left out. "authorisations":
        /// where they differ from what HR wants, as the last run found, without a request. "statuses": everybody's as a
        /// candidate; without a request within 15 minutes after a run, else one for each 100 people and one more. "history": the
        /// records since a day, one request and one for each 100 of them. "results": those since the last export and two days
        /// before, the first time all; a "since" that leaves days out does not count as an export. "unknown_to_hr": a file for
        /// the sync itself, in which a person marks as "left" those who have left; only who has no employee_alias of their own is
        /// named in it by the identity number. A letter that the encoding lacks is an error, and nothing is written. A CSV cell
        /// that a spreadsheet would take for a formula begins with an apostrophe.</summary>
        /// <param name="what">"authorisations", "statuses", "history", "results" or "unknown_to_hr".</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="format">"csv" or "json". Default: "csv".</param>
        /// <param name="path">Where to write it. Default: nowhere: it is in the reply.</param>
        /// <param name="since">"history" and "results" from this day on; "history" needs it.</param>
        /// <param name="encoding">The file's encoding: "utf-8", "utf-8-bom", "windows-1252", "iso-8859-15", "cp850", "cp865" or
        /// another of one byte for each character. Default: the configuration's; for "unknown_to_hr" utf-8-bom where that is
        /// UTF-8.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text"};
        /// "text" is null where it was written to "path". Reply: SyncExport (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Export(
            string what,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ format = null,
            string/*?*/ path = null,
            FinautDate? since = null,
            string/*?*/ encoding = null,
            CallOptions/*?*/ options = null);

        /// <summary>Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON. Rows name people by the
        /// employer's own id and FinAut's number; people who are confidential in the HR file are left out. "authorisations":
        /// where they differ from what HR wants, as the last run found, without a request. "statuses": everybody's as a
        /// candidate; without a request within 15 minutes after a run, else one for each 100 people and one more. "history": the
        /// records since a day, one request and one for each 100 of them. "results": those since the last export and two days
        /// before, the first time all; a "since" that leaves days out does not count as an export. "unknown_to_hr": a file for
        /// the sync itself, in which a person marks as "left" those who have left; only who has no employee_alias of their own is
        /// named in it by the identity number. A letter that the encoding lacks is an error, and nothing is written. A CSV cell
        /// that a spreadsheet would take for a formula begins with an apostrophe.</summary>
        /// <param name="what">"authorisations", "statuses", "history", "results" or "unknown_to_hr".</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="format">"csv" or "json". Default: "csv".</param>
        /// <param name="path">Where to write it. Default: nowhere: it is in the reply.</param>
        /// <param name="since">"history" and "results" from this day on; "history" needs it.</param>
        /// <param name="encoding">The file's encoding: "utf-8", "utf-8-bom", "windows-1252", "iso-8859-15", "cp850", "cp865" or
        /// another of one byte for each character. Default: the configuration's; for "unknown_to_hr" utf-8-bom where that is
        /// UTF-8.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text"};
        /// "text" is null where it was written to "path". Reply: SyncExport (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ExportAsync(
            string what,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ format = null,
            string/*?*/ path = null,
            FinautDate? since = null,
            string/*?*/ encoding = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Erases what the syncs of a profile keep of a person. For a person who asks for it (GDPR, article 17). That
        /// FinAut's user of this number was seen in an HR file is kept; the lines of the audit stay, and are counted. No request
        /// is sent where the person is named by "id".</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"id", "was_seen", "plans": how many kept plans named the person, "audit_lines": how many lines
        /// stay}. Reply: SyncForgotten (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string Forget(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            CallOptions/*?*/ options = null);

        /// <summary>Erases what the syncs of a profile keep of a person. For a person who asks for it (GDPR, article 17). That
        /// FinAut's user of this number was seen in an HR file is kept; the lines of the audit stay, and are counted. No request
        /// is sent where the person is named by "id".</summary>
        /// <remarks>The person is named by exactly one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"id", "was_seen", "plans": how many kept plans named the person, "audit_lines": how many lines
        /// stay}. Reply: SyncForgotten (docs/objects.md).</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ForgetAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }

    /// <summary>The operations journal.* of a client.</summary>
    public interface IJournalOperations
    {
        /// <summary>Lists the changes that were sent to the server: by whom, when, and with what outcome. The newest first, 100
        /// on a page. No request is sent, but one where the person is named otherwise than by "id" and is not remembered. A line
        /// is on the disk before its request is sent, where the configuration has "state"; it holds no identity number, no name
        /// and no value. Of a process that was killed, the outcome is "unknown" until it is settled. Reports of completed courses
        /// are found by job and time, not by person: they name nobody by number.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="since">Changes from then on; a date is its beginning in Norway.</param>
        /// <param name="until">Changes before then; a date is its end in Norway.</param>
        /// <param name="job">Changes of this job only. Default: those of any job.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [{"id": the line's number, "at": time, "operation", "job",
        /// "method", "path", "object_id", "user_id", "fields": names, "outcome", "code", "http_status", "ended_at", "machine",
        /// "process", "os_user", "correlation_id"}, …]}; "outcome" is done, refused (it had no effect; "code" says why), unknown
        /// or under_way. Reply: JournalLineList (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        string List(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ since = null,
            string/*?*/ until = null,
            string/*?*/ job = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null);

        /// <summary>Lists the changes that were sent to the server: by whom, when, and with what outcome. The newest first, 100
        /// on a page. No request is sent, but one where the person is named otherwise than by "id" and is not remembered. A line
        /// is on the disk before its request is sent, where the configuration has "state"; it holds no identity number, no name
        /// and no value. Of a process that was killed, the outcome is "unknown" until it is settled. Reports of completed courses
        /// are found by job and time, not by person: they name nobody by number.</summary>
        /// <remarks>The person is named by at most one of id, persnr, employeeAlias, encryptedUserId.</remarks>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="since">Changes from then on; a date is its beginning in Norway.</param>
        /// <param name="until">Changes before then; a date is its end in Norway.</param>
        /// <param name="job">Changes of this job only. Default: those of any job.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "next_page", "results": [{"id": the line's number, "at": time, "operation", "job",
        /// "method", "path", "object_id", "user_id", "fields": names, "outcome", "code", "http_status", "ended_at", "machine",
        /// "process", "os_user", "correlation_id"}, …]}; "outcome" is done, refused (it had no effect; "code" says why), unknown
        /// or under_way. Reply: JournalLineList (docs/objects.md).</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> ListAsync(
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ since = null,
            string/*?*/ until = null,
            string/*?*/ job = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));
    }
}
