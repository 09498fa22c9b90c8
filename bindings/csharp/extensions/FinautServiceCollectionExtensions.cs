using System;
using Finaut;
using Finaut.Extensions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds a client of FinAut, its inbox and its health to a program's services.</summary>
    public static class FinautServiceCollectionExtensions
    {
        /// <summary>
        /// Adds one client for the whole program, as <see cref="IFinautClient"/> and <see cref="FinautClient"/>. What it does is logged in
        /// the category "Finaut.FinautClient": retries and long waits as information, everything else for debugging, without identity
        /// numbers. It is made when the host starts, so that a setting that cannot be used is told then. No request is sent.
        /// </summary>
        /// <param name="services">The program's services.</param>
        /// <param name="configure">The settings; what is null comes from the environment or the defaults.</param>
        public static IServiceCollection AddFinaut(this IServiceCollection services, Action<FinautOptions>? configure = null)
        {
            if (services == null)
            {
                throw new ArgumentNullException(nameof(services));
            }
            services.AddOptions<FinautOptions>();
            if (configure != null)
            {
                services.Configure(configure);
            }
            services.AddLogging();
            services.TryAddSingleton<FinautTraffic>();
            services.TryAddSingleton(MakeClient);
            // A test, or a program with a client of its own, has registered another one before, or does so afterwards.
            services.TryAddSingleton<IFinautClient>(provider => provider.GetRequiredService<FinautClient>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FinautStart>());
            return services;
        }

        /// <summary>
        /// The same with the settings of a configuration section: the names of <see cref="FinautOptions"/>, or the library's own. A name
        /// that nobody knows is refused when the host starts.
        /// </summary>
        /// <param name="services">The program's services.</param>
        /// <param name="section">As Configuration.GetSection("Finaut").</param>
        public static IServiceCollection AddFinaut(this IServiceCollection services, IConfiguration section)
        {
            if (section == null)
            {
                throw new ArgumentNullException(nameof(section));
            }
            services.AddFinaut();
            services.Configure<FinautOptions>(section);
            services.PostConfigure<FinautOptions>(options => SectionReader.Complete(section, options));
            return services;
        }

        /// <summary>
        /// Hands the inbox's events to a handler while the host runs: each is acknowledged when the handler's task has ended well, and
        /// comes again after its lease if not. Needs a State and <see cref="AddFinaut(IServiceCollection, Action{FinautOptions})"/>.
        /// </summary>
        /// <typeparam name="THandler">Made anew for each event, in a scope of its own, unless it is registered otherwise.</typeparam>
        /// <param name="services">The program's services.</param>
        /// <param name="configure">How to go about it.</param>
        public static IServiceCollection AddFinautInbox<THandler>(
            this IServiceCollection services, Action<FinautInboxOptions>? configure = null) where THandler : class, IFinautEventHandler
        {
            if (services == null)
            {
                throw new ArgumentNullException(nameof(services));
            }
            services.AddOptions<FinautInboxOptions>();
            if (configure != null)
            {
                services.Configure(configure);
            }
            services.TryAddScoped<THandler>();
            services.TryAddSingleton<FinautInboxState>();
            services.AddHostedService<FinautInboxService<THandler>>();
            return services;
        }

        /// <summary>
        /// Adds a health check. What it looks at costs no request: the state, how many requests are left, whether the inbox is served,
        /// and whether the server answered lately. Only if it was asked for nothing for an hour, one request tries host and credentials.
        /// </summary>
        /// <param name="builder">As services.AddHealthChecks().</param>
        /// <param name="name">The check's name.</param>
        /// <param name="configure">How often a request may be spent.</param>
        /// <param name="failureStatus">What a failure is told as; null: unhealthy.</param>
        public static IHealthChecksBuilder AddFinaut(
            this IHealthChecksBuilder builder,
            string name = "finaut",
            Action<FinautHealthOptions>? configure = null,
            HealthStatus? failureStatus = null)
        {
            if (builder == null)
            {
                throw new ArgumentNullException(nameof(builder));
            }
            builder.Services.AddOptions<FinautHealthOptions>();
            if (configure != null)
            {
                builder.Services.Configure(configure);
            }
            builder.Services.TryAddSingleton<FinautTraffic>();
            // One for all probes: it remembers what the last request said.
            builder.Services.TryAddSingleton<FinautHealthCheck>();
            return builder.Add(new HealthCheckRegistration(
                name, provider => provider.GetRequiredService<FinautHealthCheck>(), failureStatus, new[] { "finaut" }));
        }

        private static FinautClient MakeClient(IServiceProvider provider)
        {
            var client = new FinautClient(provider.GetRequiredService<IOptions<FinautOptions>>().Value);
            client.Progress += new FinautLog(provider.GetRequiredService<ILogger<FinautClient>>()).Write;
            client.Progress += provider.GetRequiredService<FinautTraffic>().Note;
            return client;
        }
    }
}
