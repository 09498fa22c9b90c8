using System;
using Microsoft.Extensions.Logging;

namespace Finaut.Extensions
{
    /// <summary>
    /// Writes what happens during calls to a log. The library's events hold no identity number and no secret. Retries and waits that
    /// last are worth reading every day (information); requests, tokens, pages and short waits are for debugging.
    /// </summary>
    internal sealed class FinautLog
    {
        private static readonly EventId Request = new EventId(1, "Request");
        private static readonly EventId Retry = new EventId(2, "Retry");
        private static readonly EventId Wait = new EventId(3, "Wait");
        private static readonly EventId Other = new EventId(4, "Other");

        /// <summary>A wait is long from so many seconds on.</summary>
        private const double LongSeconds = 10;

        // Events come on the thread of their call: the same wait twice in a row is one that goes on (ProgressInterval).
        [ThreadStatic]
        private static string? previous;

        private readonly ILogger logger;

        public FinautLog(ILogger logger)
        {
            this.logger = logger;
        }

        /// <summary>Writes an event. What the log throws does not stop the call.</summary>
        public void Write(object? sender, ProgressEventArgs told)
        {
            if (!logger.IsEnabled(LogLevel.Information) && !logger.IsEnabled(LogLevel.Debug))
            {
                return;
            }
            try
            {
                string kind = told.Event + " " + told.WaitingFor;
                bool goesOn = kind == previous;
                previous = kind;
                switch (told.Event)
                {
                    case "request":
                        logger.LogDebug(Request, "{Operation}: {Method} {Path} was answered with status {Status} after {Milliseconds} ms, correlation id {CorrelationId}",
                            told.Operation, Get(told, "/method"), Get(told, "/path") is string path && path != "" ? path : "/", Get(told, "/http_status"), Get(told, "/ms"), told.CorrelationId);
                        break;
                    case "retry":
                        logger.LogInformation(Retry, "{Operation}: is tried again in {Seconds} s because of {Reason}, status {Status}",
                            told.Operation, Get(told, "/in_s"), Get(told, "/reason"), Get(told, "/http_status"));
                        break;
                    case "wait":
                        bool isLong = goesOn || told.Left >= TimeSpan.FromSeconds(LongSeconds);
                        logger.Log(isLong ? LogLevel.Information : LogLevel.Debug, Wait, "{Operation}: waits for {For}, {Seconds} s are left",
                            told.Operation, told.WaitingFor, Get(told, "/left_s"));
                        break;
                    default:
                        logger.LogDebug(Other, "{Operation}: {Event}", told.Operation, told.Json);
                        break;
                }
            }
            catch (Exception)
            {
                // A log that cannot be written must not stop a change at the server.
            }
        }

        private static string? Get(ProgressEventArgs told, string pointer)
        {
            return Json.Get(told.Json, pointer);
        }
    }
}
