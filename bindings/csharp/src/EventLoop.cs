using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace Finaut
{
    /// <summary>How <see cref="FinautClient.HandleEventsAsync"/> goes about it.</summary>
    public sealed class EventLoopOptions
    {
        /// <summary>"result", "userstatus", "link" or "unknown" only; null: all.</summary>
        public string/*?*/ Kind { get; set; }

        /// <summary>How long an event is kept from others while it is handled; if the handler fails, it comes again after that.
        /// Longer than a handler ever takes. Default: 300 s.</summary>
        public TimeSpan? Lease { get; set; }

        /// <summary>How often to ask the API for what is new, for programs that webhooks do not reach. Null: never.</summary>
        public TimeSpan? PollEvery { get; set; }

        /// <summary>How long to leave alone what has just failed. Default: 15 s.</summary>
        public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(15);

        /// <summary>Is told of what went wrong and will be tried again, for a log: the exception, and the event that was being
        /// handled, or null if there was none. What it throws ends the loop.</summary>
        public Action<Exception, string/*?*/>/*?*/ Trouble { get; set; }
    }

    public sealed partial class FinautClient
    {
        // What keeps the library from finding out about events is told when none came for so long.
        private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

        /// <summary>
        /// Takes the inbox's events, one after the other, hands each to a handler and acknowledges it when the handler's task has
        /// ended well, until it is cancelled. Several may run at once, also in several processes: each event is one handler's.
        /// </summary>
        /// <remarks>
        /// If the handler fails, the event is not acknowledged and comes again after its lease. What may be gone the next time (the
        /// server or the network is down, the hour's requests are used, the state file is locked or the disk full) is told to
        /// Trouble and tried again. After a crash, or if the acknowledgement fails, an event comes again that was handled before:
        /// its number and its object tell. Cancelling ends the wait at once; an event that is being handled is handled to its end and
        /// acknowledged, unless the handler heeds its token.
        /// </remarks>
        /// <param name="handler">Gets an event as JSON, {"event", "kind", "object", "verified", "received", "deliveries"}, and a token
        /// that says when to stop.</param>
        /// <param name="options">How to go about it; null: as the library has it.</param>
        /// <param name="cancellationToken">Ends it; then the task ends as one that has done its work.</param>
        /// <returns>A task that ends when it is cancelled, or fails with what somebody must mend.</returns>
        /// <exception cref="FinautConfigException">The client has no State, or a setting cannot be used.</exception>
        /// <exception cref="FinautException">A failure that will not be gone the next time, as refused credentials.</exception>
        /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
        public async Task HandleEventsAsync(
            Func<string, CancellationToken, Task> handler,
            EventLoopOptions/*?*/ options = null,
            CancellationToken cancellationToken = default(CancellationToken))
        {
            if (handler == null)
            {
                throw new ArgumentNullException(nameof(handler));
            }
            options = options ?? new EventLoopOptions();
            var polled = new Stopwatch(); // not yet
            while (!cancellationToken.IsCancellationRequested)
            {
                string/*?*/ taken = null;
                try
                {
                    TimeSpan wait = LongestWait;
                    if (options.PollEvery is TimeSpan every)
                    {
                        if (!polled.IsRunning || polled.Elapsed >= every)
                        {
                            polled.Restart(); // also if it fails: what is there already must not wait for it
                            await Inbox.PollAsync(kind: options.Kind, cancellationToken: cancellationToken).ConfigureAwait(false);
                        }
                        TimeSpan left = every - polled.Elapsed;
                        wait = left < TimeSpan.Zero ? TimeSpan.Zero : left < wait ? left : wait;
                    }
                    string found = await Inbox.NextAsync(wait, options.Lease, options.Kind, cancellationToken: cancellationToken)
                        .ConfigureAwait(false);
                    if (found == "null")
                    {
                        continue;
                    }
                    taken = found;
                    if (await IsHandled(handler, taken, options, cancellationToken).ConfigureAwait(false))
                    {
                        // Handled is handled: this is not cancelled.
                        long number = long.Parse(Json.Get(taken, "/event"), CultureInfo.InvariantCulture);
                        await Inbox.AcknowledgeAsync(number, cancellationToken: CancellationToken.None)
                            .ConfigureAwait(false);
                    }
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return;
                }
                catch (FinautException failure) when (IsTemporary(failure))
                {
                    options.Trouble?.Invoke(failure, taken);
                    await Task.WhenAny(Task.Delay(options.Pause, cancellationToken)).ConfigureAwait(false);
                }
            }
        }

        private static async Task<bool> IsHandled(
            Func<string, CancellationToken, Task> handler, string taken, EventLoopOptions options, CancellationToken cancellationToken)
        {
            try
            {
                await handler(taken, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception failure)
            {
                options.Trouble?.Invoke(failure, taken);
                return false;
            }
        }

        private static bool IsTemporary(FinautException failure)
        {
            return failure is FinautThrottledException || failure is FinautServerException || failure is FinautNetworkException
                || failure is FinautProtocolException || failure is FinautStateException;
        }
    }
}
