using System;

namespace Finaut.Extensions
{
    /// <summary>How the inbox is served.</summary>
    public sealed class FinautInboxOptions
    {
        /// <summary>"result", "userstatus", "link" or "unknown" only; null: all.</summary>
        public string? Kind { get; set; }

        /// <summary>How long an event is kept from others while it is handled; if the handler fails, it comes again after that.
        /// Null: as the library has it.</summary>
        public double? LeaseSeconds { get; set; }

        /// <summary>How often to ask the API for what is new, for programs that webhooks do not reach. Null: never.</summary>
        public double? PollEverySeconds { get; set; }

        /// <summary>How long to leave alone what has just failed. What goes on failing is left alone for twice as long each time, up to
        /// 15 minutes.</summary>
        public double PauseSeconds { get; set; } = 15;

        /// <summary>A web server of the library's own, for programs that have none or whose own is not to receive webhooks: it listens as
        /// long as the inbox is served. Null: none; a program hands webhooks over by Webhook.AcceptAsync.</summary>
        public ReceiverOptions? Receiver { get; set; }
    }
}
