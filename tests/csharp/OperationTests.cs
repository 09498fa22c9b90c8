// Each operation, and the binding's list of them compared with the library's.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Finaut;

internal static class OperationTests
{
    public static void pages_are_handed_over_or_asked_for_one_by_one()
    {
        using (FinautClient client = Sandbox.Client())
        {
            string[] everybody = Json.Items(client.Users.List(), "/results").Select(user => Json.Get(user, "/id")).ToArray();
            var seen = new List<string>();
            string reply = client.EachPage("users.list", null, page =>
            {
                client.Budget(); // it may call
                seen.AddRange(Json.Items(page, "/results").Select(user => Json.Get(user, "/id")));
            });
            Expect.Equal(string.Join(" ", everybody), string.Join(" ", seen));
            Expect.Equal(everybody.Length.ToString(), Json.Get(reply, "/count"));
            Expect.Equal(((everybody.Length + 99) / 100).ToString(), Json.Get(reply, "/pages"));
            Expect.Equal("0", Json.Get(reply, "/missing"));
            IEnumerable<string> pages = client.Pages("users.list");
            Expect.Equal(string.Join(" ", everybody),
                string.Join(" ", pages.SelectMany(page => Json.Items(page, "/results")).Select(user => Json.Get(user, "/id"))));
            Expect.Equal(everybody[100], Json.Get(client.Pages("users.list", "{\"page\": 2}").First(), "/results/0/id"));
        }
    }

    public static void a_reader_of_pages_stops_the_call()
    {
        using (FinautClient client = Sandbox.Client())
        using (var source = new CancellationTokenSource())
        {
            int pages = 0;
            Expect.Throws<DivideByZeroException>(() => client.EachPage("users.list", "{}", page =>
            {
                pages++;
                throw new DivideByZeroException();
            }));
            Expect.Equal(1, pages);
            Expect.Throws<OperationCanceledException>(() => client.EachPage("users.list", "{}", page =>
            {
                pages++;
                source.Cancel();
            }, source.Token));
            Expect.Equal(2, pages);
            Expect.Throws<ArgumentNullException>(() => client.EachPage("users.list", "{}", null));
            var e = Expect.Throws<FinautArgumentException>(() => client.EachPage("users.get", "{\"id\": 590001}", page => pages++));
            Expect.True(e.Message.Contains("users.list"), e.Message);
            Expect.Throws<FinautArgumentException>(() => client.Pages("users.list", "{\"nonsense\": 1}").First());
        }
    }

    /// <summary>A working life, with every operation that belongs to it.</summary>
    public static void each_operation_does_what_it_is_for()
    {
        using (FinautClient client = Sandbox.Client())
        {
            Sandbox.Place(client, out string company, out string department);
            string persnr = Sandbox.UnusedPersnr();
            string user = client.Users.Create(persnr: persnr, firstName: "Kjærsti", lastName: "Bjørnås-Ødegård", company: company,
                department: department, email: "kjersti@bank.example", mobile: "40000000", employeeAlias: "E-" + persnr,
                roles: new[] { "afr_ka", "krd_ba" });
            string id = Json.Get(user, "/id");
            Expect.Equal("Kjærsti", Json.Get(user, "/first_name"));
            Expect.Equal("Bjørnås-Ødegård", Json.Get(user, "/last_name"));
            Expect.Equal("kjersti@bank.example", Json.Get(user, "/email"));
            Expect.Equal("40000000", Json.Get(user, "/mobile"));
            Expect.Equal("E-" + persnr, Json.Get(user, "/employee_alias"));

            // However a person is named, it is the same one.
            Expect.Equal(id, Json.Get(client.Users.Get(persnr: persnr), "/id"));
            Expect.Equal(id, Json.Get(client.Users.Get(id: id), "/id"));
            Expect.Equal(id, Json.Get(client.Users.Get(id: long.Parse(id.TrimEnd('/').Split('/').Last())), "/id"));
            Expect.Equal(id, Json.Get(client.Users.Get(employeeAlias: "E-" + persnr), "/id"));
            Expect.Equal(id, Json.Get(client.Users.List(persnr: persnr), "/results/0/id"));
            Expect.Equal("100", Json.Items(client.Users.List(page: 2), "/results").Count().ToString());

            foreach (Func<string> create in new Func<string>[]
            {
                () => client.Users.CreateCandidate(Sandbox.UnusedPersnr(), "Per", "Å", company, department, new[] { "afr" }),
                () => client.Users.CreateBa(Sandbox.UnusedPersnr(), "Per", "Å", company, department, new[] { "afr" }),
                () => client.Users.CreateTl(Sandbox.UnusedPersnr(), "Per", "Å", company, department, new[] { "afr" }),
            })
            {
                Expect.Equal("Å", Json.Get(create(), "/last_name"));
            }

            user = client.Users.Update(persnr: persnr, changes: Json.Set("{}", "/email", "ny@bank.example"));
            Expect.Equal("ny@bank.example", Json.Get(user, "/email"));
            Expect.True(client.Users.AddRole(persnr: persnr, role: "afr_ba").Contains("afr_ba"), "the new role");
            Expect.True(client.Users.Enroll(persnr: persnr, schemes: new List<string> { "gos", "aip" }).Contains("aip_ka"), "both schemes");
            string elsewhere = Json.Items(client.Departments.List(company: company), "/results")
                .Select(one => Json.Get(one, "/id")).First(one => one != department);
            Expect.Equal(elsewhere, Json.Get(client.Users.Move(persnr: persnr, department: elsewhere), "/work_for/department"));
            string called = Json.Get(client.Departments.Get(id: department), "/departmentname");
            Expect.Equal(department, Json.Get(
                client.Users.Move(persnr: persnr, department: Reference.Named(called), company: company), "/work_for/department"));
            Expect.Equal(elsewhere, Json.Get(client.Users.Move(persnr: persnr, department: elsewhere), "/work_for/department"));
            var unknown = Expect.Throws<FinautValidationException>(
                () => client.Users.Move(persnr: persnr, department: Reference.Named("Ingen \"sted\""), company: company));
            Expect.True(unknown.Fields.ContainsKey("department") && unknown.Message.Contains(called), unknown.Json);

            string status = client.Users.Hold(persnr: persnr, scheme: "afr", date: new DateTime(2030, 1, 2, 23, 59, 0), comment: "fødsel");
            Expect.Equal("hvilende", Json.Get(status, "/status"));
            Expect.Equal("2030-01-02", Json.Get(status, "/status_date"));
            Expect.Equal("fødsel", Json.Get(status, "/comment"));
            Expect.Equal("utmeldt", Json.Get(client.Users.Withdraw(persnr: persnr, scheme: "gos"), "/status"));
            string made = client.UserStatus.Create(appname: "aip", user: id, status: "hvilende");
            Expect.Equal("aip", Json.Get(made, "/appname"));
            Expect.Equal("aip", Json.Get(client.UserStatus.Get(id: Json.Get(made, "/id")), "/appname"));
            Expect.Equal("aip", Json.Get(client.UserStatus.List(persnr: persnr, scheme: "aip"), "/results/0/appname"));
            Expect.True(Json.Get(client.UserStatus.Latest(persnr: persnr), "/count") != "0", "a status");

            string result = Json.Get(client.Results.List(fromDate: new DateTime(2000, 1, 1)), "/results/0/id");
            Expect.Equal(result, Json.Get(client.Results.Get(id: result), "/id"));
            string encrypted = Json.Get(Sandbox.Person(0), "/encrypted_id");
            string course = client.CompetencyResults.Create(encryptedUserId: encrypted, goal: 1, passedDate: new DateTime(2026, 1, 31),
                externalSystem: "LMS", externalId: "æ1");
            Expect.Equal("æ1", Json.Get(client.CompetencyResults.Get(id: Json.Get(course, "/id")), "/external_id"));
            Expect.True(Json.Get(client.CompetencyResults.List(encryptedUserId: encrypted), "/count") != "0", "a course");

            Expect.Equal(company, Json.Get(client.Companies.Get(id: company), "/id"));
            Expect.True(Json.Items(client.Companies.List(), "/results").Contains(client.Companies.Get(id: company)), "the company");
            Expect.Equal(department, Json.Get(client.Departments.Get(id: department), "/id"));
            Expect.True(Json.Items(client.Schemes.List(), "/results").Any(s => Json.Get(s, "/appname") == "afr"), "afr");
            string employment = Json.Items(client.Users.Get(persnr: persnr), "/employment").First();
            Expect.True(client.Employment.Get(id: employment).Contains(employment), "the employment");

            Expect.Equal("100000", Json.Get(client.Budget(requests: 500), "/limit"));
            Expect.Equal(Sandbox.Host, Json.Get(client.Check(), "/host"));
            string answer = client.Request(method: "GET", path: "user/", query: Json.Set("{}", "/persnr", persnr));
            Expect.Equal(id, Json.Get(answer, "/results/0/id"));
        }
        FinautOptions options = Sandbox.Options();
        options.LinkUrl = "https://finaut.example/link?ext={ext_user_id}";
        using (var client = new FinautClient(options))
        {
            Expect.Equal("https://finaut.example/link?ext=E%2F1", Json.Get(client.Link.Url(extUserId: "E/1"), "/url"));
        }
    }

    public static void one_person_is_made_as_hr_has_them_and_a_profile_is_proposed()
    {
        using (FinautClient client = Sandbox.Client())
        {
            string company, department;
            Sandbox.Place(client, out company, out department);
            string persnr = Sandbox.UnusedPersnr();
            Func<string, bool, string> ensure = (email, dryRun) => client.Users.Ensure(persnr: persnr, firstName: "Åse", lastName: "Prøve",
                department: department, schemes: new[] { "afr" }, email: email, dryRun: dryRun);
            Expect.Equal("would_create", Json.Get(ensure("ase@example.no", true), "/did"));
            Expect.Equal("created", Json.Get(ensure("ase@example.no", false), "/did"));
            Expect.Equal("nothing", Json.Get(ensure("ase@example.no", false), "/did"));
            Expect.Equal("ny@example.no", Json.Get(ensure("ny@example.no", false), "/changes/email/1"));

            string path = System.IO.Path.GetTempFileName();
            try
            {
                System.IO.File.WriteAllText(path, "Fnr;Etternavn;Avdeling\r\n" + persnr + ";Prøve;Finnes ikke\r\n");
                System.IO.File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
                string proposed = client.Sync.Init(file: Json.Set("{}", "/path", path), language: "no");
                Expect.Equal("Fnr", Json.Get(proposed, "/profile/file/columns/persnr"));
                Expect.Equal("/file/departments/Finnes ikke", Json.Get(proposed, "/fill_in/0"));
            }
            finally
            {
                System.IO.File.Delete(path);
            }
        }
    }

    public static void the_journal_and_the_budget_tell_the_job()
    {
        FinautOptions options = Sandbox.Options();
        options.Job = "nightly";
        options.JournalDays = 30;
        using (var client = new FinautClient(options))
        {
            string company, department;
            Sandbox.Place(client, out company, out department);
            var made = new List<ProgressEventArgs>();
            client.Progress += (sender, e) => made.Add(e);
            string person = client.Users.CreateCandidate(persnr: Sandbox.UnusedPersnr(), firstName: "Åse", lastName: "Prøve",
                company: company, department: department, schemes: new[] { "afr" });
            string id = Json.Get(person, "/id");
            client.Users.Update(id: id, changes: "{\"first_name\": \"Åsa\"}", options: new CallOptions { Job = "by hand" });
            string number = id.TrimEnd('/').Split('/').Last();
            Expect.True(made.All(e => e.Job == "nightly" || e.Job == "by hand"), "each event tells its job");
            Expect.Equal(number, made.Single(e => e.ObjectId != null).ObjectId);

            string lines = client.Journal.List(id: id, since: "2020-01-01");
            Expect.Equal("2", Json.Get(lines, "/count"));
            Expect.Equal("by hand", Json.Get(lines, "/results/0/job"));
            Expect.Equal("users.update", Json.Get(lines, "/results/0/operation"));
            Expect.Equal(number, Json.Get(lines, "/results/1/object_id"));
            Expect.Equal("done", Json.Get(lines, "/results/1/outcome"));
            Expect.Equal("1", Json.Get(client.Journal.List(id: id, job: "nightly"), "/count"));
            Expect.Equal("0", Json.Get(client.Journal.ListAsync(id: id, until: "2020-01-01").Result, "/count"));
            string budget = client.Budget(history: true);
            Expect.True(Json.Items(budget, "/by").Any(by => Json.Get(by, "/job") == "by hand"), budget);
            Expect.True(Json.Items(budget, "/hours").Any(hour => Json.Get(hour, "/requests") != "0"), budget);
        }
    }

    public static void a_plan_is_made_told_and_reported()
    {
        string folder = Path.Combine(Path.GetTempPath(), "finaut-sync-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        FinautOptions options = Sandbox.Options();
        options.State = Path.Combine(folder, "finaut.db");
        using (var client = new FinautClient(options))
        {
            string company, department;
            Sandbox.Place(client, out company, out department);
            string profile = "{\"name\": \"hr\", \"scope\": {\"companies\": [" + company.TrimEnd('/').Split('/').Last() +
                "], \"schemes\": [\"afr\"]}}";
            string plan = client.Sync.Plan(profile: profile, people: "[{\"employee_alias\": \"nobody\"}]");
            Expect.Equal("ready", Json.Get(plan, "/state"));
            Expect.Equal("1", Json.Get(plan, "/file/rows"));
            string status = client.Sync.Status(profile: "\"hr\"");
            Expect.Equal(Json.Get(plan, "/plan"), Json.Get(status, "/run"));
            string page = Path.Combine(folder, "plan.html");
            string report = client.Sync.Report(profile: "\"hr\"", format: "html", language: "en", path: page);
            Expect.Equal(page, Json.Get(report, "/path"));
            Expect.True(File.ReadAllText(page).StartsWith("<!doctype html>"), "a page");
            string text = client.Sync.ReportAsync(profile: "\"hr\"", format: "text", language: "en").Result;
            Expect.True(Json.Get(text, "/text").Contains("Plan p-"), text);
        }
        Directory.Delete(folder, true);
    }

    public static void an_operation_called_by_name_is_the_same()
    {
        using (FinautClient client = Sandbox.Client())
        {
            string persnr = Json.Get(Sandbox.Person(3), "/persnr");
            string typed = client.Users.Get(persnr: persnr);
            Expect.Equal(typed, client.Call("users.get", Json.Set(null, "/persnr", persnr)));
            Expect.Equal(typed, client.CallAsync("users.get", "{\"persnr\": \"" + persnr + "\"}").Result);
            Expect.Equal(typed, client.Users.GetAsync(persnr: persnr).Result);
            Expect.Equal(client.Schemes.List(), client.Call("schemes.list"));
        }
    }

    /// <summary>Each method, with each of its arguments: were one called otherwise, or sent as another type, the library would say
    /// so before anything else.</summary>
    public static void the_library_knows_every_argument_that_is_sent()
    {
        using (FinautClient client = Sandbox.Client())
        {
            foreach (Method method in Methods(client))
            {
                foreach (MethodInfo of in new[] { method.Sync, method.Async })
                {
                    bool isPerson = method.Person.Length > 0;
                    object[] values = of.GetParameters().Select(p => isPerson && method.Person.Contains(p.Name) && p.Name != "persnr"
                        ? Empty(p.ParameterType) : Sample(p, method.Types)).ToArray();
                    try
                    {
                        object reply = of.Invoke(method.Target, values);
                        (reply as Task<string>)?.GetAwaiter().GetResult();
                    }
                    catch (Exception e) when (e is TargetInvocationException || e is FinautException)
                    {
                        var failure = (e as FinautException ?? e.InnerException) as FinautException;
                        Expect.True(failure != null, of.Name + " failed like this: " + e);
                        // Fields: unknown, missing and mistyped ones. Other rules on arguments do not concern the binding.
                        bool misunderstood = failure is FinautArgumentException && failure.Fields.Count > 0;
                        Expect.True(!misunderstood, method.Name + ": " + failure.Message);
                        Expect.Equal(method.Name, failure.Operation, of.Name);
                    }
                }
            }
        }
    }

    public static void methods_and_arguments_are_those_that_the_library_lists()
    {
        string catalogue = FinautLibrary.Operations();
        Func<string, string, string[]> names = (json, pointer) => Json.Items(json, pointer).Select(one => Json.Get(one, "/name")).ToArray();
        string[] listed = names(catalogue, "/operations");
        string[] person = names(catalogue, "/person");
        string[] any = names(catalogue, "/any");
        using (FinautClient client = Sandbox.Client())
        {
            Method[] methods = Methods(client).ToArray();
            Expect.Equal("", string.Join(" ", listed.Except(methods.Select(m => m.Name))), "no method is missing for:");
            Expect.Equal(listed.Length, methods.Length, "as many methods as operations:");
            foreach (string operation in Json.Items(catalogue, "/operations"))
            {
                Method method = methods.Single(one => one.Name == Json.Get(operation, "/name"));
                IEnumerable<string> wanted = names(operation, "/arguments");
                wanted = Json.Get(operation, "/person") == "null" ? wanted : wanted.Concat(person);
                foreach (MethodInfo of in new[] { method.Sync, method.Async })
                {
                    ParameterInfo[] own = of.GetParameters()
                        .Where(p => p.ParameterType != typeof(CallOptions) && p.ParameterType != typeof(CancellationToken)).ToArray();
                    string got = string.Join(" ", own.Select(Wire).OrderBy(name => name, StringComparer.Ordinal));
                    Expect.Equal(string.Join(" ", wanted.OrderBy(name => name, StringComparer.Ordinal)), got, method.Name + " takes");
                    string required = string.Join(" ", Json.Items(operation, "/arguments").Where(a => Json.Get(a, "/required") == "true")
                        .Select(a => Json.Get(a, "/name")));
                    Expect.Equal(required, string.Join(" ", own.Where(p => !p.IsOptional).Select(Wire)), method.Name + " needs");
                }
            }
        }
        string options = string.Join(" ", typeof(CallOptions).GetProperties().Where(p => p.GetSetMethod() != null).Select(p => Wire(p.Name, p.PropertyType)));
        Expect.Equal(string.Join(" ", any), options, "any call takes");
    }

    public static void interfaces_have_every_method_of_their_classes()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var pairs = typeof(IFinautClient).GetProperties().Where(p => p.PropertyType.IsInterface)
            .Select(p => new { Interface = p.PropertyType, Class = typeof(FinautClient).GetProperty(p.Name).PropertyType }).ToList();
        Expect.Equal(typeof(FinautClient).GetProperties().Count(p => p.PropertyType.Name.EndsWith("Operations")), pairs.Count, "as many groups:");
        pairs.Add(new { Interface = typeof(IFinautClient), Class = typeof(FinautClient) });
        Func<MethodInfo, string> signature = method => method.ReturnType.Name + " " + method.Name + "(" + string.Join(", ", method.GetParameters()
            .Select(p => p.ParameterType + " " + p.Name + (p.IsOptional ? " optional" : ""))) + ")";
        foreach (var pair in pairs)
        {
            Expect.True(pair.Interface.IsAssignableFrom(pair.Class), pair.Class + " is " + pair.Interface);
            string[] wanted = pair.Class.GetMethods(Own).Where(m => !m.IsSpecialName && m.Name != "Dispose").Select(signature).ToArray();
            string[] got = pair.Interface.GetMethods().Where(m => !m.IsSpecialName).Select(signature).ToArray();
            Expect.Equal("", string.Join("\n", wanted.Except(got).Concat(got.Except(wanted))), pair.Interface.Name + " differs in:");
        }
    }

    public static void what_any_call_takes_reaches_the_library()
    {
        using (FinautClient client = Sandbox.ThrottledClient())
        {
            var e = Expect.Throws<FinautThrottledException>(() => client.Check(new CallOptions { MaxWait = TimeSpan.FromSeconds(1.5) }));
            Expect.True(e.Message.Contains("1.5 s"), "the wait in " + e.Message);
        }
        FinautOptions options = Sandbox.Options();
        options.Throttle = "{\"requests\": 100000, \"reserve\": 99999}";
        using (var client = new FinautClient(options))
        {
            client.Check(new CallOptions { Priority = Priority.Interactive });
            var none = new CallOptions { Priority = Priority.Bulk, MaxWait = TimeSpan.Zero };
            Expect.Throws<FinautThrottledException>(() => client.Check(none));
        }
        using (FinautClient client = Sandbox.Client())
        {
            int requests = 0;
            client.Schemes.List();
            client.Progress += (sender, e) => requests += e.Event == "request" ? 1 : 0;
            client.Schemes.List();
            Expect.Equal(0, requests, "remembered:");
            client.Schemes.List(new CallOptions { Fresh = true });
            Expect.Equal(1, requests, "fresh:");
        }
    }

    /// <summary>As operations are called in C#: group and method.</summary>
    private sealed class Method
    {
        public string Name;
        public object Target;
        public MethodInfo Sync, Async;
        public string[] Person;
        public Dictionary<string, string> Types;
    }

    private static IEnumerable<Method> Methods(FinautClient client)
    {
        string catalogue = FinautLibrary.Operations();
        Func<string, string> plain = name => name.Replace("_", "").ToLowerInvariant();
        var listed = Json.Items(catalogue, "/operations").ToDictionary(o => plain(Json.Get(o, "/name")));
        string[] person = Json.Items(catalogue, "/person").Select(p => Camel(Json.Get(p, "/name"))).ToArray();
        var groups = typeof(FinautClient).GetProperties().Where(p => p.PropertyType.Name.EndsWith("Operations"))
            .Select(p => new { Name = p.Name + ".", Target = p.GetValue(client, null) }).ToList();
        groups.Add(new { Name = "", Target = (object)client });
        foreach (var group in groups)
        {
            const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            MethodInfo[] all = group.Target.GetType().GetMethods(Own);
            foreach (MethodInfo sync in all.Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(CallOptions))
                && m.ReturnType == typeof(string)))
            {
                string key = plain(group.Name + sync.Name);
                Expect.True(listed.ContainsKey(key), "the library knows " + group.Name + sync.Name);
                yield return new Method
                {
                    Name = Json.Get(listed[key], "/name"),
                    Target = group.Target,
                    Sync = sync,
                    Async = all.Single(m => m.Name == sync.Name + "Async"),
                    Person = Json.Get(listed[key], "/person") == "null" ? new string[0] : person,
                    Types = Json.Items(listed[key], "/arguments").ToDictionary(a => Camel(Json.Get(a, "/name")), a => Json.Get(a, "/type")),
                };
            }
        }
    }

    private static string Wire(ParameterInfo parameter)
    {
        return Wire(parameter.Name, parameter.ParameterType);
    }

    private static string Wire(string name, Type type)
    {
        string snake = string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
        return type == typeof(TimeSpan) || type == typeof(TimeSpan?) ? snake + "_s" : snake;
    }

    private static string Camel(string name)
    {
        string[] words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
    }

    private static object Empty(Type type)
    {
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private static object Sample(ParameterInfo parameter, Dictionary<string, string> types)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var samples = new Dictionary<Type, object>
        {
            { typeof(string), "1" }, // as text and as JSON
            { typeof(Reference), (Reference)2147000000 },
            { typeof(ListPage), (ListPage)1 },
            { typeof(long), 1L },
            { typeof(double), 1.5 },
            { typeof(bool), true },
            { typeof(FinautDate), (FinautDate)new DateTime(2026, 1, 31) },
            { typeof(TimeSpan), TimeSpan.FromSeconds(1.5) },
            { typeof(Priority), Priority.Bulk },
            { typeof(IEnumerable<string>), new[] { "afr_ka" } },
            { typeof(CallOptions), new CallOptions { MaxWait = TimeSpan.FromSeconds(20), Priority = Priority.Interactive, Fresh = true } },
            { typeof(CancellationToken), CancellationToken.None },
        };
        // Which of the texts are JSON objects, the parameters do not tell.
        return types.TryGetValue(parameter.Name, out string shape) && shape == "object" ? "{}" : samples[type];
    }
}
