using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace Finaut.Extensions
{
    /// <summary>Has the client made when the host starts: a setting that cannot be used is told then, not at the first call.</summary>
    internal sealed class FinautStart : IHostedService
    {
        public FinautStart(IFinautClient client)
        {
            _ = client;
        }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }
    }
}
