using System;

namespace Finaut.Extensions
{
    /// <summary>Whether the inbox is served, for the health check.</summary>
    internal sealed class FinautInboxState
    {
        private readonly object gate = new object();
        private string? trouble;
        private bool hasEnded;

        /// <summary>What keeps events from being handled, and whether nobody tries any more. Null: nothing.</summary>
        public (string Problem, bool HasEnded)? Trouble
        {
            get
            {
                lock (gate)
                {
                    return trouble == null ? ((string, bool)?)null : (trouble, hasEnded);
                }
            }
        }

        public void Failed(Exception failure, bool hasEnded = false)
        {
            lock (gate)
            {
                // The exception of a handler may say anything, identity numbers included; the library's say none.
                trouble = failure is FinautException ? failure.Message : "A " + failure.GetType().Name + " was thrown; the log has it.";
                this.hasEnded |= hasEnded;
            }
        }

        public void Handled()
        {
            lock (gate)
            {
                trouble = null;
            }
        }
    }
}
