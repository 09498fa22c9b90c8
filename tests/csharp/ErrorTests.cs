// Failures: a class for each kind, and what it tells.
using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Formatters.Binary;
using System.Threading;
using System.Threading.Tasks;
using Finaut;

internal static class ErrorTests
{
    public static void arguments_that_the_library_does_not_know_are_told()
    {
        using (FinautClient client = Sandbox.Client())
        {
            var e = Expect.Throws<FinautArgumentException>(() => client.Call("users.get", "{\"persnummer\": \"ø\"}"));
            Expect.Equal("argument", e.Code);
            Expect.Equal("users.get", e.Operation);
            Expect.True(e.Message.Contains("\"persnummer\" is unknown"), e.Message);
            Expect.True(e.Fields.ContainsKey("persnummer"), e.Json);
            Expect.True(e.HttpStatus == null && e.RetryAfter == null && e.Request == null && e.CorrelationId == null, e.Json);
            Expect.Throws<FinautArgumentException>(() => client.Call("users.dance"));
            Expect.Throws<FinautArgumentException>(() => client.Call(null));
            Expect.Throws<FinautArgumentException>(() => client.Users.Get());
            Expect.Throws<FinautArgumentException>(() => client.Users.CreateCandidate(null, "a", "b", 1, 2, new[] { "afr" }));
        }
    }

    public static void settings_that_cannot_be_are_told()
    {
        var e = Expect.Throws<FinautConfigException>(() => new FinautClient(new FinautOptions { Host = "http://finaut.example" }));
        Expect.Equal("config", e.Code);
        Expect.Throws<FinautConfigException>(() => new FinautClient("{\"hots\": \"x\"}"));
        Expect.Throws<FinautArgumentException>(() => new FinautClient("{"));
        var json = Expect.Throws<FinautArgumentException>(() => new FinautClient(new FinautOptions { Throttle = "{\"requests\": " }));
        Expect.True(json.Message.StartsWith("throttle: "), json.Message);
    }

    public static void refused_values_come_with_their_fields()
    {
        using (FinautClient client = Sandbox.Client())
        {
            var e = Expect.Throws<FinautValidationException>(() => client.Users.Get(persnr: "123"));
            Expect.Equal("persnr", e.Fields.Keys.Single());
            Expect.True(e.Fields["persnr"].Single().Contains("11"), e.Json);
            Expect.True(e.HttpStatus == null, "nothing was sent");

            string known = Json.Get(Sandbox.Person(1), "/persnr");
            Sandbox.Place(client, out string company, out string department);
            e = Expect.Throws<FinautValidationException>(() => client.Users.CreateBa(known, "A", "B", company, department, new[] { "afr" }));
            Expect.True(e.HttpStatus == 422 && e.Fields.ContainsKey("persnr"), e.Json);
            Expect.True(e.ServerFields.ContainsKey("persnr") && e.Values["persnr"] == "***", e.Json);
            Expect.Equal("POST /finautapi/v1/user/", e.Request);
            Expect.Equal("users.create_ba", e.Operation);
            Expect.True(!e.ToString().Contains(known), "identity numbers are blanked");
        }
    }

    public static void fields_of_any_name_and_number_are_told()
    {
        const string Body = "{\\\"a\\\\\\\"b/c~d,{\\\": [\\\"x, y\\\", \\\"[z]\\\"], \\\"work_for\\\": {\\\"company\\\": \\\"ukjent ø\\\"}, \\\"n\\\": [1, null]}";
        Sandbox.Fault("{\"kind\": \"status\", \"status\": 422, \"headers\": {\"X-Correlation-Id\": \"c-1\"}, \"body\": \"" + Body + "\"}");
        using (FinautClient client = Sandbox.Client())
        {
            var e = Expect.Throws<FinautValidationException>(() => client.Check());
            Expect.Equal("x, y|[z]", string.Join("|", e.Fields["a\"b/c~d,{"]), e.Json);
            Expect.Equal("ukjent ø", e.Fields["work_for.company"].Single());
            Expect.Equal("1|null", string.Join("|", e.Fields["n"]));
            Expect.Equal(3, e.Fields.Count);
            Expect.Equal("c-1", e.CorrelationId);
        }
    }

    public static void what_the_server_calls_a_request_is_told_where_the_call_ends_well_too()
    {
        const string Named = "{\"kind\": \"status\", \"status\": 200, \"headers\": {\"X-Correlation-Id\": \"c-2\"}, \"body\": \"{}\"}";
        using (FinautClient client = Sandbox.Client())
        {
            client.Check();
            var options = new CallOptions();
            Sandbox.Fault(Named);
            client.Check(options);
            Expect.Equal("c-2", options.CorrelationId);
            Sandbox.Fault(Named);
            options = new CallOptions { Job = "by hand" };
            client.CheckAsync(options).Wait();
            Expect.Equal("c-2", options.CorrelationId);
            // No request is sent by this one.
            client.Budget(options: options);
            Expect.True(options.CorrelationId == null, "another call's");
        }
    }

    public static void wrong_credentials_are_told()
    {
        FinautOptions options = Sandbox.Options();
        options.ClientSecret = "hemmelig-ærlig";
        using (var client = new FinautClient(options))
        {
            var e = Expect.Throws<FinautAuthenticationException>(() => client.Check());
            Expect.True(!e.ToString().Contains("hemmelig"), "secrets are blanked");
        }
    }

    public static void what_the_server_refuses_has_its_class()
    {
        using (FinautClient client = Sandbox.Client())
        {
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 403, \"headers\": {\"X-Correlation-Id\": \"abc-æ\"}}");
            var permission = Expect.Throws<FinautPermissionException>(() => client.Check());
            Expect.Equal(403, permission.HttpStatus);
            var missing = Expect.Throws<FinautNotFoundException>(() => client.Users.Get(id: 1));
            Expect.Equal(404, missing.HttpStatus);
            Sandbox.Fault("{\"kind\": \"status\", \"status\": 503, \"headers\": {\"Retry-After\": \"7\"}}");
            var server = Expect.Throws<FinautServerException>(() => client.Check(new CallOptions { MaxWait = TimeSpan.Zero }));
            Expect.Equal(503, server.HttpStatus);
            Expect.Equal(TimeSpan.FromSeconds(7), server.RetryAfter);
            Sandbox.Fault("{\"kind\": \"html\", \"status\": 200}");
            Expect.Throws<FinautProtocolException>(() => client.Check());
            Sandbox.Fault("{\"kind\": \"cut_after_acting\", \"method\": \"POST\", \"path\": \"userstatus/\"}");
            var unknown = Expect.Throws<FinautUnknownOutcomeException>(() => client.Request("POST", "userstatus/", body: "{}"));
            Expect.Equal("unknown_outcome", unknown.Code);
        }
    }

    public static void several_people_with_one_alias_are_ambiguous()
    {
        using (FinautClient client = Sandbox.Client())
        {
            string alias = "twin-" + Sandbox.UnusedPersnr();
            Sandbox.NewPerson(client, "Én", "Tvilling", alias);
            Sandbox.NewPerson(client, "Annen", "Tvilling", alias);
            Expect.Throws<FinautAmbiguousException>(() => client.Users.Get(employeeAlias: alias));
        }
    }

    public static void a_used_up_throttle_says_when()
    {
        using (FinautClient client = Sandbox.ThrottledClient())
        {
            var e = Expect.Throws<FinautThrottledException>(() => client.Check(new CallOptions { MaxWait = TimeSpan.Zero }));
            Expect.True(e.RetryAfter > TimeSpan.FromSeconds(1000) && e.RetryAfter < TimeSpan.FromSeconds(4000), "in an hour, not " + e.RetryAfter);
        }
    }

    public static void a_pause_without_end_does_not_overflow()
    {
        Sandbox.Fault("{\"kind\": \"status\", \"status\": 503, \"headers\": {\"Retry-After\": \"9999999999999999\"}}");
        using (FinautClient client = Sandbox.Client())
        {
            var e = Expect.Throws<FinautServerException>(() => client.Check(new CallOptions { MaxWait = TimeSpan.Zero }));
            Expect.True(e.RetryAfter == null || e.RetryAfter > TimeSpan.FromDays(1), e.Json);
        }
    }

    public static void a_server_that_is_not_there_is_told()
    {
        FinautOptions options = Sandbox.Options();
        options.Host = "http://127.0.0.1:1";
        options.MaxWait = TimeSpan.Zero;
        using (var client = new FinautClient(options))
        {
            Expect.Throws<FinautNetworkException>(() => client.Check());
        }
    }

    public static void a_state_file_that_cannot_be_used_is_told()
    {
        FinautOptions options = Sandbox.Options();
        options.State = Path.GetTempPath();
        Expect.Throws<FinautStateException>(() =>
        {
            using (var client = new FinautClient(options))
            {
                client.Check();
            }
        });
    }

    /// <summary>Those that no call here can be made to end with as well.</summary>
    public static void each_code_has_its_class()
    {
        string[] words =
        {
            "argument", "handle", "config", "validation", "authentication", "permission", "not_found", "ambiguous", "throttled", "server",
            "network", "unknown_outcome", "protocol", "interrupted", "state", "forked", "internal",
            "held", "stale", "busy",
        };
        for (int code = 1; code <= words.Length; code++)
        {
            string word = words[code - 1];
            FinautException e = Of(code, "{\"code\":\"" + word + "\",\"message\":\"Å nei\"}");
            string wanted = "Finaut" + string.Concat(word.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1))) + "Exception";
            Expect.Equal(wanted, e.GetType().Name);
            Expect.Equal(word, e.Code);
            Expect.Equal("Å nei", e.Message);
        }
        FinautException newer = Of(99, "{\"code\":\"newer\",\"message\":\"m\"}");
        Expect.True(newer.GetType() == typeof(FinautException) && newer.Code == "newer", "codes to come are of the common class");
        FinautException without = Of(17, null);
        Expect.True(without is FinautInternalException && without.Message.Contains("17") && without.Fields.Count == 0, without.ToString());
    }

    public static void errors_cross_application_domains()
    {
        FinautException e;
        using (FinautClient client = Sandbox.Client())
        {
            e = Expect.Throws<FinautValidationException>(() => client.Users.Get(persnr: "123"));
        }
        var stream = new MemoryStream();
        try
        {
            new BinaryFormatter().Serialize(stream, e);
        }
        catch (NotSupportedException)
        {
            throw new Skip("this runtime has neither application domains nor their serialisation");
        }
        stream.Position = 0;
        var got = (FinautValidationException)new BinaryFormatter().Deserialize(stream);
        Expect.Equal(e.Message, got.Message);
        Expect.Equal(e.Json, got.Json);
        Expect.Equal("validation", got.Code);
        Expect.Equal("persnr", got.Fields.Keys.Single());
    }

    public static void a_failure_comes_out_of_a_task_as_it_is()
    {
        using (FinautClient client = Sandbox.Client())
        {
            Task<string> task = client.Users.GetAsync(persnr: "123");
            Expect.Throws<FinautValidationException>(() => task.GetAwaiter().GetResult());
            // Also what the binding itself refuses: nobody expects an exception before there is a task.
            task = client.Users.GetAsync(persnr: "1\0");
            Expect.Throws<FinautArgumentException>(() => task.GetAwaiter().GetResult());
        }
    }

    private static FinautException Of(int code, string json)
    {
        MethodInfo of = typeof(FinautException).GetMethod("Of", BindingFlags.NonPublic | BindingFlags.Static);
        return (FinautException)of.Invoke(null, new object[] { code, json });
    }
}
