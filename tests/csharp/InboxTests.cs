// The event loop: each event is handled and acknowledged, what fails comes again, and it ends when it is told to.
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Finaut;

internal static class InboxTests
{
    // Much longer than anything takes that works.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(600);

    /// <summary>A client with an inbox of its own, and the loop that runs on it.</summary>
    private sealed class Stage : IDisposable
    {
        private readonly string folder = Path.Combine(Path.GetTempPath(), "finaut-inbox-" + Guid.NewGuid().ToString("N"));
        private readonly CancellationTokenSource stop = new CancellationTokenSource();

        public Stage(TimeSpan? maxWait = null)
        {
            Directory.CreateDirectory(folder);
            FinautOptions options = Sandbox.Options();
            options.State = Path.Combine(folder, "finaut.db");
            options.Inbox = "{\"verify\": \"none\"}";
            options.MaxWait = maxWait;
            Client = new FinautClient(options);
        }

        public FinautClient Client { get; }

        public BlockingCollection<string> Handled { get; } = new BlockingCollection<string>();

        public BlockingCollection<Exception> Troubles { get; } = new BlockingCollection<Exception>();

        public Task Loop { get; private set; }

        public EventLoopOptions Options { get; } = new EventLoopOptions { Pause = TimeSpan.FromMilliseconds(50) };

        public void Run(Func<string, CancellationToken, Task> handler = null)
        {
            Options.Trouble = (failure, taken) => Troubles.Add(failure);
            Loop = Client.HandleEventsAsync(handler ?? Keep, Options, stop.Token);
        }

        public Task Keep(string taken, CancellationToken cancellationToken)
        {
            Handled.Add(taken);
            return Task.CompletedTask;
        }

        public void Send(string note)
        {
            string reply = Client.Webhook.Accept(body: "{\"note\": \"" + note + "\"}", path: "/finaut/webhook");
            Expect.Equal("200", Json.Get(reply, "/http_status"), reply);
        }

        /// <summary>The next event that was handled.</summary>
        public string Next()
        {
            if (!Handled.TryTake(out string taken, Patience))
            {
                throw new TimeoutException("no event: " + (Loop.Exception?.ToString() ?? Client.Inbox.List()));
            }
            return taken;
        }

        public void Cancel()
        {
            stop.Cancel();
        }

        /// <summary>Waits for the loop's end, as a service does that is being stopped.</summary>
        public void Ends()
        {
            Expect.True(Loop.Wait(Patience), "the loop has ended");
            Expect.Equal(TaskStatus.RanToCompletion, Loop.Status);
        }

        public void Dispose()
        {
            stop.Cancel();
            Client.Dispose();
            Directory.Delete(folder, true);
        }
    }

    private static string Note(string taken)
    {
        return Json.Get(taken, "/object/note");
    }

    private static void Counts(Stage stage, int waiting, int leased, int acknowledged)
    {
        string inbox = stage.Client.Inbox.List();
        string found = Json.Get(inbox, "/waiting") + " " + Json.Get(inbox, "/leased") + " " + Json.Get(inbox, "/acknowledged");
        Expect.Equal(waiting + " " + leased + " " + acknowledged, found, inbox);
    }

    public static void events_are_handled_in_order_and_acknowledged()
    {
        using (var stage = new Stage())
        {
            stage.Send("first, bl\u00e5b\u00e6r");
            stage.Send("second");
            stage.Run();
            Expect.Equal("first, bl\u00e5b\u00e6r", Note(stage.Next()));
            Expect.Equal("second", Note(stage.Next()));
            stage.Send("while it waits");
            Expect.Equal("while it waits", Note(stage.Next()));
            stage.Cancel();
            stage.Ends();
            Counts(stage, 0, 0, 3);
            Expect.Equal(0, stage.Troubles.Count);
        }
    }

    public static void an_event_whose_handler_fails_comes_again_after_its_lease()
    {
        using (var stage = new Stage())
        {
            int times = 0;
            stage.Send("twice");
            stage.Options.Lease = TimeSpan.FromSeconds(1);
            stage.Run((taken, token) =>
            {
                if (Interlocked.Increment(ref times) == 1)
                {
                    throw new InvalidOperationException("the database is away");
                }
                return stage.Keep(taken, token);
            });
            string again = stage.Next();
            Expect.Equal("twice", Note(again));
            Expect.Equal("2", Json.Get(again, "/deliveries"));
            Expect.Equal("the database is away", stage.Troubles.Take().Message);
            stage.Send("it goes on");
            Expect.Equal("it goes on", Note(stage.Next()));
            stage.Cancel();
            stage.Ends();
            Counts(stage, 0, 0, 2);
        }
    }

    public static void a_loop_that_waits_ends_when_it_is_cancelled()
    {
        using (var stage = new Stage())
        {
            int waits = 0;
            stage.Client.Progress += (sender, e) => waits += e.Event == "wait" ? 1 : 0;
            stage.Run();
            Thread.Sleep(1200);
            Expect.True(!stage.Loop.IsCompleted, "it goes on");
            stage.Cancel();
            stage.Ends();
            Expect.Equal(0, waits, "that nothing is new is told nobody:");
        }
    }

    public static void a_loop_that_pauses_ends_when_it_is_cancelled()
    {
        using (var stage = new Stage(maxWait: TimeSpan.FromSeconds(1)))
        {
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 503, \"times\": null}");
            stage.Options.PollEvery = TimeSpan.FromHours(1);
            stage.Options.Pause = TimeSpan.FromHours(1);
            stage.Run();
            Expect.True(stage.Troubles.TryTake(out Exception failure, Patience), "the poll fails");
            stage.Cancel();
            stage.Ends();
        }
    }

    public static void what_is_being_handled_is_handled_to_its_end_and_acknowledged()
    {
        using (var stage = new Stage())
        {
            var begun = new ManualResetEventSlim();
            var goOn = new TaskCompletionSource<bool>();
            stage.Send("long");
            stage.Run((taken, token) =>
            {
                begun.Set();
                return goOn.Task;
            });
            Expect.True(begun.Wait(Patience), "it is being handled");
            stage.Cancel();
            goOn.SetResult(true);
            stage.Ends();
            Counts(stage, 0, 0, 1);
        }
    }

    public static void a_handler_that_heeds_its_token_leaves_its_event_for_later()
    {
        using (var stage = new Stage())
        {
            var begun = new ManualResetEventSlim();
            stage.Send("long");
            stage.Run((taken, token) =>
            {
                begun.Set();
                return Task.Delay(Timeout.Infinite, token);
            });
            Expect.True(begun.Wait(Patience), "it is being handled");
            stage.Cancel();
            stage.Ends();
            Counts(stage, 0, 1, 0);
            Expect.Equal(0, stage.Troubles.Count);
        }
    }

    public static void a_server_that_fails_is_told_of_and_asked_again()
    {
        using (var stage = new Stage(maxWait: TimeSpan.FromSeconds(1)))
        {
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 503, \"times\": null}");
            stage.Options.PollEvery = TimeSpan.FromSeconds(1);
            stage.Options.Kind = "result";
            stage.Run();
            Expect.True(stage.Troubles.TryTake(out Exception failure, Patience) && failure is FinautServerException, failure + " is told");
            Expect.True(!stage.Loop.IsCompleted, "it goes on");
            Sandbox.Ask("POST", "results", "{\"user\": " + Json.Get(Sandbox.Person(0), "/id") + "}");
            Sandbox.NoFaults();
            Expect.Equal("result", Json.Get(stage.Next(), "/kind"));
            stage.Cancel();
            stage.Ends();
        }
    }

    public static void what_somebody_must_mend_ends_the_loop()
    {
        using (var stage = new Stage())
        {
            stage.Options.Kind = "nonsense";
            stage.Run();
            Expect.Throws<FinautValidationException>(() => stage.Loop.GetAwaiter().GetResult());
        }
        using (FinautClient client = Sandbox.Client())
        {
            var failure = Expect.Throws<FinautConfigException>(
                () => client.HandleEventsAsync((taken, token) => Task.CompletedTask).GetAwaiter().GetResult());
            Expect.True(failure.Message.Contains("state"), failure.Message);
            Expect.Throws<ArgumentNullException>(() => client.HandleEventsAsync(null).GetAwaiter().GetResult());
        }
    }

    public static void a_loop_that_is_cancelled_before_it_begins_takes_nothing()
    {
        using (var stage = new Stage())
        {
            stage.Send("for somebody else");
            stage.Cancel();
            stage.Run();
            stage.Ends();
            Counts(stage, 1, 0, 0);
        }
    }
}
