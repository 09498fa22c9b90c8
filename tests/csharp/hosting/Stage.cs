// What the tests of Finaut.Extensions have in common: a host with a log that is kept, settings from a configuration, and something in
// the place of a client.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Finaut;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>A host that is being tested.</summary>
internal sealed class Stage : IDisposable
{
    // Much longer than anything takes that works.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(600);

    private readonly string folder = Path.Combine(Path.GetTempPath(), "finaut-host-" + Guid.NewGuid().ToString("N"));
    private readonly IHost host;

    public Stage(Action<IServiceCollection, IConfiguration> add, bool withState = true, params string[] settings)
    {
        Directory.CreateDirectory(folder);
        host = new HostBuilder()
            .ConfigureAppConfiguration(builder => builder.AddInMemoryCollection(Settings(settings, withState ? folder : null)))
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Log))
            .ConfigureServices((context, services) =>
            {
                services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience);
                add(services, context.Configuration.GetSection("Finaut"));
            })
            .Build();
    }

    public KeptLog Log { get; } = new KeptLog();

    public IServiceProvider Services => host.Services;

    public FinautClient Client => Services.GetRequiredService<FinautClient>();

    /// <summary>"Finaut:NAME=VALUE" of those given, and what leads to the sandbox.</summary>
    public static Dictionary<string, string> Settings(string[] settings, string folder)
    {
        var all = new Dictionary<string, string>
        {
            { "Finaut:Host", Sandbox.Host }, { "Finaut:Throttle:Requests", "100000" }, { "Finaut:Inbox:Verify", "none" },
        };
        if (folder != null)
        {
            all["Finaut:State"] = Path.Combine(folder, "finaut.db");
        }
        foreach (string[] setting in settings.Select(setting => setting.Split('=', 2)))
        {
            all["Finaut:" + setting[0]] = setting[1];
        }
        return all;
    }

    public Stage Start()
    {
        Ends(host.StartAsync());
        return this;
    }

    public void Stop()
    {
        Ends(host.StopAsync());
    }

    /// <summary>What a load balancer is told.</summary>
    public HealthReport Health()
    {
        return Ends(Services.GetRequiredService<HealthCheckService>().CheckHealthAsync());
    }

    /// <summary>Waits until something is so.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Expect.True(DateTime.UtcNow < end, what);
            Thread.Sleep(20);
        }
    }

    public static T Ends<T>(Task<T> task)
    {
        Ends((Task)task);
        return task.Result;
    }

    public static void Ends(Task task)
    {
        Expect.True(Task.WhenAny(task, Task.Delay(Patience)).Result == task, "it ends");
        task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        host.Dispose();
        Directory.Delete(folder, true);
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class KeptLog : ILoggerProvider
{
    /// <summary>"Category|Level|Message".</summary>
    public ConcurrentQueue<string> Lines { get; } = new ConcurrentQueue<string>();

    public Action<string> Writing { get; set; } = line => { };

    public string All => string.Join("\n", Lines);

    public ILogger CreateLogger(string categoryName)
    {
        return new Logger { Kept = this, Category = categoryName };
    }

    public void Dispose()
    {
    }

    private sealed class Logger : ILogger
    {
        public KeptLog Kept;
        public string Category;

        public IDisposable BeginScope<TState>(TState state)
        {
            return null;
        }

        public bool IsEnabled(LogLevel logLevel)
        {
            return true;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception exception, Func<TState, Exception, string> formatter)
        {
            string line = Category + "|" + logLevel + "|" + formatter(state, exception);
            Kept.Lines.Enqueue(line);
            Kept.Writing(line);
        }
    }
}

/// <summary>Something in the place of a client or a group of operations: answers by the member's name.</summary>
public class Mock : DispatchProxy
{
    private Func<string, object[], object> answer;

    public static T Of<T>(Func<string, object[], object> answer)
    {
        object proxy = Create<T, Mock>();
        ((Mock)proxy).answer = answer;
        return (T)proxy;
    }

    protected override object Invoke(MethodInfo targetMethod, object[] args)
    {
        return answer(targetMethod.Name, args);
    }
}
