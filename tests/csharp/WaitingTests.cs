// What can happen while a call waits: events, exceptions in their handlers, interrupts, cancellation.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Finaut;

internal static class WaitingTests
{
    private sealed class Thrown : Exception
    {
    }

    public static void progress_tells_of_requests_and_waits()
    {
        using (FinautClient client = Sandbox.ThrottledClient())
        {
            var seen = new List<ProgressEventArgs>();
            client.Progress += (sender, e) =>
            {
                Expect.True(sender == client, "the client");
                seen.Add(e);
                e.Cancel = e.Event == "wait";
            };
            var failure = Expect.Throws<FinautInterruptedException>(() => client.Check());
            Expect.Equal("interrupted", failure.Code);
            ProgressEventArgs wait = seen.Last();
            Expect.Equal("wait", wait.Event);
            Expect.Equal("slot", wait.WaitingFor);
            Expect.Equal("check", wait.Operation);
            Expect.True(wait.Left > TimeSpan.FromMinutes(1), wait.Json);
        }
        using (FinautClient client = Sandbox.Client())
        {
            var seen = new List<ProgressEventArgs>();
            client.Progress += (sender, e) => seen.Add(e);
            client.Check();
            ProgressEventArgs request = seen.Last(e => e.Event == "request");
            Expect.Equal("GET", Json.Get(request.Json, "/method"));
            Expect.True(request.Left == null && request.WaitingFor == null, request.Json);
            Expect.True(request.Job == null && request.ObjectId == null, request.Json);
        }
    }

    public static void an_exception_in_a_handler_stops_the_call_and_comes_out_of_it()
    {
        using (FinautClient client = Sandbox.Client())
        {
            var thrown = new Thrown();
            int events = 0;
            EventHandler<ProgressEventArgs> handler = (sender, e) =>
            {
                events++;
                throw thrown;
            };
            client.Progress += handler;
            Thrown got = Expect.Throws<Thrown>(() => client.Check());
            Expect.True(ReferenceEquals(thrown, got), "the same exception");
            Expect.True(got.StackTrace.Contains(nameof(an_exception_in_a_handler_stops_the_call_and_comes_out_of_it)), got.StackTrace);
            Expect.Equal(1, events, "the call stops at the event:");
            Expect.Throws<Thrown>(() => client.CheckAsync().GetAwaiter().GetResult());
            client.Progress -= handler;
            client.Check();
        }
    }

    public static void a_handler_may_call_the_library()
    {
        using (FinautClient client = Sandbox.Client())
        {
            int depth = 0, outer = 0;
            var replies = new List<string>();
            client.Progress += (sender, e) =>
            {
                outer += e.Operation == "users.list" ? 1 : 0;
                if (depth++ == 0)
                {
                    replies.Add(client.Check());
                    Expect.Throws<FinautValidationException>(() => client.Users.Get(persnr: "1"));
                }
                depth--;
            };
            Expect.True(Json.Items(client.Users.List(), "/results").Count() > 200, "the outer reply");
            Expect.True(replies.Count >= 3 && replies.All(reply => reply.Contains("token_expires_in_s")), "inner replies");
            // Each of the three pages is told, also those after an inner call.
            Expect.True(outer >= 3, "events of the outer call go on, after " + outer);
        }
    }

    public static void an_aborted_thread_leaves_the_process_and_the_client_whole()
    {
        if (Type.GetType("Mono.Runtime") == null)
        {
            throw new Skip("this runtime cannot abort threads");
        }
        using (FinautClient client = Sandbox.Client())
        {
            bool aborted = false, afterwards = false;
            var told = new ManualResetEventSlim();
            EventHandler<ProgressEventArgs> handler = (sender, e) =>
            {
                told.Set();
                Thread.Sleep(Timeout.Infinite);
            };
            client.Progress += handler;
            var thread = new Thread(() =>
            {
                try
                {
                    client.Check();
                    afterwards = true;
                }
                catch (ThreadAbortException)
                {
                    aborted = true;
                }
            });
            thread.Start();
            told.Wait();
            thread.Abort();
            thread.Join();
            Expect.True(aborted && !afterwards, "the call ends with the abort");
            client.Progress -= handler;
            client.Check();
        }
    }

    public static void interrupting_wakes_every_call_of_the_client()
    {
        using (FinautClient client = Sandbox.ThrottledClient())
        {
            Task<string>[] calls = Waiting(client, 3, CancellationToken.None);
            client.Interrupt();
            foreach (Task<string> call in calls)
            {
                Expect.Throws<FinautInterruptedException>(() => call.GetAwaiter().GetResult());
            }
        }
    }

    public static void cancelling_stops_its_own_call_only()
    {
        using (FinautClient client = Sandbox.ThrottledClient())
        using (var cancellation = new CancellationTokenSource())
        {
            Task<string> other = Waiting(client, 1, CancellationToken.None).Single();
            Task<string> mine = Waiting(client, 1, cancellation.Token).Single();
            cancellation.Cancel();
            try
            {
                mine.GetAwaiter().GetResult();
                throw new Exception("expected: a cancelled task");
            }
            catch (OperationCanceledException e)
            {
                Expect.Equal(cancellation.Token, e.CancellationToken);
                Expect.True(mine.IsCanceled, "the task is cancelled");
            }
            // It is told of its wait again, so it goes on.
            var told = new ManualResetEventSlim();
            client.Progress += (sender, e) => told.Set();
            told.Wait();
            Expect.True(!other.IsCompleted, "the other call goes on");
            client.Interrupt();
            Expect.Throws<FinautInterruptedException>(() => other.GetAwaiter().GetResult());
        }
    }

    public static void cancelling_beforehand_sends_nothing()
    {
        using (FinautClient client = Sandbox.Client())
        {
            int events = 0;
            client.Progress += (sender, e) => events++;
            Task<string> call = client.CheckAsync(cancellationToken: new CancellationToken(true));
            Expect.Throws<TaskCanceledException>(() => call.GetAwaiter().GetResult());
            Expect.True(call.IsCanceled && events == 0, "cancelled without an event");
        }
    }

    public static void a_change_under_way_is_finished_and_its_reply_returned()
    {
        using (FinautClient client = Sandbox.Client())
        using (var cancellation = new CancellationTokenSource())
        {
            string persnr = Json.Get(Sandbox.NewPerson(client), "/persnr");
            client.Users.Get(persnr: persnr);
            Sandbox.Fault("{\"kind\": \"delay\", \"delay_after_ms\": 1500, \"method\": \"PATCH\"}");
            // Told of the wait for the answer, half a second into it.
            client.Progress += (sender, e) =>
            {
                if (e.WaitingFor == "answer")
                {
                    cancellation.Cancel();
                }
            };
            string user = client.Users.UpdateAsync("{\"last_name\": \"Ny\"}", persnr: persnr, cancellationToken: cancellation.Token).Result;
            Expect.True(cancellation.IsCancellationRequested, "it was cancelled meanwhile");
            Expect.Equal("Ny", Json.Get(user, "/last_name"));
        }
    }

    public static void no_more_threads_wait_than_a_process_can_bear()
    {
        const int Calls = 80, Most = 64;
        using (FinautClient client = Sandbox.ThrottledClient())
        using (var cancellation = new CancellationTokenSource())
        {
            var threads = new HashSet<int>();
            bool isOfThePool = false;
            var full = new ManualResetEventSlim();
            client.Progress += (sender, e) =>
            {
                lock (threads)
                {
                    isOfThePool |= Thread.CurrentThread.IsThreadPoolThread;
                    threads.Add(Thread.CurrentThread.ManagedThreadId);
                    if (threads.Count >= Most)
                    {
                        full.Set();
                    }
                }
            };
            Task<string>[] calls = Enumerable.Range(0, Calls).Select(i => client.CheckAsync(cancellationToken: cancellation.Token)).ToArray();
            full.Wait();
            cancellation.Cancel();
            foreach (Task<string> call in calls)
            {
                try
                {
                    call.GetAwaiter().GetResult();
                }
                catch (OperationCanceledException)
                {
                }
                Expect.True(call.IsCanceled, "cancelled, waiting for a slot or for a thread");
            }
            Expect.Equal(Most, threads.Count, "threads that waited:");
            Expect.True(!isOfThePool, "the pool's threads are left to others");
        }
    }

    /// <summary>Calls that have begun to wait for a slot.</summary>
    private static Task<string>[] Waiting(FinautClient client, int count, CancellationToken token)
    {
        var begun = new HashSet<int>();
        var all = new ManualResetEventSlim();
        EventHandler<ProgressEventArgs> handler = (sender, e) =>
        {
            lock (begun)
            {
                begun.Add(Thread.CurrentThread.ManagedThreadId);
                if (begun.Count >= count)
                {
                    all.Set();
                }
            }
        };
        Task<string>[] calls = Enumerable.Range(0, count).Select(i => client.CheckAsync(cancellationToken: token)).ToArray();
        client.Progress += handler;
        all.Wait();
        client.Progress -= handler;
        return calls;
    }
}
