namespace Finaut.Extensions
{
    /// <summary>How often the health check may spend a request of the 200 an hour.</summary>
    public sealed class FinautHealthOptions
    {
        /// <summary>The server counts as reachable for so long after it answered well; after that one request tries it. Null: never, then
        /// only what is known without a request is told.</summary>
        public double? CheckEverySeconds { get; set; } = 3600;

        /// <summary>How long a failed try is told before the next one, unless a call succeeds meanwhile.</summary>
        public double RetryFailureSeconds { get; set; } = 300;

        /// <summary>Longest time that a try may wait for a free request and for retries.</summary>
        public double MaxWaitSeconds { get; set; } = 5;
    }
}
