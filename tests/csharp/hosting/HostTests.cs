// Finaut.Extensions in a generic host and in ASP.NET Core: settings, log, inbox, health, and the example of a plugin.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Finaut;
using Finaut.Extensions;
using Finaut.Replies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

internal static class HostTests
{
    private static IConfiguration Section(params string[] settings)
    {
        var all = settings.Select(setting => setting.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }

    private static string ToJson(object options)
    {
        return (string)options.GetType().GetMethod("ToJson", BindingFlags.NonPublic | BindingFlags.Instance).Invoke(options, null);
    }

    /// <summary>A name and a value for each property, those of objects in it included.</summary>
    private static IEnumerable<(string Name, string Value)> Samples(Type type, string prefix = "")
    {
        foreach (PropertyInfo property in type.GetProperties().Where(one => one.Name != "Other"))
        {
            Type of = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            string name = prefix + property.Name;
            if (of == typeof(TimeSpan))
            {
                continue; // the twin in seconds stands for it
            }
            if (of == typeof(TextList))
            {
                yield return (name + ":0", "/one");
                yield return (name + ":1", "/two");
            }
            else if (of.Name.EndsWith("Options"))
            {
                foreach ((string, string) inner in Samples(of, name + ":"))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return (name, of == typeof(string) ? "text" : of == typeof(bool) ? "true" : of == typeof(double) ? "12.5" : "17");
            }
        }
    }

    private static int Texts(string json)
    {
        return json.Split(new[] { "text", "12.5", "17", "true", "/one", "/two" }, StringSplitOptions.None).Length - 1;
    }

    public static void every_setting_is_bound_by_the_frameworks_own_binder()
    {
        foreach (Type type in new[] { typeof(FinautOptions), typeof(ReceiverOptions) })
        {
            (string Name, string Value)[] samples = Samples(type).ToArray();
            IConfiguration section = Section(samples.Select(sample => sample.Name + "=" + sample.Value).ToArray());
            object options = section.Get(type);
            string json = ToJson(options);
            Expect.Equal(samples.Length, Texts(json), json);
        }
        var services = new ServiceCollection();
        services.Configure<FinautOptions>(Section("Throttle:Requests=150", "Throttle:PerSeconds=60.5", "TimeoutSeconds=12.5", "MaxWait=00:01:30", "SetBy=590001",
            "Inbox:Header:Name=X-Key", "Inbox:KeepDays=7"));
        string bound = ToJson(services.BuildServiceProvider().GetRequiredService<IOptions<FinautOptions>>().Value);
        Expect.Equal("{\"timeout_s\":12.5,\"max_wait_s\":90,\"throttle\":{\"requests\":150,\"per_s\":60.5},\"set_by\":\"590001\"," +
            "\"inbox\":{\"header\":{\"name\":\"X-Key\"},\"keep_days\":7}}", bound);
        Expect.Equal("{\"throttle\":{\"requests\":3}}", ToJson(Section("Throttle={\"requests\":3}").Get<FinautOptions>()));
    }

    public static void the_librarys_own_names_do_as_well()
    {
        var services = new ServiceCollection();
        services.AddFinaut(Section("client_id=17", "timeout_s=12.5", "throttle:per_s=60.5", "max_body_bytes=2048", "inbox:verify=none"));
        string json = ToJson(services.BuildServiceProvider().GetRequiredService<IOptions<FinautOptions>>().Value);
        foreach ((string pointer, string value) in new[] { ("/timeout_s", "12.5"), ("/throttle/per_s", "60.5"), ("/max_body_bytes", "2048"), ("/inbox/verify", "none") })
        {
            Expect.Equal(value, Json.Get(json, pointer), json);
        }
        Expect.True(json.Contains("\"client_id\":\"17\""), json);
    }

    private static T Refused<T>(params string[] settings) where T : Exception
    {
        using (var stage = new Stage((services, section) => services.AddFinaut(section), true, settings))
        {
            return Expect.Throws<T>(() => stage.Start());
        }
    }

    public static void an_unknown_setting_is_refused_at_start_with_what_was_meant()
    {
        var e = Refused<FinautConfigException>("Throttle:Request=5");
        Expect.True(e.Message.Contains("\"request\"") && e.Message.Contains("\"requests\""), e.Message);
        e = Refused<FinautConfigException>("ClientIdd=x");
        Expect.True(e.Message.Contains("\"client_idd\"") && e.Message.Contains("\"client_id\""), e.Message);
        e = Refused<FinautConfigException>("Inbox:Header:Nam=x");
        Expect.True(e.Message.Contains("\"nam\""), e.Message);
        Expect.True(Refused<FinautConfigException>("Proxies:0=a", "Proxies:1=b").Message.Contains("\"proxies\""), "a list");
    }

    public static void a_duration_without_its_unit_is_refused_at_start()
    {
        var e = Refused<OptionsValidationException>("MaxWait=60");
        Expect.True(e.Message.Contains("Finaut:MaxWait") && e.Message.Contains("MaxWaitSeconds"), e.Message);
    }

    public static void what_happens_is_logged_without_identity_numbers()
    {
        using (var stage = new Stage((services, section) => services.AddFinaut(section)))
        {
            stage.Start();
            string persnr = Json.Get(Sandbox.Person(2), "/persnr");
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 502, \"times\": 1, \"method\": \"GET\"}");
            Stage.Ends(stage.Client.Users.GetAsync(persnr: persnr));
            string[] lines = stage.Log.Lines.Where(line => line.StartsWith("Finaut.FinautClient|")).ToArray();
            Expect.True(lines.Any(line => line.StartsWith("Finaut.FinautClient|Debug|users.get: GET user/ was answered with status 200")), stage.Log.All);
            Expect.True(lines.Any(line => line.StartsWith("Finaut.FinautClient|Information|users.get: is tried again in ") && line.EndsWith("status 502")), stage.Log.All);
            Expect.True(!stage.Log.All.Contains(persnr), "no identity number in " + stage.Log.All);
        }
    }

    public static void a_long_wait_is_information_and_a_short_one_is_not()
    {
        using (var stage = new Stage((services, section) => services.AddFinaut(section), true, "Throttle:Requests=1", "MaxWaitSeconds=100000", "ClientId=sandbox-client"))
        {
            stage.Start();
            FinautClient client = stage.Client;
            Stage.Ends(client.CheckAsync());
            using (var stop = new CancellationTokenSource())
            {
                Task<string> waiting = client.CheckAsync(cancellationToken: stop.Token);
                // Its first wait is told, and no second one within 30 s.
                Stage.Until(() => stage.Log.All.Contains("|check: waits for slot, "), "a wait in " + stage.Log.All);
                Expect.True(stage.Log.All.Contains("|Information|check: waits for slot, "), stage.Log.All);
                stop.Cancel();
                Stage.Until(() => waiting.IsCompleted, "it is cancelled");
            }
        }
        using (var stage = new Stage((services, section) => services.AddFinaut(section)))
        {
            stage.Start();
            string waits = "|check: waits for retry, ";
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 503, \"headers\": {\"Retry-After\": \"2\"}, \"method\": \"GET\"}");
            Stage.Ends(stage.Client.CheckAsync());
            Expect.True(stage.Log.All.Contains("|Debug" + waits) && !stage.Log.All.Contains("|Information" + waits), stage.Log.All);
            // One that goes on is long, whatever is left of it.
            stage.Client.ProgressInterval = TimeSpan.Zero;
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 503, \"headers\": {\"Retry-After\": \"3\"}, \"method\": \"GET\"}");
            Stage.Ends(stage.Client.CheckAsync());
            Expect.True(stage.Log.All.Contains("|Information" + waits), stage.Log.All);
        }
    }

    public static void a_log_that_throws_stops_no_call()
    {
        using (var stage = new Stage((services, section) => services.AddFinaut(section)))
        {
            stage.Start();
            int thrown = 0;
            stage.Log.Writing = line =>
            {
                Interlocked.Increment(ref thrown);
                throw new InvalidOperationException("the disk is full");
            };
            Stage.Ends(stage.Client.CheckAsync());
            Expect.True(thrown > 0, "the log threw");
            stage.Log.Writing = line => { };
        }
    }

    /// <summary>How many requests were sent that count: those for a token do not.</summary>
    private static int Requests(Stage stage)
    {
        return stage.Log.Lines.Count(line => line.Contains(" was answered with status ") && !line.Contains(" POST /o/token/ "));
    }

    private static HealthStatus Status(Stage stage, string words = "")
    {
        HealthReportEntry entry = stage.Health().Entries["finaut"];
        Expect.True(entry.Description.Contains(words), words + " in " + entry.Description);
        return entry.Status;
    }

    public static void health_costs_one_request_at_most_and_none_after_other_calls()
    {
        using (var stage = new Stage((services, section) => services.AddFinaut(section).AddHealthChecks().AddFinaut()))
        {
            stage.Start();
            Stage.Ends(Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Expect.Equal(HealthStatus.Healthy, Status(stage, "requests are free"))))));
            Expect.Equal(1, Requests(stage), stage.Log.All);
        }
        using (var stage = new Stage((services, section) => services.AddFinaut(section).AddHealthChecks().AddFinaut()))
        {
            stage.Start();
            Stage.Ends(stage.Client.Companies.ListAsync(options: new CallOptions { Fresh = true }));
            int before = Requests(stage);
            Expect.True(before > 0, stage.Log.All);
            Expect.Equal(HealthStatus.Healthy, Status(stage));
            Expect.Equal(before, Requests(stage), stage.Log.All);
        }
        using (var stage = new Stage((services, section) =>
            services.AddFinaut(section).AddHealthChecks().AddFinaut(configure: options => options.CheckEverySeconds = null)))
        {
            stage.Start();
            Expect.Equal(HealthStatus.Healthy, Status(stage));
            Expect.Equal(0, Requests(stage), stage.Log.All);
        }
    }

    public static void health_tells_of_used_up_requests_and_of_refused_credentials()
    {
        using (var stage = new Stage((services, section) => services.AddFinaut(section).AddHealthChecks().AddFinaut(), true, "Throttle:Requests=1"))
        {
            stage.Start();
            Stage.Ends(stage.Client.CheckAsync());
            Expect.Equal(HealthStatus.Degraded, Status(stage, "The hour's requests are used"));
        }
        using (var stage = new Stage((services, section) => services.AddFinaut(section).AddHealthChecks().AddFinaut(), true, "ClientSecret=wrong"))
        {
            stage.Start();
            Expect.Equal(HealthStatus.Unhealthy, Status(stage));
            int tries = stage.Log.Lines.Count(line => line.Contains("POST /o/token/"));
            Expect.True(tries > 0, stage.Log.All);
            Expect.Equal(HealthStatus.Unhealthy, Status(stage));
            Expect.Equal(tries, stage.Log.Lines.Count(line => line.Contains("POST /o/token/")), "it is remembered: " + stage.Log.All);
        }
        using (var stage = new Stage((services, section) => services.AddFinaut(section).AddHealthChecks().AddFinaut()))
        {
            stage.Start();
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 500, \"times\": 1000, \"method\": \"GET\"}");
            Expect.Throws<FinautServerException>(() => Stage.Ends(stage.Client.CheckAsync(new CallOptions { MaxWait = TimeSpan.Zero })));
            Expect.Equal(HealthStatus.Unhealthy, Status(stage));
            Sandbox.NoFaults();
            // As soon as a call succeeds, it is known to be well again, without a try of its own.
            Expect.Equal(HealthStatus.Unhealthy, Status(stage));
            Stage.Ends(stage.Client.CheckAsync());
            Expect.Equal(HealthStatus.Healthy, Status(stage));
        }
    }

    private sealed class Keeper : IFinautEventHandler
    {
        public static readonly List<string> Handled = new List<string>();
        public static Func<string, CancellationToken, Task> Work;

        public async Task HandleAsync(string eventJson, CancellationToken cancellationToken)
        {
            await Work(eventJson, cancellationToken);
            lock (Handled)
            {
                Handled.Add(Json.Get(eventJson, "/object/note"));
            }
        }

        public static bool Has(string note)
        {
            lock (Handled)
            {
                return Handled.Contains(note);
            }
        }
    }

    private static Stage Inbox(Func<string, CancellationToken, Task> work = null, Action<FinautInboxOptions> configure = null, bool withState = true)
    {
        Keeper.Handled.Clear();
        Keeper.Work = work ?? ((taken, token) => Task.CompletedTask);
        return new Stage((services, section) =>
            services.AddFinaut(section).AddFinautInbox<Keeper>(configure).AddHealthChecks().AddFinaut(configure: options => options.CheckEverySeconds = null), withState);
    }

    private static void Send(Stage stage, string note)
    {
        Stage.Ends(stage.Client.Webhook.AcceptAsync(body: "{\"note\": \"" + note + "\"}", path: "/finaut/webhook"));
    }

    private static string Acknowledged(Stage stage)
    {
        return Json.Get(stage.Client.Inbox.List(), "/acknowledged");
    }

    public static void events_are_handled_and_acknowledged_until_the_host_stops()
    {
        using (Stage stage = Inbox())
        {
            stage.Start();
            Send(stage, "first");
            Stage.Until(() => Keeper.Has("first"), "the first event");
            Stage.Until(() => Acknowledged(stage) == "1", "its acknowledgement");
            Expect.Equal(HealthStatus.Healthy, Status(stage));
            // It is waiting for an event now, for up to a minute; that must not hold the host up.
            DateTime began = DateTime.UtcNow;
            stage.Stop();
            Expect.True(DateTime.UtcNow - began < TimeSpan.FromSeconds(50), "it stops before its wait would end");
            Send(stage, "after");
            Expect.Equal("1", Json.Get(stage.Client.Inbox.List(), "/waiting"), "nobody takes it any more:");
        }
    }

    public static void an_event_that_is_being_handled_is_finished_when_the_host_stops()
    {
        var begun = new ManualResetEventSlim();
        var goOn = new ManualResetEventSlim();
        using (Stage stage = Inbox((taken, token) => Task.Run(() =>
        {
            begun.Set();
            goOn.Wait();
        })))
        {
            stage.Start();
            Send(stage, "slow");
            Expect.True(begun.Wait(Stage.Patience), "it has begun");
            Task stopping = Task.Run(() => stage.Stop());
            goOn.Set();
            Stage.Ends(stopping);
            Expect.True(Keeper.Has("slow"), "it was handled");
            Expect.Equal("1", Acknowledged(stage));
        }
    }

    public static void an_event_whose_handler_fails_is_told_and_comes_again()
    {
        int tries = 0;
        string persnr = Sandbox.UnusedPersnr();
        using (Stage stage = Inbox(
            (taken, token) => Interlocked.Increment(ref tries) == 1 ? throw new InvalidOperationException("no place for " + persnr) : Task.CompletedTask,
            options => options.LeaseSeconds = 60))
        {
            stage.Start();
            Send(stage, "again");
            Stage.Until(() => stage.Log.All.Contains("|Error|Event 1 of kind unknown was not handled"), "the failure in the log");
            Expect.Equal("0", Acknowledged(stage));
            Stage.Until(() => Status(stage) == HealthStatus.Degraded, "it shows");
            Expect.True(!stage.Health().Entries["finaut"].Description.Contains(persnr), "what a handler throws is not told to everybody");
            Stage.Ends(stage.Client.Inbox.RequeueAsync(1, reason: "mended"));
            Stage.Until(() => Keeper.Has("again"), "it comes again");
            Stage.Until(() => Status(stage) == HealthStatus.Healthy, "it is well again");
        }
    }

    public static void trouble_that_is_not_told_again_is_over()
    {
        Type type = typeof(IFinautEventHandler).Assembly.GetType("Finaut.Extensions.FinautInboxState");
        object state = Activator.CreateInstance(type);
        void Call(string method, params object[] arguments)
        {
            type.GetMethod(method).Invoke(state, arguments);
        }
        bool IsInTrouble()
        {
            return type.GetProperty("Trouble").GetValue(state) != null;
        }
        Call("Failed", new TimeoutException(), TimeSpan.FromHours(1));
        Expect.True(IsInTrouble(), "as long as it may be told again");
        Call("Failed", new TimeoutException(), TimeSpan.Zero);
        Expect.True(!IsInTrouble(), "after that it is over");
        Call("Ended", new TimeoutException());
        Call("Handled");
        Expect.True(IsInTrouble(), "nobody serves it any more");
    }

    public static void an_inbox_that_can_never_work_leaves_the_host_alone()
    {
        using (Stage stage = Inbox(withState: false))
        {
            stage.Start();
            Stage.Until(() => stage.Log.All.Contains("|Critical|The inbox is not served"), "it is told");
            Expect.Equal(HealthStatus.Unhealthy, Status(stage, "The inbox is not served"));
            Stage.Ends(stage.Client.CheckAsync());
            stage.Stop();
        }
    }

    public static void what_goes_on_failing_is_left_alone_for_longer_each_time()
    {
        int tries = 0;
        var client = Mock.Of<IFinautClient>((name, args) =>
        {
            Interlocked.Increment(ref tries);
            return name == "HandleEventsAsync" ? Task.FromException(new TimeoutException("away")) : throw new NotSupportedException(name);
        });
        using (var stage = new Stage((services, section) =>
            services.AddSingleton(client).AddFinaut(section).AddFinautInbox<Keeper>(options => options.PauseSeconds = 0.01)))
        {
            stage.Start();
            Stage.Until(() => tries >= 5, "five tries");
            stage.Stop();
            foreach (string pause in new[] { "0.01", "0.02", "0.04", "0.08" })
            {
                Expect.True(stage.Log.All.Contains("|Error|The inbox cannot be served; tried again in " + pause + " s"), pause + " in " + stage.Log.All);
            }
        }
    }

    public static void a_receiver_listens_while_the_inbox_is_served()
    {
        using (Stage stage = Inbox(configure: options => options.Receiver = new ReceiverOptions { Listen = "127.0.0.1:0", Open = true }))
        {
            stage.Start();
            Stage.Until(() => stage.Log.All.Contains("|Information|Webhooks are received at "), "the address");
            string line = stage.Log.Lines.Single(one => one.Contains("Webhooks are received at "));
            string url = "http://" + line.Substring(line.LastIndexOf(' ') + 1) + "/finaut/webhook";
            using (var http = new HttpClient(new HttpClientHandler { UseProxy = false }))
            {
                Expect.True(Stage.Ends(http.PostAsync(url, new StringContent("{\"note\": \"sent\"}"))).IsSuccessStatusCode, "it is taken");
                Stage.Until(() => Keeper.Has("sent"), "it is handled");
                stage.Stop();
                Expect.Throws<HttpRequestException>(() => Stage.Ends(http.PostAsync(url, new StringContent("{}"))));
            }
        }
    }

    /// <summary>The example as a program runs it, at a port of its own.</summary>
    private static (IHost, HttpClient) Plugin(Action<IServiceCollection> replace, params string[] settings)
    {
        IHost host = global::Plugin.CreateHostBuilder(new string[0])
            .ConfigureAppConfiguration(builder => builder.AddInMemoryCollection(settings.Select(one => one.Split('=', 2)).ToDictionary(p => p[0], p => p[1])))
            .ConfigureWebHost(web => web.UseUrls("http://127.0.0.1:0"))
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureServices(replace)
            .Build();
        Stage.Ends(host.StartAsync());
        string address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>().Addresses.Single();
        return (host, new HttpClient(new HttpClientHandler { UseProxy = false }) { BaseAddress = new Uri(address) });
    }

    public static void a_plugin_is_tested_with_a_mock()
    {
        var users = Mock.Of<IUsersOperations>((name, args) =>
        {
            Expect.Equal("GetAsync", name);
            return args.Contains("E-1") ? Task.FromResult("{\"first_name\": \"Kari\"}")
                : throw new FinautNotFoundException("There is no such user.", "{\"http_status\": 404}");
        });
        var asked = new List<string>();
        var client = Mock.Of<IFinautClient>((name, args) =>
        {
            asked.Add(name);
            return name == "get_Users" ? users
                : name == "HandleEventsAsync" ? Task.Delay(Timeout.Infinite, (CancellationToken)args[2])
                : (object)null;
        });
        // Nothing that a real client could be made of.
        (IHost host, HttpClient http) = Plugin(services => services.AddSingleton(client), "Finaut:Host=http://nowhere.invalid");
        using (host)
        {
            Expect.Equal("{\"first_name\": \"Kari\"}", Stage.Ends(http.GetStringAsync("/advisors/E-1")));
            Expect.True(asked.Contains("HandleEventsAsync"), "the inbox is served by it as well");
            Expect.Equal("NotFound", Stage.Ends(http.GetAsync("/advisors/E-2")).StatusCode.ToString());
            // The typed twins are the interfaces'.
            Expect.Equal("Kari", Stage.Ends(client.Users.GetTypedAsync(employeeAlias: "E-1")).FirstName);
            try
            {
                Stage.Ends(client.Users.GetTypedAsync(employeeAlias: "E-2"));
                Expect.True(false, "it throws");
            }
            catch (FinautNotFoundException failure)
            {
                Expect.Equal("not_found 404", failure.Code + " " + failure.HttpStatus);
            }
            Stage.Ends(host.StopAsync());
        }
    }

    public static void a_plugin_answers_takes_webhooks_and_tells_its_health()
    {
        string folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "finaut-plugin-" + Guid.NewGuid().ToString("N"));
        System.IO.Directory.CreateDirectory(folder);
        using (FinautClient own = Sandbox.Client())
        {
            string alias = "P-" + Guid.NewGuid().ToString("N").Substring(0, 12);
            Sandbox.NewPerson(own, "Kjærsti", alias: alias);
            var log = new KeptLog();
            (IHost host, HttpClient http) = Plugin(services => services.AddLogging(logging => logging.AddProvider(log)),
                Stage.Settings(new[] { "Inbox:PathSecret=0f3b5c2d81e94a67b1c8d2b4" }, folder).Select(one => one.Key + "=" + one.Value).ToArray());
            using (host)
            {
                Expect.Equal("Kjærsti", Json.Get(Stage.Ends(http.GetStringAsync("/advisors/" + alias)), "/first_name"));
                Expect.Equal("NotFound", Stage.Ends(http.GetAsync("/advisors/nobody-of-this-name")).StatusCode.ToString());
                Expect.Equal("Healthy", Stage.Ends(http.GetStringAsync("/health")));
                HttpResponseMessage taken = Stage.Ends(http.PostAsync("/finaut/webhook/0f3b5c2d81e94a67b1c8d2b4", new StringContent("{\"note\": \"ø\"}")));
                Expect.Equal("OK", taken.StatusCode.ToString());
                Expect.True(!Stage.Ends(http.PostAsync("/finaut/webhook/another", new StringContent("{}"))).IsSuccessStatusCode, "strangers are not let in");
                Stage.Until(() => log.All.Contains("ResultHandler|Information|Event 1: unknown"), "the event in " + log.All);
                Stage.Ends(host.StopAsync());
            }
        }
        System.IO.Directory.Delete(folder, true);
    }

    public static void pages_come_as_an_asynchronous_stream()
    {
        using (FinautClient client = Sandbox.Client())
        {
            async Task<int> Count(int most)
            {
                int pages = 0;
                await foreach (string page in client.PagesAsync("users.list"))
                {
                    Expect.Equal("100", Json.Count(page, "/results").ToString());
                    if (++pages == most)
                    {
                        break;
                    }
                }
                return pages;
            }
            Expect.Equal(2, Stage.Ends(Count(2)));
        }
    }

    public static void what_may_be_null_is_annotated_so()
    {
        // The compiler of the caller reads NullableAttribute: 2 is "may be null", 1 "is not".
        MethodInfo get = typeof(IUsersOperations).GetMethod("GetAsync");
        CustomAttributeData ofMethod = get.CustomAttributes.Concat(get.DeclaringType.CustomAttributes)
            .FirstOrDefault(one => one.AttributeType.Name == "NullableContextAttribute");
        byte context = ofMethod == null ? (byte)0 : (byte)ofMethod.ConstructorArguments[0].Value;
        byte Of(ParameterInfo parameter)
        {
            CustomAttributeData own = parameter.CustomAttributes.FirstOrDefault(one => one.AttributeType.Name == "NullableAttribute");
            return own == null ? context : own.ConstructorArguments[0].Value is byte single ? single
                : (byte)((IList<CustomAttributeTypedArgument>)own.ConstructorArguments[0].Value)[0].Value;
        }
        Expect.Equal((byte)2, Of(get.GetParameters().Single(one => one.Name == "employeeAlias")), "an argument that may be left out");
        Expect.Equal((byte)1, Of(get.ReturnParameter), "a reply");
    }
}
