// Results come back: an event loop as a service hosts it, that receives FinAut's webhooks, or asks where nobody can reach it, and
// deals with each new result, status and link once. Here a console program hosts it; stop it with Ctrl-C.
//
//   mcs -r:Finaut.Client.dll Inbox.cs        (or csc)
//   FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… WEBHOOK_SECRET=… mono Inbox.exe STATE_FILE 127.0.0.1:8780 [EVENTS]
//   … mono Inbox.exe STATE_FILE poll [EVENTS]
//
// WEBHOOK_SECRET: the end of the address that webhooks come to, as http://127.0.0.1:8780/finaut/webhook/SECRET; make it with
// openssl rand -hex 16.
// EVENTS: ends after so many.
using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Finaut;

/// <summary>
/// Start and Stop are what OnStart and OnStop of a Windows service call. In ASP.NET Core, services.AddFinautInbox of Finaut.Extensions does
/// all that (Plugin.cs); a BackgroundService of one's own returns client.HandleEventsAsync(…, stoppingToken) from ExecuteAsync.
/// </summary>
internal sealed class Inbox : IDisposable
{
    private readonly CancellationTokenSource stop = new CancellationTokenSource();
    private readonly FinautClient client;
    private readonly string listen;
    private readonly Func<string, Task> handler;
    private FinautReceiver receiver;

    /// <summary>Takes where to keep the inbox, where to listen (or "poll"), and what to do with an event.</summary>
    public Inbox(string state, string listen, Func<string, Task> handler)
    {
        string secret = Environment.GetEnvironmentVariable("WEBHOOK_SECRET");
        client = new FinautClient(new FinautOptions
        {
            State = state,
            Inbox = secret == null ? null : Json.Set("{}", "/path_secret", secret),
        });
        this.listen = listen;
        this.handler = handler;
    }

    /// <summary>Ends when it is stopped, or fails with what somebody must mend.</summary>
    public Task Events { get; private set; }

    public void Start()
    {
        var options = new EventLoopOptions { Trouble = Log };
        if (listen == "poll")
        {
            options.PollEvery = TimeSpan.FromMinutes(15);
        }
        else
        {
            receiver = client.StartReceiver(new ReceiverOptions { Listen = listen });
            Console.WriteLine("Listening: " + Json.Get(receiver.Status(), "/urls"));
        }
        Events = client.HandleEventsAsync((taken, token) => handler(taken), options, stop.Token);
    }

    /// <summary>Returns when the event that is being dealt with is done.</summary>
    public void Stop()
    {
        stop.Cancel();
        Events.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        receiver?.Dispose();
        client.Dispose();
        stop.Dispose();
    }

    // It will be tried again; an event whose handler failed comes again.
    private static void Log(Exception failure, string taken)
    {
        Console.Error.WriteLine((taken == null ? "" : "Event " + Json.Get(taken, "/event") + ": ") + failure.Message);
    }
}

internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        if (args.Length < 2)
        {
            Console.Error.WriteLine("Usage: Inbox STATE_FILE 127.0.0.1:8780|poll [EVENTS]");
            return 2;
        }
        int left = args.Length > 2 ? int.Parse(args[2]) : -1;
        var end = new TaskCompletionSource<bool>();
        Console.CancelKeyPress += (sender, e) =>
        {
            e.Cancel = true; // the process ends by itself
            end.TrySetResult(true);
        };
        try
        {
            using (var inbox = new Inbox(args[0], args[1], taken =>
            {
                DealWith(taken);
                if (--left == 0)
                {
                    end.TrySetResult(true);
                }
                return Task.CompletedTask;
            }))
            {
                inbox.Start();
                Task.WaitAny(end.Task, inbox.Events);
                inbox.Stop();
            }
            return 0;
        }
        catch (FinautException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    // What a real system does: store it, in one transaction with whatever else depends on it. If that throws, it comes again.
    private static void DealWith(string taken)
    {
        var text = new StringBuilder("Event " + Json.Get(taken, "/event") + ": " + Json.Get(taken, "/kind"));
        text.Append(", verified: " + Json.Get(taken, "/verified"));
        foreach (string[] part in new[]
        {
            new[] { ", status ", "/object/status" }, new[] { " in ", "/object/appname" }, new[] { ", exam ", "/object/exam_name" },
            new[] { ", passed: ", "/object/passed" }, new[] { ", linked ", "/object/ext_user_id" },
        })
        {
            string value = Json.Get(taken, part[1]);
            text.Append(value == null ? "" : part[0] + value);
        }
        Console.WriteLine(text + ".");
    }
}
