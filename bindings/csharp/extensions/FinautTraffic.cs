using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace Finaut.Extensions
{
    /// <summary>When the server last answered a request of this program's client well: then host and credentials are right.</summary>
    internal sealed class FinautTraffic
    {
        private long answered; // a timestamp of Stopwatch; 0: not yet

        /// <summary>How long ago; null if it has not.</summary>
        public TimeSpan? SinceAnswer
        {
            get
            {
                long then = Interlocked.Read(ref answered);
                return then == 0 ? (TimeSpan?)null : TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - then) / (double)Stopwatch.Frequency);
            }
        }

        /// <summary>Takes note of an event.</summary>
        public void Note(object? sender, ProgressEventArgs told)
        {
            // Other statuses below 500 need not come from FinAut: a proxy has its own.
            if (told.Event == "request" && int.TryParse(Json.Get(told.Json, "/http_status"), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
                && status >= 200 && status < 300)
            {
                Answered();
            }
        }

        /// <summary>The server answered well just now.</summary>
        public void Answered()
        {
            Interlocked.Exchange(ref answered, Stopwatch.GetTimestamp());
        }
    }
}
