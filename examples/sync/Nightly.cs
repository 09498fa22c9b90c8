// The night as a hosted service, with the packages Finaut.Client and Finaut.Extensions: it lets FinAut follow the HR file, writes the page
// about it, mails where that is, and ends the host with the exit code that says how it went. A scheduler starts it each night; in a host
// that stays up, leave the last lines of ExecuteAsync out and wait for the next night there.
//
// Its settings stand in appsettings.json: {"Finaut": {"State": "/var/lib/finaut/state.db", "MaxWaitSeconds": 3600, "Job": "nightly"},
// "Nightly": {"Profile": "/etc/finaut/hr.json", "Page": "/var/lib/finaut/night.html", "MailTo": "hr@bank.example", "SmtpServer":
// "localhost"}}, its secret in the environment: Finaut__ClientId and Finaut__ClientSecret. No name and no number of a person is in the mail.
using System;
using System.IO;
using System.Net.Mail;
using System.Threading;
using System.Threading.Tasks;
using Finaut;
using Finaut.Extensions;
using Finaut.Replies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

public static class Nightly
{
    public static async Task<int> Main(string[] args)
    {
        using IHost host = CreateHostBuilder(args).Build();
        var end = host.Services.GetRequiredService<NightlyEnd>();
        try
        {
            await host.RunAsync();
        }
        catch (FinautException e)
        {
            Console.Error.WriteLine(e.Message); // the settings: the host did not start
            return ExitCode.Misused;
        }
        return end.Code;
    }

    public static IHostBuilder CreateHostBuilder(string[] args)
    {
        return Host.CreateDefaultBuilder(args).ConfigureServices((context, services) =>
        {
            services.AddFinaut(context.Configuration.GetSection("Finaut"));
            services.Configure<NightlyOptions>(context.Configuration.GetSection("Nightly"));
            services.AddSingleton<NightlyEnd>();
            // A step under way is finished first when the host is stopped.
            services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(40));
            services.AddHostedService<NightlyService>();
        });
    }
}

/// <summary>What a scheduler wants to know; docs/sync.md says when each of them is returned.</summary>
public static class ExitCode
{
    public const int Done = 0, Failed = 1, Misused = 2, Held = 3, Open = 4, NotInTime = 5, Busy = 75, Stopped = 130;
}

public class NightlyOptions
{
    public string Profile { get; set; }

    public string Page { get; set; }

    public string MailTo { get; set; }

    public string SmtpServer { get; set; } = "localhost";

    public int SmtpPort { get; set; } = 25;
}

/// <summary>How the night ended.</summary>
public class NightlyEnd
{
    public int Code { get; set; } = ExitCode.Stopped;
}

public class NightlyService : BackgroundService
{
    private readonly IFinautClient client;
    private readonly NightlyOptions options;
    private readonly NightlyEnd end;
    private readonly IHostApplicationLifetime lifetime;
    private readonly ILogger<NightlyService> logger;

    public NightlyService(
        IFinautClient client, IOptions<NightlyOptions> options, NightlyEnd end, IHostApplicationLifetime lifetime, ILogger<NightlyService> logger)
    {
        this.client = client;
        this.options = options.Value;
        this.end = end;
        this.lifetime = lifetime;
        this.logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host goes on starting
        // On SIGTERM the host's own handler, which was there before, makes it 0.
        AppDomain.CurrentDomain.ProcessExit += (sender, e) => Environment.ExitCode = end.Code;
        try
        {
            end.Code = await NightAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            end.Code = ExitCode.Stopped; // the step under way was finished first
        }
        catch (Exception e)
        {
            end.Code = CodeOf(e);
            logger.LogError("{Message}", e.Message);
        }
        lifetime.StopApplication();
    }

    private async Task<int> NightAsync(CancellationToken stoppingToken)
    {
        int code;
        string run, counts;
        try
        {
            string reply = await client.Sync.RunAsync(profileFile: options.Profile, cancellationToken: stoppingToken);
            code = CodeOf(SyncRun.Parse(reply));
            run = Json.Get(reply, "/run");
            counts = Json.Get(reply, "/counts");
        }
        catch (FinautHeldException held)
        {
            logger.LogWarning("{Message}", held.Message);
            // What is known and waits for a person is no news. A file that is not to be believed can hold everything without a step.
            code = held.HeldNew > 0 || held.Held == 0 ? ExitCode.Held : ExitCode.Done;
            run = held.Run;
            counts = Json.Get(held.Json, "/counts");
        }
        if (run == null)
        {
            return code; // it waits, and has nothing to tell yet
        }
        await client.Sync.ReportAsync(profileFile: options.Profile, format: "html", path: options.Page, cancellationToken: stoppingToken);
        Mail(run, counts);
        return code;
    }

    /// <summary>The exit code for a run's reply: of several, the one that a person should see first.</summary>
    private static int CodeOf(SyncRun run)
    {
        SyncCounts counts = run.Counts;
        if (counts.HeldNew > 0)
        {
            return ExitCode.Held;
        }
        if (run.State != "done" || counts.Left > 0 || counts.Failed > 0 || counts.Doubtful > 0)
        {
            return ExitCode.NotInTime; // the next call goes on
        }
        return counts.RefusedNew > 0 || counts.PortalNew > 0 ? ExitCode.Open : ExitCode.Done;
    }

    private static int CodeOf(Exception e)
    {
        switch (e)
        {
            case FinautBusyException _:
                return ExitCode.Busy;
            case FinautThrottledException _:
                return ExitCode.NotInTime;
            case FinautInterruptedException _:
                return ExitCode.Stopped;
            // They fail again until somebody changes the call, the settings or a file.
            case FinautArgumentException _:
            case FinautConfigException _:
            case FinautValidationException _:
            case FinautNotFoundException _:
            case FinautAuthenticationException _:
            case FinautStateException _:
                return ExitCode.Misused;
            default:
                return ExitCode.Failed; // the mail's failures, too
        }
    }

    private void Mail(string run, string counts)
    {
        string Of(string name) => Json.Get(counts, "/" + name) ?? "0";
        using var smtp = new SmtpClient(options.SmtpServer, options.SmtpPort);
        smtp.Send(options.MailTo, options.MailTo, $"FinAut in the night: {Of("done")} done, {Of("held")} held, {Of("refused")} refused",
            $"The run {run}: {Of("done")} steps done, {Of("held")} held ({Of("held_new")} of them new), {Of("left")} left, {Of("portal")} for the portal.\n" +
            $"The page about it is {Path.GetFullPath(options.Page)} on {Environment.MachineName}.\n");
    }
}
