using System;
using System.Diagnostics;

namespace Finaut.Extensions
{
    /// <summary>Whether the inbox is served, for the health check.</summary>
    internal sealed class FinautInboxState
    {
        private readonly object gate = new object();
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private string? trouble;
        private TimeSpan until;
        private bool hasEnded;

        /// <summary>What keeps events from being handled, and whether nobody tries any more. Null: nothing.</summary>
        public (string Problem, bool HasEnded)? Trouble
        {
            get
            {
                lock (gate)
                {
                    return trouble == null || (!hasEnded && clock.Elapsed >= until) ? ((string, bool)?)null : (trouble, hasEnded);
                }
            }
        }

        /// <summary>Something failed. It counts as over if it is not told again within this time: that nothing new came is not told.</summary>
        public void Failed(Exception failure, TimeSpan within)
        {
            lock (gate)
            {
                trouble = Said(failure);
                until = clock.Elapsed + within;
            }
        }

        /// <summary>Nobody serves the inbox any more.</summary>
        public void Ended(Exception failure)
        {
            lock (gate)
            {
                trouble = Said(failure);
                hasEnded = true;
            }
        }

        /// <summary>An event was handled.</summary>
        public void Handled()
        {
            lock (gate)
            {
                trouble = hasEnded ? trouble : null;
            }
        }

        // What a handler throws may say anything, identity numbers included; the library's exceptions say none.
        private static string Said(Exception failure)
        {
            return failure is FinautException ? failure.Message : "A " + failure.GetType().Name + " was thrown; the log has it.";
        }
    }
}
