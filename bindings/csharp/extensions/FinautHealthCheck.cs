using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Finaut.Extensions
{
    /// <summary>
    /// Healthy: calls can be made. Degraded: they must wait, because the hour's requests are used or the server asked for a pause, or an
    /// event of the inbox could not be handled. Failed: the state, the server or the credentials cannot be used, or nobody serves the inbox.
    /// </summary>
    internal sealed class FinautHealthCheck : IHealthCheck
    {
        private readonly IFinautClient client;
        private readonly FinautTraffic traffic;
        private readonly FinautHealthOptions options;
        private readonly FinautInboxState? inbox;

        // Of the probes that come at once, one tries the server.
        private readonly SemaphoreSlim turn = new SemaphoreSlim(1);
        private FinautException? failure;
        private Stopwatch? failed;

        public FinautHealthCheck(
            IFinautClient client, FinautTraffic traffic, IOptions<FinautHealthOptions> options, IEnumerable<FinautInboxState> inbox)
        {
            this.client = client;
            this.traffic = traffic;
            this.options = options.Value;
            this.inbox = inbox.FirstOrDefault();
        }

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var data = new Dictionary<string, object>();
            HealthCheckResult Result(HealthStatus status, string said, Exception? why = null)
            {
                return new HealthCheckResult(status, said, why, data);
            }
            HealthStatus failureStatus = context.Registration.FailureStatus;
            string budget;
            try
            {
                budget = await client.BudgetAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (FinautException e)
            {
                return Result(failureStatus, e.Message, e);
            }
            foreach (string name in new[] { "limit", "used", "free", "next_slot_s", "paused_s" })
            {
                data[name] = Json.Get(budget, "/" + name) ?? "null";
            }
            if (inbox?.Trouble is (string problem, true))
            {
                return Result(failureStatus, "The inbox is not served: " + problem);
            }
            FinautException? refused = await TryServerAsync(cancellationToken).ConfigureAwait(false);
            if (refused is FinautThrottledException)
            {
                return Result(HealthStatus.Degraded, refused.Message);
            }
            if (refused != null)
            {
                return Result(failureStatus, refused.Message, refused);
            }
            if (inbox?.Trouble is (string failing, false))
            {
                return Result(HealthStatus.Degraded, "The inbox: " + failing);
            }
            if (data["free"].Equals("0"))
            {
                return Result(HealthStatus.Degraded, "The hour's requests are used; the next one is free in " + data["next_slot_s"] + " s.");
            }
            return Result(HealthStatus.Healthy, data["free"] + " of " + data["limit"] + " requests are free.");
        }

        /// <summary>What is wrong with the server or the credentials; null: nothing, as far as is known.</summary>
        private async Task<FinautException?> TryServerAsync(CancellationToken cancellationToken)
        {
            if (options.CheckEverySeconds == null)
            {
                return null;
            }
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (traffic.SinceAnswer < TimeSpan.FromSeconds(options.CheckEverySeconds.Value)
                    && (failed == null || traffic.SinceAnswer < failed.Elapsed))
                {
                    failure = null;
                    failed = null;
                    return null;
                }
                if (failed != null && failed.Elapsed < TimeSpan.FromSeconds(options.RetryFailureSeconds))
                {
                    return failure;
                }
                try
                {
                    var patience = new CallOptions { MaxWait = TimeSpan.FromSeconds(options.MaxWaitSeconds), Priority = Priority.Interactive };
                    await client.CheckAsync(patience, cancellationToken).ConfigureAwait(false);
                    traffic.Answered();
                    failure = null;
                    failed = null;
                }
                catch (FinautException e)
                {
                    failure = e;
                    failed = Stopwatch.StartNew();
                }
                return failure;
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
