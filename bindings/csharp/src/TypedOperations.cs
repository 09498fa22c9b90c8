// Made by cargo xtask generate: change core/src/api/replies.rs and core/src/wire/objects/shown.rs instead.

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Finaut.Replies
{
    /// <summary>The operations with their replies as views: using Finaut.Replies gives client.Users.GetTyped beside
    /// client.Users.Get, which gives the JSON text.</summary>
    public static class TypedOperations
    {
        /// <summary>Tells how many requests are left, who used the others, and when more will be. No request is sent. What other
        /// programs use on the same account is not known here before the server refuses something.</summary>
        /// <param name="client">Where the call is made.</param>
        /// <param name="requests">When would so many more be through?</param>
        /// <param name="history">True: what became of each hour's requests, of the last 48. Default: false.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static Budget BudgetTyped(
            this IFinautClient client,
            long? requests = null,
            bool? history = null,
            CallOptions/*?*/ options = null)
        {
            return Budget.Parse(client.Budget(requests, history, options))/*!*/;
        }

        /// <summary>Tells how many requests are left, who used the others, and when more will be. No request is sent. What other
        /// programs use on the same account is not known here before the server refuses something.</summary>
        /// <param name="client">Where the call is made.</param>
        /// <param name="requests">When would so many more be through?</param>
        /// <param name="history">True: what became of each hour's requests, of the last 48. Default: false.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<Budget> BudgetTypedAsync(
            this IFinautClient client,
            long? requests = null,
            bool? history = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return Budget.Parse(await client.BudgetAsync(requests, history, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Tries whether host and credentials are right. Costs one request.</summary>
        /// <param name="client">Where the call is made.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static AccountCheck CheckTyped(this IFinautClient client, CallOptions/*?*/ options = null)
        {
            return AccountCheck.Parse(client.Check(options))/*!*/;
        }

        /// <summary>Tries whether host and credentials are right. Costs one request.</summary>
        /// <param name="client">Where the call is made.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<AccountCheck> CheckTypedAsync(
            this IFinautClient client,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return AccountCheck.Parse(await client.CheckAsync(options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists the users that the account may see, or those that match. A list of all costs one request for each 100
        /// users. If users are added or removed while the list is read, the pages that shifted may be read again (at most a tenth
        /// of them and 2), and "missing" in the reply says how many users may still be missing.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static UserList ListTyped(
            this IUsersOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return UserList.Parse(operations.List(persnr, employeeAlias, encryptedUserId, id, page, options))/*!*/;
        }

        /// <summary>Lists the users that the account may see, or those that match. A list of all costs one request for each 100
        /// users. If users are added or removed while the list is read, the pages that shifted may be read again (at most a tenth
        /// of them and 2), and "missing" in the reply says how many users may still be missing.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<UserList> ListTypedAsync(
            this IUsersOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return UserList.Parse(await operations.ListAsync(persnr, employeeAlias, encryptedUserId, id, page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Retrieves one user.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User GetTyped(
            this IUsersOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.Get(persnr, employeeAlias, encryptedUserId, id, options))/*!*/;
        }

        /// <summary>Retrieves one user.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> GetTypedAsync(
            this IUsersOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.GetAsync(persnr, employeeAlias, encryptedUserId, id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Creates a user with any roles. Exactly one is created, also when the connection breaks. A number that is
        /// registered already is refused, with "persnr" in "fields". A company, department or franchise that is named is looked
        /// up in the remembered lists before anything is sent; a name that is not there, or that several have, is refused with
        /// those that there are.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User CreateTyped(
            this IUsersOperations operations,
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
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.Create(persnr, firstName, lastName, company, department, roles, franchise, email, mobile, employeeAlias, options))/*!*/;
        }

        /// <summary>Creates a user with any roles. Exactly one is created, also when the connection breaks. A number that is
        /// registered already is refused, with "persnr" in "fields". A company, department or franchise that is named is looked
        /// up in the remembered lists before anything is sent; a name that is not there, or that several have, is refused with
        /// those that there are.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> CreateTypedAsync(
            this IUsersOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.CreateAsync(persnr, firstName, lastName, company, department, roles, franchise, email, mobile, employeeAlias, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Creates a candidate, signed up to one or more schemes. As users.create, with the role ka in each
        /// scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User CreateCandidateTyped(
            this IUsersOperations operations,
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
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.CreateCandidate(persnr, firstName, lastName, company, department, schemes, franchise, email, mobile, employeeAlias, options))/*!*/;
        }

        /// <summary>Creates a candidate, signed up to one or more schemes. As users.create, with the role ka in each
        /// scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> CreateCandidateTypedAsync(
            this IUsersOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.CreateCandidateAsync(persnr, firstName, lastName, company, department, schemes, franchise, email, mobile, employeeAlias, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Creates a BA (bedriftsansvarlig), who administers candidates. As users.create, with the role ba in each
        /// scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User CreateBaTyped(
            this IUsersOperations operations,
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
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.CreateBa(persnr, firstName, lastName, company, department, schemes, franchise, email, mobile, employeeAlias, options))/*!*/;
        }

        /// <summary>Creates a BA (bedriftsansvarlig), who administers candidates. As users.create, with the role ba in each
        /// scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> CreateBaTypedAsync(
            this IUsersOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.CreateBaAsync(persnr, firstName, lastName, company, department, schemes, franchise, email, mobile, employeeAlias, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Creates a TL (testleder), who gives candidates access to an exam. As users.create, with the role tl in each
        /// scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User CreateTlTyped(
            this IUsersOperations operations,
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
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.CreateTl(persnr, firstName, lastName, company, department, schemes, franchise, email, mobile, employeeAlias, options))/*!*/;
        }

        /// <summary>Creates a TL (testleder), who gives candidates access to an exam. As users.create, with the role tl in each
        /// scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> CreateTlTypedAsync(
            this IUsersOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.CreateTlAsync(persnr, firstName, lastName, company, department, schemes, franchise, email, mobile, employeeAlias, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Changes a user's demographic data. One request for a person whose user id is known or remembered, two
        /// otherwise; new roles cost one more, as they are read before they are written. An unknown name in "changes" is refused.
        /// The reply's "warnings" tell what the server does not show as it was sent.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="changes">What to change, all of it at once: {"first_name", "last_name", "email", "mobile",
        /// "employee_alias", "persnr", "company": the department's own, "department", "franchise", "add_roles", "add_schemes",
        /// "other"} (JSON).</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User UpdateTyped(
            this IUsersOperations operations,
            string changes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.Update(changes, persnr, employeeAlias, encryptedUserId, id, options))/*!*/;
        }

        /// <summary>Changes a user's demographic data. One request for a person whose user id is known or remembered, two
        /// otherwise; new roles cost one more, as they are read before they are written. An unknown name in "changes" is refused.
        /// The reply's "warnings" tell what the server does not show as it was sent.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="changes">What to change, all of it at once: {"first_name", "last_name", "email", "mobile",
        /// "employee_alias", "persnr", "company": the department's own, "department", "franchise", "add_roles", "add_schemes",
        /// "other"} (JSON).</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> UpdateTypedAsync(
            this IUsersOperations operations,
            string changes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.UpdateAsync(changes, persnr, employeeAlias, encryptedUserId, id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Gives a user an additional role. Reads the user's roles and writes them back with the new one; a role that is
        /// there already costs no second request. Calls for one person wait for each other, in all processes that share the
        /// state.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="role">Scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User AddRoleTyped(
            this IUsersOperations operations,
            string role,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.AddRole(role, persnr, employeeAlias, encryptedUserId, id, options))/*!*/;
        }

        /// <summary>Gives a user an additional role. Reads the user's roles and writes them back with the new one; a role that is
        /// there already costs no second request. Calls for one person wait for each other, in all processes that share the
        /// state.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="role">Scheme, underscore, kind (ka candidate, ba, tl), as "afr_ba".</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> AddRoleTypedAsync(
            this IUsersOperations operations,
            string role,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.AddRoleAsync(role, persnr, employeeAlias, encryptedUserId, id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Signs a candidate up to one or more schemes. As users.add_role, with the role ka in each scheme. Where the
        /// roles are all there already, the latest status is looked up instead, without a request where everybody's were read
        /// within 15 minutes: if the person is withdrawn or on hold, the reply's last member "warnings", a list of {"code",
        /// "message"}, says so.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="schemes">Codes of the schemes, as ["krd"].</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User EnrollTyped(
            this IUsersOperations operations,
            IEnumerable<string> schemes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.Enroll(schemes, persnr, employeeAlias, encryptedUserId, id, options))/*!*/;
        }

        /// <summary>Signs a candidate up to one or more schemes. As users.add_role, with the role ka in each scheme. Where the
        /// roles are all there already, the latest status is looked up instead, without a request where everybody's were read
        /// within 15 minutes: if the person is withdrawn or on hold, the reply's last member "warnings", a list of {"code",
        /// "message"}, says so.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="schemes">Codes of the schemes, as ["krd"].</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> EnrollTypedAsync(
            this IUsersOperations operations,
            IEnumerable<string> schemes,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.EnrollAsync(schemes, persnr, employeeAlias, encryptedUserId, id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Moves a user to another department. Without "company", the department's own company is looked up (and
        /// remembered).</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="department">The department.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="company">The company. Default: the department's own.</param>
        /// <param name="franchise">The franchise.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static User MoveTyped(
            this IUsersOperations operations,
            Reference department,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            Reference company = default(Reference),
            Reference franchise = default(Reference),
            CallOptions/*?*/ options = null)
        {
            return User.Parse(operations.Move(department, persnr, employeeAlias, encryptedUserId, id, company, franchise, options))/*!*/;
        }

        /// <summary>Moves a user to another department. Without "company", the department's own company is looked up (and
        /// remembered).</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="department">The department.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="company">The company. Default: the department's own.</param>
        /// <param name="franchise">The franchise.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<User> MoveTypedAsync(
            this IUsersOperations operations,
            Reference department,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            Reference company = default(Reference),
            Reference franchise = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return User.Parse(await operations.MoveAsync(department, persnr, employeeAlias, encryptedUserId, id, company, franchise, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing. Compares as the
        /// nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make no difference,
        /// and what is not given stays as it is. The person is looked up by persnr, and only where nobody has that by
        /// employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold, withdraws them,
        /// takes a role away, or moves them between companies. Where it is not certain who the person is, or another user has the
        /// alias, it is refused and nothing is written. Calling it twice changes nothing the second time. Whether somebody who
        /// has a role is withdrawn is not looked up; users.enroll tells.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static EnsuredUser EnsureTyped(
            this IUsersOperations operations,
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
            CallOptions/*?*/ options = null)
        {
            return EnsuredUser.Parse(operations.Ensure(persnr, employeeAlias, firstName, lastName, email, mobile, company, department, franchise, schemes, roles, startDate, endDate, status, confidential, fields, dryRun, options))/*!*/;
        }

        /// <summary>Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing. Compares as the
        /// nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make no difference,
        /// and what is not given stays as it is. The person is looked up by persnr, and only where nobody has that by
        /// employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold, withdraws them,
        /// takes a role away, or moves them between companies. Where it is not certain who the person is, or another user has the
        /// alias, it is refused and nothing is written. Calling it twice changes nothing the second time. Whether somebody who
        /// has a role is withdrawn is not looked up; users.enroll tells.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<EnsuredUser> EnsureTypedAsync(
            this IUsersOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return EnsuredUser.Parse(await operations.EnsureAsync(persnr, employeeAlias, firstName, lastName, email, mobile, company, department, franchise, schemes, roles, startDate, endDate, status, confidential, fields, dryRun, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Sets a user on hold in a scheme. Active statuses are set by FinAut's own processes and cannot be set
        /// here.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static UserStatus HoldTyped(
            this IUsersOperations operations,
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null)
        {
            return UserStatus.Parse(operations.Hold(scheme, persnr, employeeAlias, encryptedUserId, id, date, comment, setBy, options))/*!*/;
        }

        /// <summary>Sets a user on hold in a scheme. Active statuses are set by FinAut's own processes and cannot be set
        /// here.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<UserStatus> HoldTypedAsync(
            this IUsersOperations operations,
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return UserStatus.Parse(await operations.HoldAsync(scheme, persnr, employeeAlias, encryptedUserId, id, date, comment, setBy, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Withdraws a user from a scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static UserStatus WithdrawTyped(
            this IUsersOperations operations,
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null)
        {
            return UserStatus.Parse(operations.Withdraw(scheme, persnr, employeeAlias, encryptedUserId, id, date, comment, setBy, options))/*!*/;
        }

        /// <summary>Withdraws a user from a scheme.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<UserStatus> WithdrawTypedAsync(
            this IUsersOperations operations,
            string scheme,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? date = null,
            string/*?*/ comment = null,
            Reference setBy = default(Reference),
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return UserStatus.Parse(await operations.WithdrawAsync(scheme, persnr, employeeAlias, encryptedUserId, id, date, comment, setBy, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists the companies that the account may see. Remembered for the configuration's cache_s unless "page" or
        /// "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static CompanyList ListTyped(
            this ICompaniesOperations operations,
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return CompanyList.Parse(operations.List(page, options))/*!*/;
        }

        /// <summary>Lists the companies that the account may see. Remembered for the configuration's cache_s unless "page" or
        /// "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<CompanyList> ListTypedAsync(
            this ICompaniesOperations operations,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return CompanyList.Parse(await operations.ListAsync(page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Retrieves one company. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static Company GetTyped(
            this ICompaniesOperations operations,
            Reference id,
            CallOptions/*?*/ options = null)
        {
            return Company.Parse(operations.Get(id, options))/*!*/;
        }

        /// <summary>Retrieves one company. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<Company> GetTypedAsync(
            this ICompaniesOperations operations,
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return Company.Parse(await operations.GetAsync(id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists the departments that the account may see, or those of one company. Remembered for the configuration's
        /// cache_s unless "page" or "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="company">Only this company's.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static DepartmentList ListTyped(
            this IDepartmentsOperations operations,
            Reference company = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return DepartmentList.Parse(operations.List(company, page, options))/*!*/;
        }

        /// <summary>Lists the departments that the account may see, or those of one company. Remembered for the configuration's
        /// cache_s unless "page" or "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="company">Only this company's.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<DepartmentList> ListTypedAsync(
            this IDepartmentsOperations operations,
            Reference company = default(Reference),
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return DepartmentList.Parse(await operations.ListAsync(company, page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Retrieves one department. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static Department GetTyped(
            this IDepartmentsOperations operations,
            Reference id,
            CallOptions/*?*/ options = null)
        {
            return Department.Parse(operations.Get(id, options))/*!*/;
        }

        /// <summary>Retrieves one department. Remembered for the configuration's cache_s unless "fresh" is given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<Department> GetTypedAsync(
            this IDepartmentsOperations operations,
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return Department.Parse(await operations.GetAsync(id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists the authorisation schemes. Remembered for the configuration's cache_s unless "fresh" is
        /// given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SchemeList ListTyped(this ISchemesOperations operations, CallOptions/*?*/ options = null)
        {
            return SchemeList.Parse(operations.List(options))/*!*/;
        }

        /// <summary>Lists the authorisation schemes. Remembered for the configuration's cache_s unless "fresh" is
        /// given.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SchemeList> ListTypedAsync(
            this ISchemesOperations operations,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SchemeList.Parse(await operations.ListAsync(options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists the status history: every change is a record of its own.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static UserStatusList ListTyped(
            this IUserStatusOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return UserStatusList.Parse(operations.List(persnr, employeeAlias, encryptedUserId, id, scheme, page, options))/*!*/;
        }

        /// <summary>Lists the status history: every change is a record of its own.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<UserStatusList> ListTypedAsync(
            this IUserStatusOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return UserStatusList.Parse(await operations.ListAsync(persnr, employeeAlias, encryptedUserId, id, scheme, page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists the current status in each scheme. That of everybody is kept here: it is read once, and then brought up
        /// to date with the end of the history, by one request on a day without changes; "as_of" says when. A reading that ends
        /// early, by an error or with its process, is gone on with by the next call. With "fresh" it is read anew.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static UserStatusList LatestTyped(
            this IUserStatusOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return UserStatusList.Parse(operations.Latest(persnr, employeeAlias, encryptedUserId, id, scheme, page, options))/*!*/;
        }

        /// <summary>Lists the current status in each scheme. That of everybody is kept here: it is read once, and then brought up
        /// to date with the end of the history, by one request on a day without changes; "as_of" says when. A reading that ends
        /// early, by an error or with its process, is gone on with by the next call. With "fresh" it is read anew.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="scheme">Only this scheme's, picked out here; the server has no such filter.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<UserStatusList> LatestTypedAsync(
            this IUserStatusOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ scheme = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return UserStatusList.Parse(await operations.LatestAsync(persnr, employeeAlias, encryptedUserId, id, scheme, page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Retrieves one user status.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static UserStatus GetTyped(
            this IUserStatusOperations operations,
            Reference id,
            CallOptions/*?*/ options = null)
        {
            return UserStatus.Parse(operations.Get(id, options))/*!*/;
        }

        /// <summary>Retrieves one user status.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<UserStatus> GetTypedAsync(
            this IUserStatusOperations operations,
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return UserStatus.Parse(await operations.GetAsync(id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Creates a user status from the server's own fields. users.hold and users.withdraw do the same for a person
        /// named in any way.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="appname">The scheme's code, as "afr".</param>
        /// <param name="user">The user.</param>
        /// <param name="status">"hvilende" (on hold) or "utmeldt" (withdrawn).</param>
        /// <param name="reason">The reason; "" is the same as leaving it out. Default: the same word as in "status".</param>
        /// <param name="statusSetBy">The user who sets it. Default: the configuration's set_by; without either the call is
        /// refused.</param>
        /// <param name="statusDate">From when. Default: today in Norway.</param>
        /// <param name="comment">For people to read; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static UserStatus CreateTyped(
            this IUserStatusOperations operations,
            string appname,
            Reference user,
            string status,
            string/*?*/ reason = null,
            Reference statusSetBy = default(Reference),
            FinautDate? statusDate = null,
            string/*?*/ comment = null,
            CallOptions/*?*/ options = null)
        {
            return UserStatus.Parse(operations.Create(appname, user, status, reason, statusSetBy, statusDate, comment, options))/*!*/;
        }

        /// <summary>Creates a user status from the server's own fields. users.hold and users.withdraw do the same for a person
        /// named in any way.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<UserStatus> CreateTypedAsync(
            this IUserStatusOperations operations,
            string appname,
            Reference user,
            string status,
            string/*?*/ reason = null,
            Reference statusSetBy = default(Reference),
            FinautDate? statusDate = null,
            string/*?*/ comment = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return UserStatus.Parse(await operations.CreateAsync(appname, user, status, reason, statusSetBy, statusDate, comment, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists exam results: all, one person's, or those created from a date on.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="fromDate">Created on this date or later.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static ResultList ListTyped(
            this IResultsOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? fromDate = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return ResultList.Parse(operations.List(persnr, employeeAlias, encryptedUserId, id, fromDate, page, options))/*!*/;
        }

        /// <summary>Lists exam results: all, one person's, or those created from a date on.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="fromDate">Created on this date or later.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<ResultList> ListTypedAsync(
            this IResultsOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            FinautDate? fromDate = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return ResultList.Parse(await operations.ListAsync(persnr, employeeAlias, encryptedUserId, id, fromDate, page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Retrieves one exam result.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static Result GetTyped(
            this IResultsOperations operations,
            Reference id,
            CallOptions/*?*/ options = null)
        {
            return Result.Parse(operations.Get(id, options))/*!*/;
        }

        /// <summary>Retrieves one exam result.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<Result> GetTypedAsync(
            this IResultsOperations operations,
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return Result.Parse(await operations.GetAsync(id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists completed courses: all, or one linked person's.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static CompetencyResultList ListTyped(
            this ICompetencyResultsOperations operations,
            string/*?*/ encryptedUserId = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return CompetencyResultList.Parse(operations.List(encryptedUserId, page, options))/*!*/;
        }

        /// <summary>Lists completed courses: all, or one linked person's.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<CompetencyResultList> ListTypedAsync(
            this ICompetencyResultsOperations operations,
            string/*?*/ encryptedUserId = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return CompetencyResultList.Parse(await operations.ListAsync(encryptedUserId, page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Retrieves one completed course.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static CompetencyResult GetTyped(
            this ICompetencyResultsOperations operations,
            Reference id,
            CallOptions/*?*/ options = null)
        {
            return CompetencyResult.Parse(operations.Get(id, options))/*!*/;
        }

        /// <summary>Retrieves one completed course.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<CompetencyResult> GetTypedAsync(
            this ICompetencyResultsOperations operations,
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return CompetencyResult.Parse(await operations.GetAsync(id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Reports a completed course of a linked person. Exactly one is created, also when the connection
        /// breaks.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="goal">Number of the goal that was reached.</param>
        /// <param name="passedDate">When.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="extUserId">Or the person's id on your side, where the link's event came through the inbox.</param>
        /// <param name="externalSystem">Name of the reporting system; "" is the same as leaving it out.</param>
        /// <param name="externalId">Its own id of the course; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static CompetencyResult CreateTyped(
            this ICompetencyResultsOperations operations,
            long goal,
            FinautDate passedDate,
            string/*?*/ encryptedUserId = null,
            string/*?*/ extUserId = null,
            string/*?*/ externalSystem = null,
            string/*?*/ externalId = null,
            CallOptions/*?*/ options = null)
        {
            return CompetencyResult.Parse(operations.Create(goal, passedDate, encryptedUserId, extUserId, externalSystem, externalId, options))/*!*/;
        }

        /// <summary>Reports a completed course of a linked person. Exactly one is created, also when the connection
        /// breaks.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="goal">Number of the goal that was reached.</param>
        /// <param name="passedDate">When.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="extUserId">Or the person's id on your side, where the link's event came through the inbox.</param>
        /// <param name="externalSystem">Name of the reporting system; "" is the same as leaving it out.</param>
        /// <param name="externalId">Its own id of the course; "" is the same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautUnknownOutcomeException">Something was sent and nobody knows whether it took effect; the
        /// message says what to check.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<CompetencyResult> CreateTypedAsync(
            this ICompetencyResultsOperations operations,
            long goal,
            FinautDate passedDate,
            string/*?*/ encryptedUserId = null,
            string/*?*/ extUserId = null,
            string/*?*/ externalSystem = null,
            string/*?*/ externalId = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return CompetencyResult.Parse(await operations.CreateAsync(goal, passedDate, encryptedUserId, extUserId, externalSystem, externalId, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Retrieves one employment record.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static EmploymentRecord GetTyped(
            this IEmploymentOperations operations,
            Reference id,
            CallOptions/*?*/ options = null)
        {
            return EmploymentRecord.Parse(operations.Get(id, options))/*!*/;
        }

        /// <summary>Retrieves one employment record.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="id">The object's own id.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<EmploymentRecord> GetTypedAsync(
            this IEmploymentOperations operations,
            Reference id,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return EmploymentRecord.Parse(await operations.GetAsync(id, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Makes the address to which a person's browser is sent to be linked. No request is sent. The configuration's
        /// "link_url" must be set.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="extUserId">The person's id on your side.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static LinkUrl UrlTyped(
            this ILinkOperations operations,
            string extUserId,
            CallOptions/*?*/ options = null)
        {
            return LinkUrl.Parse(operations.Url(extUserId, options))/*!*/;
        }

        /// <summary>Makes the address to which a person's browser is sent to be linked. No request is sent. The configuration's
        /// "link_url" must be set.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="extUserId">The person's id on your side.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<LinkUrl> UrlTypedAsync(
            this ILinkOperations operations,
            string extUserId,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return LinkUrl.Parse(await operations.UrlAsync(extUserId, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own. No
        /// request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503 if
        /// this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static WebhookAccepted AcceptTyped(
            this IWebhookOperations operations,
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null)
        {
            return WebhookAccepted.Parse(operations.Accept(body, bodyBase64, headers, path, method, options))/*!*/;
        }

        /// <summary>Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own. No
        /// request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503 if
        /// this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<WebhookAccepted> AcceptTypedAsync(
            this IWebhookOperations operations,
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return WebhookAccepted.Parse(await operations.AcceptAsync(body, bodyBase64, headers, path, method, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Tells what a webhook brought, and keeps nothing. No request is sent. What it says is the sender's word
        /// alone.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static WebhookParsed ParseTyped(
            this IWebhookOperations operations,
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null)
        {
            return WebhookParsed.Parse(operations.Parse(body, bodyBase64, headers, path, method, options))/*!*/;
        }

        /// <summary>Tells what a webhook brought, and keeps nothing. No request is sent. What it says is the sender's word
        /// alone.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="body">The body as it came.</param>
        /// <param name="bodyBase64">Or in base64, where it may be no text in your encoding.</param>
        /// <param name="headers">Names and values; how the names are spelt does not matter (JSON).</param>
        /// <param name="path">The path, needed if a "path_secret" is configured.</param>
        /// <param name="method">The method that it came by. Default: "POST".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<WebhookParsed> ParseTypedAsync(
            this IWebhookOperations operations,
            string/*?*/ body = null,
            string/*?*/ bodyBase64 = null,
            string/*?*/ headers = null,
            string/*?*/ path = null,
            string/*?*/ method = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return WebhookParsed.Parse(await operations.ParseAsync(body, bodyBase64, headers, path, method, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.
        /// Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
        /// is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
        /// other.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="wait">How long to wait for one. Default: 0 s.</param>
        /// <param name="lease">How long it is kept from other callers. Default: 300 s.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply; null if there is none.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static InboxEvent/*?*/ NextTyped(
            this IInboxOperations operations,
            TimeSpan? wait = null,
            TimeSpan? lease = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null)
        {
            return InboxEvent.Parse(operations.Next(wait, lease, kind, options));
        }

        /// <summary>Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.
        /// Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
        /// is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after the
        /// other.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="wait">How long to wait for one. Default: 0 s.</param>
        /// <param name="lease">How long it is kept from other callers. Default: 300 s.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply; null if there is none.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<InboxEvent/*?*/> NextTypedAsync(
            this IInboxOperations operations,
            TimeSpan? wait = null,
            TimeSpan? lease = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return InboxEvent.Parse(await operations.NextAsync(wait, lease, kind, options, cancellationToken).ConfigureAwait(false));
        }

        /// <summary>Says that an event is done with; it does not come again. No request is sent. Acknowledging twice does no
        /// harm.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="event">The event's number.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SettledEvent AcknowledgeTyped(this IInboxOperations operations, long @event, CallOptions/*?*/ options = null)
        {
            return SettledEvent.Parse(operations.Acknowledge(@event, options))/*!*/;
        }

        /// <summary>Says that an event is done with; it does not come again. No request is sent. Acknowledging twice does no
        /// harm.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="event">The event's number.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SettledEvent> AcknowledgeTypedAsync(
            this IInboxOperations operations,
            long @event,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SettledEvent.Parse(await operations.AcknowledgeAsync(@event, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Shows what is in the inbox and how much of it waits, without taking anything. No request is sent.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="after">Only events with higher numbers.</param>
        /// <param name="most">How many events, at most 1000. Default: 100.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static InboxList ListTyped(
            this IInboxOperations operations,
            long? after = null,
            long? most = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null)
        {
            return InboxList.Parse(operations.List(after, most, kind, options))/*!*/;
        }

        /// <summary>Shows what is in the inbox and how much of it waits, without taking anything. No request is sent.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="after">Only events with higher numbers.</param>
        /// <param name="most">How many events, at most 1000. Default: 100.</param>
        /// <param name="kind">"result", "userstatus", "link" or "unknown" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<InboxList> ListTypedAsync(
            this IInboxOperations operations,
            long? after = null,
            long? most = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return InboxList.Parse(await operations.ListAsync(after, most, kind, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Gives an event back: it comes again at once, to whom asks next. No request is sent. For an event whose
        /// handling failed, or whose holder is gone; also for one that was acknowledged or dropped and is still kept.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list and inbox.status tell it as "last_error"; "" is the
        /// same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SettledEvent RequeueTyped(
            this IInboxOperations operations,
            long @event,
            string/*?*/ reason = null,
            CallOptions/*?*/ options = null)
        {
            return SettledEvent.Parse(operations.Requeue(@event, reason, options))/*!*/;
        }

        /// <summary>Gives an event back: it comes again at once, to whom asks next. No request is sent. For an event whose
        /// handling failed, or whose holder is gone; also for one that was acknowledged or dropped and is still kept.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list and inbox.status tell it as "last_error"; "" is the
        /// same as leaving it out.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SettledEvent> RequeueTypedAsync(
            this IInboxOperations operations,
            long @event,
            string/*?*/ reason = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SettledEvent.Parse(await operations.RequeueAsync(@event, reason, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Says that an event that cannot be handled is done with, and why; it does not come again. No request is sent.
        /// The event and the reason are kept as long as acknowledged events are; inbox.requeue brings it back until
        /// then.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list tells it as "last_error".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SettledEvent DropTyped(
            this IInboxOperations operations,
            long @event,
            string reason,
            CallOptions/*?*/ options = null)
        {
            return SettledEvent.Parse(operations.Drop(@event, reason, options))/*!*/;
        }

        /// <summary>Says that an event that cannot be handled is done with, and why; it does not come again. No request is sent.
        /// The event and the reason are kept as long as acknowledged events are; inbox.requeue brings it back until
        /// then.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="event">The event's number.</param>
        /// <param name="reason">Why, in at most 1000 characters; inbox.list tells it as "last_error".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SettledEvent> DropTypedAsync(
            this IInboxOperations operations,
            long @event,
            string reason,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SettledEvent.Parse(await operations.DropAsync(@event, reason, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Tells how the inbox fares: how long the oldest event has waited, and who has which event. No request is sent,
        /// and no object is told: for monitoring.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static InboxStatus StatusTyped(this IInboxOperations operations, CallOptions/*?*/ options = null)
        {
            return InboxStatus.Parse(operations.Status(options))/*!*/;
        }

        /// <summary>Tells how the inbox fares: how long the oldest event has waited, and who has which event. No request is sent,
        /// and no object is told: for monitoring.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<InboxStatus> StatusTypedAsync(
            this IInboxOperations operations,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return InboxStatus.Parse(await operations.StatusAsync(options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks. Reads from two
        /// days before the last poll on; the first time, from two days ago or before "since". Results are found when they were
        /// created, or changed within two days of that: the API cannot be asked for later changes, which only webhooks tell of.
        /// The first poll of user statuses reads their whole history, one request for each 100; later ones read its end. What is
        /// read is kept page by page: a poll that ends with throttled is gone on with by the next call.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="since">Results and statuses from this date on. Default: those since the last poll.</param>
        /// <param name="kind">"result" or "userstatus" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static PollCounts PollTyped(
            this IInboxOperations operations,
            FinautDate? since = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null)
        {
            return PollCounts.Parse(operations.Poll(since, kind, options))/*!*/;
        }

        /// <summary>Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks. Reads from two
        /// days before the last poll on; the first time, from two days ago or before "since". Results are found when they were
        /// created, or changed within two days of that: the API cannot be asked for later changes, which only webhooks tell of.
        /// The first poll of user statuses reads their whole history, one request for each 100; later ones read its end. What is
        /// read is kept page by page: a poll that ends with throttled is gone on with by the next call.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="since">Results and statuses from this date on. Default: those since the last poll.</param>
        /// <param name="kind">"result" or "userstatus" only.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<PollCounts> PollTypedAsync(
            this IInboxOperations operations,
            FinautDate? since = null,
            string/*?*/ kind = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return PollCounts.Parse(await operations.PollAsync(since, kind, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is
        /// written. Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people.
        /// What only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose names
        /// begin with "//"; sync.plan leaves them out. Costs one request for each 100 people, companies and departments, and one
        /// for the schemes. A relative path is that of the process. No identity number and no name of a person is in the
        /// reply.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="file">The HR file: its path, or an object as the profile's "file" with what is known already, as {"path":
        /// "…", "encoding": "cp865"} (JSON).</param>
        /// <param name="language">The language of the comments: "no" or "en". Default: "en".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncProposal InitTyped(
            this ISyncOperations operations,
            string file,
            string/*?*/ language = null,
            CallOptions/*?*/ options = null)
        {
            return SyncProposal.Parse(operations.Init(file, language, options))/*!*/;
        }

        /// <summary>Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is
        /// written. Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people.
        /// What only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose names
        /// begin with "//"; sync.plan leaves them out. Costs one request for each 100 people, companies and departments, and one
        /// for the schemes. A relative path is that of the process. No identity number and no name of a person is in the
        /// reply.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="file">The HR file: its path, or an object as the profile's "file" with what is known already, as {"path":
        /// "…", "encoding": "cp865"} (JSON).</param>
        /// <param name="language">The language of the comments: "no" or "en". Default: "en".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SyncProposal> InitTypedAsync(
            this ISyncOperations operations,
            string file,
            string/*?*/ language = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncProposal.Parse(await operations.InitAsync(file, language, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing
        /// is written. The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it.
        /// FinAut is read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For "only"
        /// one person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request
        /// is further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says when to call again: what was
        /// read is kept. The configuration needs "state".</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncPlan PlanTyped(
            this ISyncOperations operations,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            bool? names = null,
            CallOptions/*?*/ options = null)
        {
            return SyncPlan.Parse(operations.Plan(profile, profileFile, file, people, only, names, options))/*!*/;
        }

        /// <summary>Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing
        /// is written. The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it.
        /// FinAut is read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For "only"
        /// one person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request
        /// is further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says when to call again: what was
        /// read is kept. The configuration needs "state".</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SyncPlan> PlanTypedAsync(
            this ISyncOperations operations,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            bool? names = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncPlan.Parse(await operations.PlanAsync(profile, profileFile, file, people, only, names, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds. What cron calls each
        /// hour of the night: it reads, compares and writes, one merged request for a person who changes. A run that was killed,
        /// or that waits for free requests ("state": "waiting"), is gone on with by calling it again. The first run of a profile,
        /// and of a changed one, only plans: sync.apply approves. One row that cannot be applied never stops the others; what the
        /// server refuses is not sent again for seven days, or until the row changes. The configuration needs "state".</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautHeldException">Nothing could be done because a rail of the sync holds it, until a person has
        /// approved it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncRun RunTyped(
            this ISyncOperations operations,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ file = null,
            string/*?*/ people = null,
            string/*?*/ only = null,
            string/*?*/ retry = null,
            bool? dryRun = null,
            string/*?*/ until = null,
            bool? names = null,
            CallOptions/*?*/ options = null)
        {
            return SyncRun.Parse(operations.Run(profile, profileFile, file, people, only, retry, dryRun, until, names, options))/*!*/;
        }

        /// <summary>Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds. What cron calls each
        /// hour of the night: it reads, compares and writes, one merged request for a person who changes. A run that was killed,
        /// or that waits for free requests ("state": "waiting"), is gone on with by calling it again. The first run of a profile,
        /// and of a changed one, only plans: sync.apply approves. One row that cannot be applied never stops the others; what the
        /// server refuses is not sent again for seven days, or until the row changes. The configuration needs "state".</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautHeldException">Nothing could be done because a rail of the sync holds it, until a person has
        /// approved it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SyncRun> RunTypedAsync(
            this ISyncOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncRun.Parse(await operations.RunAsync(profile, profileFile, file, people, only, retry, dryRun, until, names, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Approves of a plan what a person has reviewed, and carries it out. An approval belongs to the steps that were
        /// reviewed, not to their number: it counts for this run and any later one, for 14 days after the plan was made.
        /// "approve" names kinds ("create", "update", "hold", "withdraw"), rails, fields, or steps ("s3"). Who approved and why
        /// stands in the audit.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautHeldException">Nothing could be done because a rail of the sync holds it, until a person has
        /// approved it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncRun ApplyTyped(
            this ISyncOperations operations,
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
            CallOptions/*?*/ options = null)
        {
            return SyncRun.Parse(operations.Apply(plan, approve, by, why, profile, profileFile, file, people, only, until, names, options))/*!*/;
        }

        /// <summary>Approves of a plan what a person has reviewed, and carries it out. An approval belongs to the steps that were
        /// reviewed, not to their number: it counts for this run and any later one, for 14 days after the plan was made.
        /// "approve" names kinds ("create", "update", "hold", "withdraw"), rails, fields, or steps ("s3"). Who approved and why
        /// stands in the audit.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
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
        public static async Task<SyncRun> ApplyTypedAsync(
            this ISyncOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncRun.Parse(await operations.ApplyAsync(plan, approve, by, why, profile, profileFile, file, people, only, until, names, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Tells how the sync of a profile stands: for monitoring. No request is sent. Needs the profile's name only.
        /// With "max_age_h" it fails with stale where no run was completed in so many hours.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="run">Id of a run or of a plan. Default: the last one.</param>
        /// <param name="maxAgeH">How many hours ago the last completed run may have ended.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncStatus StatusTyped(
            this ISyncOperations operations,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ run = null,
            long? maxAgeH = null,
            CallOptions/*?*/ options = null)
        {
            return SyncStatus.Parse(operations.Status(profile, profileFile, run, maxAgeH, options))/*!*/;
        }

        /// <summary>Tells how the sync of a profile stands: for monitoring. No request is sent. Needs the profile's name only.
        /// With "max_age_h" it fails with stale where no run was completed in so many hours.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="run">Id of a run or of a plan. Default: the last one.</param>
        /// <param name="maxAgeH">How many hours ago the last completed run may have ended.</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SyncStatus> StatusTypedAsync(
            this ISyncOperations operations,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ run = null,
            long? maxAgeH = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncStatus.Parse(await operations.StatusAsync(profile, profileFile, run, maxAgeH, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan
        /// wants: as text, a page, CSV or JSON. No request is sent. Needs the profile's name only. "run" is the report of a run;
        /// for the id of a plan, the plan itself, which is what to look at before approving it. "period" is about the days from
        /// "from" to "to": who was entered, who left and by which rule, who approved what, what has been open for more than 30
        /// days. "undo" lists each withdrawal and hold of a run or of such days, with what Norsk Test needs to put people back. A
        /// plan is kept, sealed, for 14 days, what runs did for 90. Why somebody is on hold is in no report. A file is written so
        /// that only its owner may read it: whole or not at all.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncReport ReportTyped(
            this ISyncOperations operations,
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
            CallOptions/*?*/ options = null)
        {
            return SyncReport.Parse(operations.Report(profile, profileFile, run, from, to, what, format, language, path, names, options))/*!*/;
        }

        /// <summary>Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan
        /// wants: as text, a page, CSV or JSON. No request is sent. Needs the profile's name only. "run" is the report of a run;
        /// for the id of a plan, the plan itself, which is what to look at before approving it. "period" is about the days from
        /// "from" to "to": who was entered, who left and by which rule, who approved what, what has been open for more than 30
        /// days. "undo" lists each withdrawal and hold of a run or of such days, with what Norsk Test needs to put people back. A
        /// plan is kept, sealed, for 14 days, what runs did for 90. Why somebody is on hold is in no report. A file is written so
        /// that only its owner may read it: whole or not at all.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautStaleException">It is older than it may be: the last completed run of a sync, or a
        /// plan.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SyncReport> ReportTypedAsync(
            this ISyncOperations operations,
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
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncReport.Parse(await operations.ReportAsync(profile, profileFile, run, from, to, what, format, language, path, names, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON. Rows name people by the
        /// employer's own id and FinAut's number; people who are confidential in the HR file are left out. "authorisations":
        /// where they differ from what HR wants, as the last run found, without a request. "statuses": everybody's as a
        /// candidate; without a request within 15 minutes after a run, else one for each 100 people and one more. "history": the
        /// records since a day, one request and one for each 100 of them. "results": those since the last export and two days
        /// before, the first time all; a "since" that leaves days out does not count as an export. "unknown_to_hr": a file for
        /// the sync itself, in which a person marks as "left" those who have left; only who has no employee_alias of their own is
        /// named in it by the identity number. A letter that the encoding lacks is an error, and nothing is written. A CSV cell
        /// that a spreadsheet would take for a formula begins with an apostrophe.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncExport ExportTyped(
            this ISyncOperations operations,
            string what,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ format = null,
            string/*?*/ path = null,
            FinautDate? since = null,
            string/*?*/ encoding = null,
            CallOptions/*?*/ options = null)
        {
            return SyncExport.Parse(operations.Export(what, profile, profileFile, format, path, since, encoding, options))/*!*/;
        }

        /// <summary>Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON. Rows name people by the
        /// employer's own id and FinAut's number; people who are confidential in the HR file are left out. "authorisations":
        /// where they differ from what HR wants, as the last run found, without a request. "statuses": everybody's as a
        /// candidate; without a request within 15 minutes after a run, else one for each 100 people and one more. "history": the
        /// records since a day, one request and one for each 100 of them. "results": those since the last export and two days
        /// before, the first time all; a "since" that leaves days out does not count as an export. "unknown_to_hr": a file for
        /// the sync itself, in which a person marks as "left" those who have left; only who has no employee_alias of their own is
        /// named in it by the identity number. A letter that the encoding lacks is an error, and nothing is written. A CSV cell
        /// that a spreadsheet would take for a formula begins with an apostrophe.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SyncExport> ExportTypedAsync(
            this ISyncOperations operations,
            string what,
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            string/*?*/ format = null,
            string/*?*/ path = null,
            FinautDate? since = null,
            string/*?*/ encoding = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncExport.Parse(await operations.ExportAsync(what, profile, profileFile, format, path, since, encoding, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Erases what the syncs of a profile keep of a person. For a person who asks for it (GDPR, article 17). That
        /// FinAut's user of this number was seen in an HR file is kept; the lines of the audit stay, and are counted. No request
        /// is sent where the person is named by "id".</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static SyncForgotten ForgetTyped(
            this ISyncOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            CallOptions/*?*/ options = null)
        {
            return SyncForgotten.Parse(operations.Forget(persnr, employeeAlias, encryptedUserId, id, profile, profileFile, options))/*!*/;
        }

        /// <summary>Erases what the syncs of a profile keep of a person. For a person who asks for it (GDPR, article 17). That
        /// FinAut's user of this number was seen in an HR file is kept; the lines of the audit stay, and are counted. No request
        /// is sent where the person is named by "id".</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="profile">The profile's name, or the profile itself (JSON). Default: "default", the name of a profile
        /// without one.</param>
        /// <param name="profileFile">Path of the profile's file, in place of "profile".</param>
        /// <param name="options">What any call may be told.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautConfigException">The configuration cannot be used.</exception>
        /// <exception cref="FinautBusyException">Another sync of the account is under way; "retry_after_s" says when to call
        /// again.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<SyncForgotten> ForgetTypedAsync(
            this ISyncOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ profile = null,
            string/*?*/ profileFile = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return SyncForgotten.Parse(await operations.ForgetAsync(persnr, employeeAlias, encryptedUserId, id, profile, profileFile, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }

        /// <summary>Lists the changes that were sent to the server: by whom, when, and with what outcome. The newest first, 100
        /// on a page. No request is sent, but one where the person is named otherwise than by "id" and is not remembered. A line
        /// is on the disk before its request is sent, where the configuration has "state"; it holds no identity number, no name
        /// and no value. Of a process that was killed, the outcome is "unknown" until it is settled. Reports of completed courses
        /// are found by job and time, not by person: they name nobody by number.</summary>
        /// <param name="operations">Where the call is made.</param>
        /// <param name="persnr">Identity number.</param>
        /// <param name="employeeAlias">The employer's own id of the person.</param>
        /// <param name="encryptedUserId">The encrypted user id from the link flow.</param>
        /// <param name="id">FinAut's user id.</param>
        /// <param name="since">Changes from then on; a date is its beginning in Norway.</param>
        /// <param name="until">Changes before then; a date is its end in Norway.</param>
        /// <param name="job">Changes of this job only. Default: those of any job.</param>
        /// <param name="page">One page only: its number, or what "next_page" says of the page before. Default: all pages.</param>
        /// <param name="options">What any call may be told.</param>
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        public static JournalLineList ListTyped(
            this IJournalOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ since = null,
            string/*?*/ until = null,
            string/*?*/ job = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null)
        {
            return JournalLineList.Parse(operations.List(persnr, employeeAlias, encryptedUserId, id, since, until, job, page, options))/*!*/;
        }

        /// <summary>Lists the changes that were sent to the server: by whom, when, and with what outcome. The newest first, 100
        /// on a page. No request is sent, but one where the person is named otherwise than by "id" and is not remembered. A line
        /// is on the disk before its request is sent, where the configuration has "state"; it holds no identity number, no name
        /// and no value. Of a process that was killed, the outcome is "unknown" until it is settled. Reports of completed courses
        /// are found by job and time, not by person: they name nobody by number.</summary>
        /// <param name="operations">Where the call is made.</param>
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
        /// <returns>A view of the reply.</returns>
        /// <exception cref="FinautNotFoundException">There is no such object, or the account may not see it.</exception>
        /// <exception cref="FinautAmbiguousException">Several persons match, or several companies, departments or franchises have
        /// the name.</exception>
        /// <exception cref="FinautException">The call failed in a way that any can.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public static async Task<JournalLineList> ListTypedAsync(
            this IJournalOperations operations,
            string/*?*/ persnr = null,
            string/*?*/ employeeAlias = null,
            string/*?*/ encryptedUserId = null,
            Reference id = default(Reference),
            string/*?*/ since = null,
            string/*?*/ until = null,
            string/*?*/ job = null,
            ListPage? page = null,
            CallOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            return JournalLineList.Parse(await operations.ListAsync(persnr, employeeAlias, encryptedUserId, id, since, until, job, page, options, cancellationToken).ConfigureAwait(false))/*!*/;
        }
    }
}
