#if NETSTANDARD2_1
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Finaut
{
    /// <summary>Listings as asynchronous streams: with netstandard2.1 only, as older frameworks have no IAsyncEnumerable.</summary>
    public static class AsyncPages
    {
        /// <summary>
        /// The pages of a listing, each asked for when the enumeration comes to it, so that it may stop early: as
        /// <see cref="IFinautClient.Pages"/>, without holding a thread.
        /// </summary>
        /// <param name="client">Whose listing.</param>
        /// <param name="operation">One that gives a list, as "users.list".</param>
        /// <param name="argsJson">The arguments, an object; "page" is the one to begin with; null is the same as {}.</param>
        /// <param name="cancellationToken">Stops the call that is under way.</param>
        /// <returns>Pages as JSON: {"count", "next_page", "results"}; <see cref="Json.Items"/> goes through the results.</returns>
        /// <exception cref="FinautException">A call failed, in the course of the enumeration.</exception>
        public static async IAsyncEnumerable<string> PagesAsync(
            this IFinautClient client,
            string operation,
            string/*?*/ argsJson = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default(CancellationToken))
        {
            var pages = new PageWalk(PageWalk.First(argsJson), operation, argsJson);
            while (pages.Next() is string next)
            {
                string reply = await client.CallAsync(operation, next, cancellationToken).ConfigureAwait(false);
                pages.Read(reply);
                yield return reply;
            }
        }
    }
}
#endif
