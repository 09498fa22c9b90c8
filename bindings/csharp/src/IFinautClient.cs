using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Finaut
{
    /// <summary>
    /// What a client does, for programs whose tests put something else in its place. A new operation is a new member here: make
    /// what stands in for a client with a library for mocks, or a proxy, rather than by a class that has every member.
    /// </summary>
    public partial interface IFinautClient : IDisposable
    {
        /// <summary>
        /// Is told of what happens during calls: a progress bar, a log, a way to stop. It runs on the thread that makes the call,
        /// on several at once where several call. An exception stops the call, and comes out of it.
        /// </summary>
        event EventHandler<ProgressEventArgs> Progress;

        /// <summary>How often <see cref="Progress"/> tells of a wait that goes on.</summary>
        TimeSpan ProgressInterval { get; set; }

        /// <summary>Calls an operation by its name: the same as its own method.</summary>
        /// <param name="operation">As "users.get"; <see cref="FinautLibrary.Operations"/> lists them.</param>
        /// <param name="argsJson">The arguments, an object; null is the same as {}.</param>
        /// <returns>The result as JSON.</returns>
        /// <exception cref="FinautException">The call failed; its class and its Code say how.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        string Call(string operation, string/*?*/ argsJson = null);

        /// <summary>Calls an operation by its name, on a thread of its own.</summary>
        /// <param name="operation">As "users.get"; <see cref="FinautLibrary.Operations"/> lists them.</param>
        /// <param name="argsJson">The arguments, an object; null is the same as {}.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>The result as JSON.</returns>
        /// <exception cref="FinautException">The call failed; its class and its Code say how.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        Task<string> CallAsync(
            string operation, string/*?*/ argsJson = null, CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Calls a listing and hands over its pages one by one, in the memory of one page. Each row comes once.</summary>
        /// <param name="operation">One that gives a list, as "users.list".</param>
        /// <param name="argsJson">The arguments, an object without "page"; null is the same as {}.</param>
        /// <param name="onPage">Receives each page, {"count", "next_page", "results"}, before the next one is asked for. An exception
        /// stops the call, and comes out of it.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "pages", "missing"}.</returns>
        /// <exception cref="FinautException">The call failed; its class and its Code say how.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        string EachPage(
            string operation, string/*?*/ argsJson, Action<string> onPage, CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>The pages of a listing, each asked for when the enumeration comes to it, so that it may stop early.</summary>
        /// <param name="operation">One that gives a list, as "users.list".</param>
        /// <param name="argsJson">The arguments, an object; "page" is the one to begin with; null is the same as {}.</param>
        /// <returns>Pages as JSON: {"count", "next_page", "results"}; <see cref="Json.Items"/> goes through the results.</returns>
        /// <exception cref="FinautException">A call failed, in the course of the enumeration.</exception>
        IEnumerable<string> Pages(string operation, string/*?*/ argsJson = null);

        /// <summary>Takes the inbox's events, hands each to a handler and acknowledges it when the handler's task has ended well, until
        /// it is cancelled. <see cref="FinautClient.HandleEventsAsync"/> says more.</summary>
        /// <param name="handler">Gets an event as JSON, and a token that says when to stop.</param>
        /// <param name="options">How to go about it; null: as the library has it.</param>
        /// <param name="cancellationToken">Ends it; then the task ends as one that has done its work.</param>
        /// <returns>A task that ends when it is cancelled, or fails with what somebody must mend.</returns>
        /// <exception cref="FinautException">A failure that will not be gone the next time, as refused credentials.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        Task HandleEventsAsync(
            Func<string, CancellationToken, Task> handler,
            EventLoopOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken));

        /// <summary>Listens for webhooks and the link flow's callbacks, and puts them into the client's inbox.</summary>
        /// <param name="options">Where to listen, and for what; null is as the library has it.</param>
        /// <exception cref="FinautConfigException">A setting cannot be used, or the client has no State.</exception>
        /// <exception cref="FinautNetworkException">The address cannot be had.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        FinautReceiver StartReceiver(ReceiverOptions/*?*/ options = null);

        /// <summary>Makes every call now running in this client fail with <see cref="FinautInterruptedException"/> at its next wait, from
        /// any thread. Later calls are not affected.</summary>
        void Interrupt();

        /// <summary>Makes the call that was given this CallId fail with <see cref="FinautInterruptedException"/> at its next wait, from
        /// any thread.</summary>
        /// <param name="callId">1 to 64 bytes in UTF-8, as <see cref="CallOptions"/> have it.</param>
        /// <exception cref="FinautArgumentException">It is no call's name.</exception>
        void InterruptCall(string callId);
    }
}
