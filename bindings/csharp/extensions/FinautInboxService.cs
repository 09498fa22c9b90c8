using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Finaut.Extensions
{
    /// <summary>
    /// Serves the inbox while the host runs. It never takes the host down: what fails is logged and tried again after a growing pause;
    /// what no second try can mend is logged as critical, told by the health check, and left.
    /// </summary>
    internal sealed class FinautInboxService<THandler> : BackgroundService where THandler : class, IFinautEventHandler
    {
        private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

        // The event loop asks the inbox anew at least once a minute.
        private static readonly TimeSpan Round = TimeSpan.FromSeconds(90);

        // The library's own lease of an event.
        private static readonly TimeSpan UsualLease = TimeSpan.FromSeconds(300);

        private readonly IFinautClient client;
        private readonly IServiceScopeFactory scopes;
        private readonly FinautInboxOptions options;
        private readonly FinautInboxState state;
        private readonly ILogger logger;
        private TimeSpan pause;

        public FinautInboxService(
            IFinautClient client,
            IServiceScopeFactory scopes,
            IOptions<FinautInboxOptions> options,
            FinautInboxState state,
            ILogger<FinautInboxService<THandler>> logger)
        {
            this.client = client;
            this.scopes = scopes;
            this.options = options.Value;
            this.state = state;
            this.logger = logger;
            pause = FirstPause;
        }

        private TimeSpan FirstPause => TimeSpan.FromSeconds(options.PauseSeconds);

        /// <inheritdoc/>
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield(); // the host starts its other services meanwhile
            var loop = new EventLoopOptions
            {
                Kind = options.Kind,
                Lease = Span(options.LeaseSeconds),
                PollEvery = Span(options.PollEverySeconds),
                Pause = FirstPause,
                Trouble = Tell,
            };
            FinautReceiver? receiver = null;
            try
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        if (options.Receiver != null && receiver == null)
                        {
                            receiver = client.StartReceiver(options.Receiver);
                            logger.LogInformation("Webhooks are received at {Address}", Json.Get(receiver.Status(), "/address"));
                        }
                        await client.HandleEventsAsync(HandleAsync, loop, stoppingToken).ConfigureAwait(false);
                    }
                    catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
                    {
                        return;
                    }
                    catch (Exception failure) when (failure is FinautConfigException || failure is FinautArgumentException
                        || failure is ObjectDisposedException)
                    {
                        logger.LogCritical(failure, "The inbox is not served until the program is started anew");
                        state.Ended(failure);
                        return;
                    }
                    catch (Exception failure)
                    {
                        logger.LogError(failure, "The inbox cannot be served; tried again in {Seconds} s", pause.TotalSeconds);
                        state.Failed(failure, pause + Round);
                    }
                    await Task.WhenAny(Task.Delay(pause, stoppingToken)).ConfigureAwait(false);
                    pause = pause + pause < LongestPause ? pause + pause : LongestPause;
                }
            }
            finally
            {
                receiver?.Dispose();
            }
        }

        private async Task HandleAsync(string eventJson, CancellationToken cancellationToken)
        {
            using (IServiceScope scope = scopes.CreateScope())
            {
                await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(eventJson, cancellationToken).ConfigureAwait(false);
            }
            pause = FirstPause;
            state.Handled();
        }

        private void Tell(Exception failure, string? eventJson)
        {
            if (eventJson == null)
            {
                state.Failed(failure, FirstPause + Round);
                logger.LogWarning("The inbox: {Problem} It is tried again in {Seconds} s", failure.Message, options.PauseSeconds);
            }
            else
            {
                state.Failed(failure, (Span(options.LeaseSeconds) ?? UsualLease) + Round);
                logger.LogError(failure, "Event {Event} of kind {Kind} was not handled; it comes again after its lease",
                    Json.Get(eventJson, "/event"), Json.Get(eventJson, "/kind"));
            }
        }

        private static TimeSpan? Span(double? seconds)
        {
            return seconds == null ? (TimeSpan?)null : TimeSpan.FromSeconds(seconds.Value);
        }
    }
}
