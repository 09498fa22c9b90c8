using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace Finaut.Extensions
{
    /// <summary>
    /// Whether the server's last answer to a request of this program's client was a good one, and since when: then host and credentials
    /// are right.
    /// </summary>
    internal sealed class FinautTraffic
    {
        private long answered; // a timestamp of Stopwatch; 0: the last answer was none, or a bad one

        /// <summary>How long ago the last answer came, if it was a good one; else null.</summary>
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
            if (told.Event == "request" && int.TryParse(Json.Get(told.Json, "/http_status"), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            {
                // What is not found or not valid says nothing of host and credentials; it may also be a proxy's answer.
                if (status >= 200 && status < 300)
                {
                    Answered();
                }
                else if (status == 401 || status == 403 || status >= 500)
                {
                    Interlocked.Exchange(ref answered, 0);
                }
            }
            else if (told.Event == "retry")
            {
                Interlocked.Exchange(ref answered, 0);
            }
        }

        /// <summary>The server answered well just now.</summary>
        public void Answered()
        {
            Interlocked.Exchange(ref answered, Stopwatch.GetTimestamp());
        }
    }
}
