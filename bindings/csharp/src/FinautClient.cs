using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Finaut
{
    /// <summary>
    /// A client of one FinAut account. One serves any number of threads at once. Replies are the server's own JSON.
    /// </summary>
    /// <remarks>
    /// A call blocks its thread: it waits for a free request and tries again for at most MaxWait. Its Async twin does the same on a
    /// thread of its own, so that none of the pool's is held; at most 64 of them run at once in a process, the others queue.
    /// A <see cref="CancellationToken"/> stops its own call only, at the next event, which comes at least every half second while
    /// the call waits; a change that is on its way to the server is finished first, and then its reply is returned.
    /// </remarks>
    public sealed partial class FinautClient : IFinautClient
    {
        // Each waiting call costs a stack, of which a 32-bit process has room for few.
        private static readonly SemaphoreSlim Turns = new SemaphoreSlim(64);

        // Static, so that it outlives whatever native code may still hold it.
        private static readonly Native.Observer Observer = OnEvent;
        private static readonly Native.Page PageReader = OnPage;

        // The library tells of a call on the thread that makes it.
        [ThreadStatic]
        private static Running/*?*/ current;

        private readonly ClientHandle handle;

        /// <summary>Makes a client from the environment: FINAUT_CLIENT_ID, FINAUT_CLIENT_SECRET, FINAUT_API_HOST.</summary>
        /// <exception cref="FinautConfigException">A setting cannot be used.</exception>
        /// <exception cref="FinautLibraryException">The native library cannot be used.</exception>
        public FinautClient() : this("{}")
        {
        }

        /// <summary>Makes a client. No request is sent yet.</summary>
        /// <param name="options">The settings; what is null comes from the environment or the defaults.</param>
        /// <exception cref="FinautConfigException">A setting cannot be used.</exception>
        /// <exception cref="FinautLibraryException">The native library cannot be used.</exception>
        public FinautClient(FinautOptions/*?*/ options) : this((options ?? new FinautOptions()).ToJson())
        {
        }

        /// <summary>Makes a client. No request is sent yet.</summary>
        /// <param name="configJson">The settings as a JSON object with the library's own names; docs/configuration.md has them all.</param>
        /// <exception cref="FinautConfigException">A setting cannot be used.</exception>
        /// <exception cref="FinautLibraryException">The native library cannot be used.</exception>
        public FinautClient(string configJson)
        {
            // A file shared with programs of another encoding may name theirs; here text is .NET's, and travels as UTF-8.
            if (configJson != null && Json.Get(configJson, "/encoding") != null)
            {
                configJson = Json.Set(configJson, "/encoding", "utf-8");
            }
            byte[]/*?*/ config = Utf8.ToNative(configJson, nameof(configJson));
            ClientHandle/*?*/ made = null;
            Native.Take((out IntPtr reply) =>
            {
                int code = Native.finaut_client_new(config, out made, out reply);
                return code == Numbers.Ok ? Native.finaut_client_observe(made, Observer, IntPtr.Zero) : code;
            });
            handle = made/*!*/;
            MakeGroups();
        }

        /// <summary>
        /// Is told of what happens during calls: a progress bar, a log, a way to stop. It runs on the thread that makes the call,
        /// on several at once where several call. An exception stops the call, and comes out of it.
        /// </summary>
        public event EventHandler<ProgressEventArgs>/*?*/ Progress;

        /// <summary>How often <see cref="Progress"/> tells of a wait that goes on: of each wait of a call it tells the first and one every 30 s,
        /// unless another interval is set. An inbox's wait for something new is not told. A <see cref="CancellationToken"/> is looked at
        /// more often: every Observe of the options.</summary>
        public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>Calls an operation by its name: the same as its own method.</summary>
        /// <param name="operation">As "users.get"; <see cref="FinautLibrary.Operations"/> lists them.</param>
        /// <param name="argsJson">The arguments, an object; null is the same as {}.</param>
        /// <returns>The result as JSON.</returns>
        /// <exception cref="FinautException">The call failed; its class and its Code say how.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        public string Call(string operation, string/*?*/ argsJson = null)
        {
            return Run(operation, argsJson, CancellationToken.None);
        }

        /// <summary>Calls an operation by its name, on a thread of its own.</summary>
        /// <param name="operation">As "users.get"; <see cref="FinautLibrary.Operations"/> lists them.</param>
        /// <param name="argsJson">The arguments, an object; null is the same as {}.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>The result as JSON.</returns>
        /// <exception cref="FinautException">The call failed; its class and its Code say how.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public Task<string> CallAsync(
            string operation, string/*?*/ argsJson = null, CancellationToken cancellationToken = default(CancellationToken))
        {
            return RunAsync(operation, () => argsJson, cancellationToken);
        }

        /// <summary>
        /// Calls a listing and hands over its pages one by one, in the memory of one page however long the list is. Those who are added
        /// or removed meanwhile are dealt with as in the listing itself: each comes once.
        /// </summary>
        /// <param name="operation">One that gives a list, as "users.list".</param>
        /// <param name="argsJson">The arguments, an object without "page"; null is the same as {}.</param>
        /// <param name="onPage">Receives each page, {"count", "next_page", "results"}, before the next one is asked for, on the thread that
        /// makes the call. An exception stops the call, and comes out of it.</param>
        /// <param name="cancellationToken">Stops this call.</param>
        /// <returns>As JSON: {"count", "pages", "missing"}.</returns>
        /// <exception cref="FinautException">The call failed; its class and its Code say how.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        /// <exception cref="OperationCanceledException">The call was stopped by the token.</exception>
        public string EachPage(
            string operation, string/*?*/ argsJson, Action<string> onPage, CancellationToken cancellationToken = default(CancellationToken))
        {
            return Run(operation, argsJson, cancellationToken, onPage ?? throw new ArgumentNullException(nameof(onPage)));
        }

        /// <summary>
        /// The pages of a listing, each asked for when the enumeration comes to it, so that it may stop early. Somebody who is added or
        /// removed meanwhile can move others past a page's border; <see cref="EachPage"/> notices that, this does not.
        /// </summary>
        /// <param name="operation">One that gives a list, as "users.list".</param>
        /// <param name="argsJson">The arguments, an object; "page" is the one to begin with; null is the same as {}.</param>
        /// <returns>Pages as JSON: {"count", "next_page", "results"}; <see cref="Json.Items"/> goes through the results.</returns>
        /// <exception cref="FinautException">A call failed, in the course of the enumeration.</exception>
        public IEnumerable<string> Pages(string operation, string/*?*/ argsJson = null)
        {
            return PagesFrom(PageWalk.First(argsJson), operation, argsJson);
        }

        private IEnumerable<string> PagesFrom(string first, string operation, string/*?*/ argsJson)
        {
            var pages = new PageWalk(first, operation, argsJson);
            for (string/*?*/ next = pages.Next(); next != null; next = pages.Next())
            {
                string reply = Call(operation, next);
                yield return reply;
                pages.Read(reply);
            }
        }

        /// <summary>
        /// Listens for webhooks and the link flow's callbacks, and puts them into the client's inbox; Inbox.Next gives them out.
        /// Goes on when the client is disposed of.
        /// </summary>
        /// <param name="options">Where to listen, and for what; null is as the library has it.</param>
        /// <exception cref="FinautConfigException">A setting cannot be used, or the client has no State.</exception>
        /// <exception cref="FinautNetworkException">The address cannot be had.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        public FinautReceiver StartReceiver(ReceiverOptions/*?*/ options = null)
        {
            ThrowIfDisposed();
            return new FinautReceiver(handle, (options ?? new ReceiverOptions()).ToJson());
        }

        /// <summary>
        /// Makes every call now running in this client fail with <see cref="FinautInterruptedException"/> at its next wait, from any
        /// thread. What is being changed at the server is first finished. Later calls are not affected.
        /// </summary>
        public void Interrupt()
        {
            // Nothing runs in a client that was disposed of; who stops the program need not know which one was.
            if (!handle.IsClosed)
            {
                try
                {
                    Native.finaut_client_interrupt(handle);
                }
                catch (ObjectDisposedException)
                {
                }
            }
        }

        /// <summary>
        /// Makes the call that was given this CallId fail with <see cref="FinautInterruptedException"/> at its next wait, from any thread.
        /// What it is changing at the server is first finished. If none runs, the next that begins with it within 60 s ends at once.
        /// </summary>
        /// <param name="callId">1 to 64 bytes in UTF-8, as <see cref="CallOptions"/> have it.</param>
        /// <exception cref="FinautArgumentException">It is no call's name.</exception>
        public void InterruptCall(string callId)
        {
            byte[]/*?*/ name = Utf8.ToNative(callId, nameof(callId));
            try
            {
                int code = handle.IsClosed ? Numbers.Ok : Native.finaut_client_interrupt_call(handle, name);
                if (code == Numbers.Argument)
                {
                    throw new FinautArgumentException("callId: must be a string of 1 to 64 bytes.");
                }
            }
            catch (ObjectDisposedException)
            {
            }
        }

        /// <summary>
        /// Frees the client. Calls that other threads have under way in it end as they would have; later ones fail with
        /// <see cref="ObjectDisposedException"/>. Doing it twice does nothing.
        /// </summary>
        public void Dispose()
        {
            handle.Dispose();
        }

        internal string Call(string operation, Arguments arguments)
        {
            return Run(operation, arguments.ToJson(), CancellationToken.None, null, arguments.Options);
        }

        internal Task<string> CallAsync(string operation, Arguments arguments, CancellationToken cancellationToken)
        {
            return RunAsync(operation, arguments.ToJson, cancellationToken, arguments.Options);
        }

        private async Task<string> RunAsync(
            string operation, Func<string/*?*/> argsJson, CancellationToken cancellationToken, CallOptions/*?*/ options = null)
        {
            string/*?*/ args = argsJson();
            await Turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Factory.StartNew(
                    () => Run(operation, args, cancellationToken, null, options), CancellationToken.None,
                    TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).ConfigureAwait(false);
            }
            finally
            {
                Turns.Release();
            }
        }

        private string Run(
            string operation, string/*?*/ argsJson, CancellationToken cancellationToken, Action<string>/*?*/ onPage = null,
            CallOptions/*?*/ options = null)
        {
            ThrowIfDisposed();
            cancellationToken.ThrowIfCancellationRequested();
            byte[]/*?*/ name = Utf8.ToNative(operation, nameof(operation)), args = Utf8.ToNative(argsJson, nameof(argsJson));
            var running = new Running(this, cancellationToken, onPage, options);
            // Two, so that a library without the newer function is missed only by those who call that.
            Native.Function call = onPage == null
                ? (Native.Function)((out IntPtr text) => Native.finaut_call(handle, name, args, out text))
                : (out IntPtr text) => Native.finaut_call_pages(handle, name, args, PageReader, IntPtr.Zero, out text);
            Running/*?*/ outer = current; // a handler of events may call too
            current = running;
            int code;
            string reply;
            try
            {
                code = Native.Take(call, out reply);
            }
            finally
            {
                current = outer;
            }
            running.Rethrow();
            if (code == Numbers.Ok)
            {
                return reply;
            }
            FinautException failure = FinautException.Of(code, reply);
            throw code == Numbers.Interrupted && running.IsCancelled
                ? new OperationCanceledException(failure.Message, failure, cancellationToken) : (Exception)failure;
        }

        private void ThrowIfDisposed()
        {
            if (handle.IsClosed)
            {
                throw new ObjectDisposedException(nameof(FinautClient));
            }
        }

        private static int OnEvent(IntPtr eventJson, IntPtr userData)
        {
            Running/*?*/ running = current;
            return running == null || running.GoesOn(eventJson) ? 0 : 1;
        }

        private static int OnPage(IntPtr pageJson, IntPtr userData)
        {
            Running/*?*/ running = current;
            return running != null && running.TakesPage(pageJson) ? 0 : 1;
        }

        /// <summary>One call under way, as its events find it.</summary>
        private sealed class Running
        {
            private readonly FinautClient client;
            private readonly CancellationToken cancellationToken;
            private readonly Action<string>/*?*/ onPage;
            private readonly CallOptions/*?*/ options;

            // When each kind of wait is to be told of again, in milliseconds of the stopwatch.
            private readonly Dictionary<string, long> due = new Dictionary<string, long>();
            private readonly Stopwatch watch = Stopwatch.StartNew();
            private ExceptionDispatchInfo/*?*/ failure;

            public Running(
                FinautClient client, CancellationToken cancellationToken, Action<string>/*?*/ onPage, CallOptions/*?*/ options)
            {
                this.client = client;
                this.cancellationToken = cancellationToken;
                this.onPage = onPage;
                this.options = options;
                if (options != null)
                {
                    options.CorrelationId = null; // another call's
                }
            }

            /// <summary>It was the token that stopped the call.</summary>
            public bool IsCancelled { get; private set; }

            /// <summary>Tells of an event.</summary>
            public bool GoesOn(IntPtr eventJson)
            {
                return Guarded(() =>
                {
                    EventHandler<ProgressEventArgs>/*?*/ progress = client.Progress;
                    if (progress == null && options == null)
                    {
                        return true;
                    }
                    var told = new ProgressEventArgs(Utf8.FromNative(eventJson)/*!*/);
                    if (options != null && told.Event == "request")
                    {
                        options.CorrelationId = told.CorrelationId;
                    }
                    if (progress == null || (told.Event == "wait" && !IsDue(told.WaitingFor)))
                    {
                        return true;
                    }
                    progress(client, told);
                    return !told.Cancel;
                });
            }

            /// <summary>Whether the wait is to be told of now.</summary>
            private bool IsDue(string/*?*/ waitingFor)
            {
                long now = watch.ElapsedMilliseconds;
                // A loop over the inbox waits for ever: that nothing is new is no news.
                if (waitingFor == "event" || (due.TryGetValue(waitingFor ?? "", out long next) && now < next))
                {
                    return false;
                }
                due[waitingFor ?? ""] = now + (long)client.ProgressInterval.TotalMilliseconds;
                return true;
            }

            /// <summary>Hands a page over.</summary>
            public bool TakesPage(IntPtr pageJson)
            {
                return Guarded(() =>
                {
                    onPage/*!*/(Utf8.FromNative(pageJson)/*!*/);
                    return true;
                });
            }

            /// <summary>Does something unless the call is to end. No exception leaves it: there is native code below.</summary>
            private bool Guarded(Func<bool> work)
            {
                try
                {
                    if (failure != null)
                    {
                        return false;
                    }
                    if (cancellationToken.IsCancellationRequested)
                    {
                        IsCancelled = true;
                        return false;
                    }
                    return work();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                    if (e is ThreadAbortException)
                    {
                        Thread.ResetAbort(); // or it would go on by itself, through the native frames
                    }
                    return false;
                }
            }

            /// <summary>Throws what a handler threw.</summary>
            public void Rethrow()
            {
                if (failure?.SourceException is ThreadAbortException abort)
                {
                    Thread.CurrentThread.Abort(abort.ExceptionState);
                }
                failure?.Throw();
            }
        }
    }
}
