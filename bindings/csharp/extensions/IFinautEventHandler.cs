using System.Threading;
using System.Threading.Tasks;

namespace Finaut.Extensions
{
    /// <summary>Deals with the inbox's events.</summary>
    public interface IFinautEventHandler
    {
        /// <summary>
        /// Deals with one event: stores it, best in one transaction with whatever depends on it. When the task has ended well, the event is
        /// acknowledged; if it fails, the event comes again after its lease. After a crash an event can come twice: its number tells.
        /// </summary>
        /// <param name="eventJson">{"event", "kind", "object", "verified", "received", "deliveries"}.</param>
        /// <param name="cancellationToken">Says when the host stops.</param>
        Task HandleAsync(string eventJson, CancellationToken cancellationToken);
    }
}
