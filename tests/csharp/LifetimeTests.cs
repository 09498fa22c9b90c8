// Clients and memory: disposal in any order, finalizers, and calls that outlive what they were made with.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Finaut;

internal static class LifetimeTests
{
    public static void ten_thousand_calls_leave_nothing_behind()
    {
        using (FinautClient client = Sandbox.Client())
        {
            client.Progress += (sender, e) => e.Cancel = false;
            Action<int> call = rounds =>
            {
                for (int i = 0; i < rounds; i++)
                {
                    client.Users.Get(id: 590001);
                    client.Schemes.List(); // remembered: 2 kB without a request
                    Json.Get(client.Budget(), "/free");
                    FinautLibrary.Operations(); // 20 kB: what is not freed shows
                    try
                    {
                        client.Users.Get(persnr: "1");
                    }
                    catch (FinautValidationException e)
                    {
                        GC.KeepAlive(e.Fields);
                    }
                }
            };
            call(2000);
            // A leak shows every time; what a heap takes and keeps for later, or a method that is compiled late, does not.
            var grown = new List<long>();
            do
            {
                long before = Resident();
                call(2000);
                grown.Add((Resident() - before) >> 10);
            }
            while (grown.Last() >= 10 << 10 && grown.Count < 5);
            Expect.True(grown.Last() < 10 << 10, "10,000 calls take more each time, in kB: " + string.Join(", ", grown));
        }
    }

    public static void clients_that_come_and_go_leave_no_connection_behind()
    {
        Func<int> open = () => Directory.GetFiles("/proc/self/fd").Length;
        int before = open();
        for (int i = 0; i < 300; i++)
        {
            using (FinautClient client = Sandbox.Client())
            {
                client.Check();
            }
        }
        int grown = open() - before;
        Expect.True(grown < 100, "300 clients leave " + grown + " files and connections open");
    }

    public static void disposing_in_any_order_and_twice_is_fine()
    {
        FinautClient[] clients = Enumerable.Range(0, 3).Select(i => Sandbox.Client()).ToArray();
        clients[1].Dispose();
        clients[1].Dispose();
        clients[0].Check();
        clients[2].Dispose();
        clients[0].Check();
        clients[0].Dispose();
        clients[0].Dispose();
        clients[0].Interrupt();
    }

    public static void a_client_that_was_disposed_of_says_so()
    {
        FinautClient client = Sandbox.Client();
        UsersOperations users = client.Users;
        client.Dispose();
        Expect.Equal("FinautClient", Expect.Throws<ObjectDisposedException>(() => client.Check()).ObjectName);
        Expect.Throws<ObjectDisposedException>(() => client.StartReceiver());
        Expect.Throws<ObjectDisposedException>(() => users.Get(id: 1));
        Expect.Throws<ObjectDisposedException>(() => client.Call("check"));
        Expect.Throws<ObjectDisposedException>(() => client.CheckAsync().GetAwaiter().GetResult());
    }

    public static void a_call_outlives_the_disposal_of_its_client()
    {
        Sandbox.Fault("{\"kind\": \"delay\", \"delay_after_ms\": 1500, \"method\": \"GET\"}");
        FinautClient client = Sandbox.Client();
        var told = new ManualResetEventSlim();
        client.Progress += (sender, e) => told.Set();
        Task<string> call = client.CheckAsync();
        told.Wait();
        client.Dispose();
        Expect.True(call.Result.Contains("token_expires_in_s"), call.Result);
        Expect.Throws<ObjectDisposedException>(() => client.Check());
    }

    public static void a_client_in_use_survives_the_garbage_collector()
    {
        Sandbox.Fault("{\"kind\": \"delay\", \"delay_after_ms\": 1500, \"method\": \"GET\"}");
        Task<string> call = CallOfAForgottenClient();
        while (!call.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }
        Expect.True(call.Result.Contains("token_expires_in_s"), call.Result);
    }

    public static void forgotten_clients_are_freed()
    {
        List<IntPtr> handles = MakeAndForget(100);
        int freed = 0;
        // A conservative collector may take a few for reachable.
        for (int i = 0; i < 100 && freed < 90; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(50);
            freed = handles.Count(handle => !IsKnown(handle));
        }
        Expect.True(freed >= 90, "90 of 100 forgotten clients are freed, not " + freed);
    }

    public static void a_receiver_listens_until_it_is_disposed_of()
    {
        FinautOptions options = Sandbox.Options();
        options.State = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        FinautReceiver receiver;
        try
        {
            using (var client = new FinautClient(options))
            {
                receiver = client.StartReceiver(new ReceiverOptions { Listen = "127.0.0.1:0", Paths = "[\"/webhook\"]", Open = true });
                Post(receiver, "{\"id\": \"http://x/finautapi/v1/results/1/\", \"user\": \"ø\"}");
                Expect.Equal("1", Json.Get(receiver.Status(), "/accepted"), receiver.Status());
                Expect.Equal("1", Json.Get(client.Inbox.List(), "/unverified"));
                string brought = client.Webhook.Parse(body: "{\"id\": \"http://x/finautapi/v1/results/1/\", \"user\": \"ø\"}");
                Expect.Equal("ø", Json.Get(brought, "/objects/0/object/user"), brought);
            }
            Expect.True(Json.Get(receiver.Status(), "/urls/0").EndsWith("/webhook"), "it outlives its client");
            receiver.Dispose();
            receiver.Dispose();
            Expect.Throws<ObjectDisposedException>(() => receiver.Status());
        }
        finally
        {
            foreach (string file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(options.State) + "*"))
            {
                File.Delete(file);
            }
        }
    }

    public static void eight_threads_share_a_client()
    {
        string people = Sandbox.Ask("GET", "people");
        string[] persnrs = Json.Items(people, "").Take(80).Select(person => Json.Get(person, "/persnr")).ToArray();
        var failures = new List<string>();
        using (FinautClient client = Sandbox.Client())
        {
            int events = 0;
            client.Progress += (sender, e) => Interlocked.Increment(ref events);
            Thread[] threads = Enumerable.Range(0, 8).Select(t => new Thread(() =>
            {
                for (int i = 0; i < 200; i++)
                {
                    string persnr = persnrs[(t * 10 + i) % persnrs.Length];
                    try
                    {
                        string got = Json.Get(client.Users.Get(persnr: persnr), "/persnr");
                        if (got != persnr)
                        {
                            throw new Exception("somebody else's reply");
                        }
                    }
                    catch (Exception e)
                    {
                        lock (failures)
                        {
                            failures.Add(e.ToString());
                        }
                    }
                }
            })).ToArray();
            foreach (Thread thread in threads)
            {
                thread.Start();
            }
            foreach (Thread thread in threads)
            {
                thread.Join();
            }
            Expect.Equal("", string.Join("\n", failures.Take(3)));
            Expect.True(events >= 1600, "an event for each request, not " + events);
        }
    }

    private static void Post(FinautReceiver receiver, string body)
    {
        using (var web = new System.Net.WebClient { Proxy = null, Encoding = System.Text.Encoding.UTF8 })
        {
            web.Headers["Content-Type"] = "application/json";
            web.UploadString(Json.Get(receiver.Status(), "/urls/0"), body);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<string> CallOfAForgottenClient()
    {
        var told = new ManualResetEventSlim();
        FinautClient client = Sandbox.Client();
        client.Progress += (sender, e) => told.Set();
        Task<string> call = client.CheckAsync();
        told.Wait();
        return call;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<IntPtr> MakeAndForget(int count)
    {
        FieldInfo field = typeof(FinautClient).GetField("handle", BindingFlags.NonPublic | BindingFlags.Instance);
        var handles = new List<IntPtr>();
        // On a thread of its own, whose stack is gone afterwards: Mono looks through stacks for whatever may be an address.
        var thread = new Thread(() =>
        {
            for (int i = 0; i < count; i++)
            {
                FinautClient client = Sandbox.Client();
                client.Budget();
                handles.Add(((SafeHandle)field.GetValue(client)).DangerousGetHandle());
            }
        });
        thread.Start();
        thread.Join();
        return handles;
    }

    /// <summary>Whether the library still has a client of this handle.</summary>
    private static bool IsKnown(IntPtr handle)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance;
        Type type = typeof(FinautClient).Assembly.GetType("Finaut.ClientHandle");
        var same = (SafeHandle)Activator.CreateInstance(type, true);
        typeof(SafeHandle).GetMethod("SetHandle", Hidden).Invoke(same, new object[] { handle });
        try
        {
            MethodInfo interrupt = typeof(FinautClient).Assembly.GetType("Finaut.Native").GetMethod("finaut_client_interrupt");
            return (int)interrupt.Invoke(null, new object[] { same }) == 0;
        }
        finally
        {
            same.SetHandleAsInvalid(); // or it would free the client
        }
    }

    private static long Resident()
    {
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        string line = File.ReadAllLines("/proc/self/status").First(one => one.StartsWith("VmRSS"));
        return long.Parse(new string(line.Where(char.IsDigit).ToArray())) << 10;
    }
}
