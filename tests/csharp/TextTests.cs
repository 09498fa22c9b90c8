// Text on its way through every layer, and JSON without a package.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading;
using Finaut;

internal static class TextTests
{
    private const string Difficult = "Bjørn \"Åse\" O'Neil \\ / Æ€漢😀 é\t";

    public static void every_letter_comes_back()
    {
        using (FinautClient client = Sandbox.Client())
        {
            string user = Sandbox.NewPerson(client, "Kjærsti Åse", Difficult + "x");
            string again = client.Users.Get(id: Json.Get(user, "/id"));
            Expect.Equal("Kjærsti Åse", Json.Get(again, "/first_name"));
            Expect.Equal(Difficult + "x", Json.Get(again, "/last_name"));
            string changes = Json.Set("{}", "/last_name", "y" + Difficult + "z");
            string changed = client.Users.Update(id: Json.Get(user, "/id"), changes: changes);
            Expect.Equal("y" + Difficult + "z", Json.Get(changed, "/last_name"));
            changed = client.UserStatus.Create("afr", Json.Get(user, "/id"), "hvilende", comment: "linje 1\r\nlinje 2\u0001\u007f");
            Expect.Equal("linje 1\r\nlinje 2\u0001\u007f", Json.Get(changed, "/comment"));
            var e = Expect.Throws<FinautArgumentException>(() => client.Call("users.get", Json.Set("{}", "/bø漢😀", "x")));
            Expect.True(e.Message.Contains("bø漢😀") && e.Fields.ContainsKey("bø漢😀"), e.Message);
        }
    }

    public static void json_goes_in_and_out()
    {
        string json = Json.Set(null, "/a/b", Difficult);
        json = Json.Set(json, "/list/-", "én");
        json = Json.Set(json, "/list/-", "[1, 2]");
        Expect.Equal(Difficult, Json.Get(json, "/a/b"));
        Expect.Equal("én|[1, 2]", string.Join("|", Json.Items(json, "/list")));
        Expect.Equal(null, Json.Get(json, "/c"));
        Expect.Equal("null", Json.Get("{\"c\": null}", "/c"));
        Expect.Equal("1.50", Json.Get("[1.50]", "/0"));
        Expect.Throws<FinautArgumentException>(() => Json.Get("{", ""));
        Expect.Throws<FinautArgumentException>(() => Json.Get(null, ""));
        Expect.Throws<FinautArgumentException>(() => Json.Get("{}", "a"));
        Expect.Throws<FinautArgumentException>(() => Json.Set("{}", "/a", null));
    }

    public static void items_are_those_of_the_list_and_nothing_else()
    {
        const string List = " [ {\"a\": [1, {\"b\": \"],}\\\\\"}], \"c\\\"\": 1} , \"x,\\\"]y\\\\\" ,[ ], [[1],[2]], null , 1e5, \"\" ] ";
        Expect.Equal("{\"a\": [1, {\"b\": \"],}\\\\\"}], \"c\\\"\": 1}|x,\"]y\\|[ ]|[[1],[2]]|null|1e5|", string.Join("|", Json.Items(List, "")));
        foreach (string none in new[] { "[]", " [ ] ", "{}", "\"[1]\"", "1", "null" })
        {
            Expect.Equal(0, Json.Items(none, "").Count(), none + " has");
            Expect.Equal(0L, Json.Count(none, ""), none + " has");
        }
        Expect.Equal(7L, Json.Count(List, ""));
        Expect.Equal("1|two", string.Join("|", Json.Items("{\"0\": 1, \"a\": \"two\"}", "")));
        Expect.Equal(0, Json.Items("{}", "/absent").Count());
        Expect.Equal("1", Json.Items("{\"a/b\": [1]}", "/a~1b").Single());
        Expect.Throws<FinautArgumentException>(() => Json.Items("[1", ""));
        Expect.Throws<FinautArgumentException>(() => Json.Items("[1]", "a"));
        Expect.Throws<FinautArgumentException>(() => Json.Items(null, ""));
        Expect.Throws<FinautArgumentException>(() => Json.Count("[1", ""));
    }

    public static void a_list_may_be_enumerated_twice_or_left_in_the_middle()
    {
        IEnumerable<string> items = Json.Items("[1, 2, 3]", "");
        Expect.Equal("1", items.First());
        Expect.Equal("1|2|3", string.Join("|", items));
        Expect.Equal(3, items.Count());
        using (IEnumerator<string> one = items.GetEnumerator(), other = items.GetEnumerator())
        {
            Expect.True(one.MoveNext() && one.MoveNext() && other.MoveNext(), "three items");
            Expect.Equal("2|1", one.Current + "|" + other.Current);
        }
    }

    public static void members_come_with_their_names()
    {
        const string Object = "{\"a\": {\"bø\\n\": [1], \"\": \"\\u00e6\", \"漢\": null}}";
        Expect.Equal("bø\n=[1]|=æ|漢=null", string.Join("|", Json.Members(Object, "/a").Select(member => member.Key + "=" + member.Value)));
        Expect.Equal(0, Json.Members(Object, "/absent").Count());
        Expect.Throws<FinautArgumentException>(() => Json.Members("[1]").ToArray());
        Expect.Throws<FinautArgumentException>(() => Json.Members("{"));
        Expect.Throws<FinautArgumentException>(() => Json.Items("[1, \"\\u0000\"]", "").ToArray());
    }

    public static void json_goes_into_json()
    {
        string json = Json.SetJson(Json.SetJson(null, "/rows/-", "{\"a\": 1.50}"), "/rows/-", "null");
        Expect.Equal("{\"rows\":[{\"a\":1.50},null]}", json);
        Expect.Throws<FinautArgumentException>(() => Json.SetJson("{}", "/a", "text"));
        Expect.Throws<FinautArgumentException>(() => Json.SetJson("{}", "/a", null));
    }

    /// <summary>By pointers that count up this would take hours.</summary>
    public static void a_long_list_is_read_once()
    {
        string list = "{\"results\": [" + string.Join(",", Enumerable.Range(0, 20000).Select(row => "{\"id\": " + row + ", \"filler\": \"" + new string('x', 300) + "\"}")) + "]}";
        int expected = 0;
        foreach (string row in Json.Items(list, "/results"))
        {
            Expect.Equal(expected++.ToString(), Json.Get(row, "/id"));
        }
        Expect.Equal(20000, expected);
    }

    public static void what_would_be_cut_off_is_refused()
    {
        using (FinautClient client = Sandbox.Client())
        {
            string persnr = Json.Get(Sandbox.Person(2), "/persnr");
            foreach (Action action in new Action[]
            {
                () => client.Users.Get(persnr: persnr + "\0"),
                () => client.Users.Get(id: "590002\0/"),
                () => client.Users.AddRole(persnr: persnr, role: "afr_ba\0"),
                () => client.Users.Enroll(persnr: persnr, schemes: new[] { "afr", "krd\0" }),
                () => client.Users.Update(persnr: persnr, changes: "{}\0"),
                () => client.Call("users.get\0", "{}"),
                () => client.Call("users.get", "{}\0{\"persnr\"}"),
                () => Json.Get("{}\0", ""),
                () => Json.Get("{}", "\0"),
                () => Json.Set("{}", "/a", "b\0c"),
                () => FinautLibrary.CheckPersnr(persnr + "\0"),
                () => new FinautClient("{}\0"),
                () => new FinautClient(new FinautOptions { ClientSecret = "hemmelig\0" }),
            })
            {
                var e = Expect.Throws<FinautArgumentException>(action);
                Expect.True(e.Message.Contains("U+0000"), e.Message);
                Expect.True(!e.Message.Contains(persnr) && !e.Message.Contains("hemmelig"), "the value is not told");
            }
        }
    }

    public static void half_a_character_is_refused()
    {
        using (FinautClient client = Sandbox.Client())
        {
            foreach (string half in new[] { "\ud83d", "x\ude00", "\ude00\ud83d", "\ud83dx", "\ud83d\ud83d\ude00" })
            {
                var e = Expect.Throws<FinautArgumentException>(() => client.Users.Get(employeeAlias: half));
                Expect.True(e.Message.Contains("half of a pair"), e.Message);
                Expect.Throws<FinautArgumentException>(() => Json.Set("{}", "/a", half));
            }
        }
    }

    public static void json_in_an_argument_stays_one_value()
    {
        using (FinautClient client = Sandbox.Client())
        {
            foreach (string changes in new[] { "{}, \"id\": 1", "{", "", "{} {}" })
            {
                var e = Expect.Throws<FinautArgumentException>(() => client.Users.Update(id: 590002, changes: changes));
                Expect.True(e.Message.StartsWith("changes: "), e.Message);
            }
            // What does not begin as JSON is a text, which the library refuses where it wants an object.
            var text = Expect.Throws<FinautArgumentException>(() => client.Users.Update(id: 590002, changes: "01819010001"));
            Expect.True(text.Message.Contains("must be an object") && !text.Message.Contains("0181901"), text.Message);
            Expect.Throws<FinautArgumentException>(() => client.Users.Update(id: 590002, changes: "[]"));
        }
    }

    public static void a_moment_is_sent_as_the_day_that_it_is_in_norway()
    {
        foreach (var day in new List<KeyValuePair<DateTime, string>>
        {
            Pair(new DateTime(2030, 1, 30, 22, 59, 59, DateTimeKind.Utc), "2030-01-30"),
            Pair(new DateTime(2030, 1, 30, 23, 0, 0, DateTimeKind.Utc), "2030-01-31"),
            Pair(new DateTime(2030, 6, 30, 21, 59, 59, DateTimeKind.Utc), "2030-06-30"),
            Pair(new DateTime(2030, 6, 30, 22, 0, 0, DateTimeKind.Utc), "2030-07-01"),
            Pair(new DateTime(2030, 12, 31, 23, 30, 0, DateTimeKind.Utc), "2031-01-01"),
            // Summer begins on 31 March, and ends on 27 October.
            Pair(new DateTime(2030, 3, 30, 22, 30, 0, DateTimeKind.Utc), "2030-03-30"),
            Pair(new DateTime(2030, 3, 31, 22, 30, 0, DateTimeKind.Utc), "2030-04-01"),
            Pair(new DateTime(2030, 10, 26, 22, 30, 0, DateTimeKind.Utc), "2030-10-27"),
            Pair(new DateTime(2030, 10, 27, 22, 30, 0, DateTimeKind.Utc), "2030-10-27"),
            Pair(new DateTime(2030, 1, 30, 23, 30, 0, DateTimeKind.Local), "2030-01-30"),
            Pair(new DateTime(2030, 1, 30, 23, 30, 0, DateTimeKind.Unspecified), "2030-01-30"),
            Pair(DateTime.MaxValue, "9999-12-31"),
            Pair(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), "9999-12-31"),
        })
        {
            Expect.Equal(day.Value, ((FinautDate)day.Key).ToString());
            FinautDate? maybe = (DateTime?)day.Key;
            Expect.Equal(day.Value, maybe.ToString());
        }
        Expect.Equal("2030-01-31", ((FinautDate)new DateTimeOffset(2030, 1, 30, 18, 30, 0, TimeSpan.FromHours(-5))).ToString());
        Expect.Equal("2030-01-30", ((FinautDate)new DateTimeOffset(2030, 1, 31, 0, 30, 0, TimeSpan.FromHours(5.5))).ToString());
        Expect.Equal("2030-01-31", ((FinautDate)new DateTimeOffset(2030, 1, 31, 0, 0, 0, TimeSpan.FromHours(1))).ToString());
        Expect.Equal("2030-01-31", new FinautDate(2030, 1, 31).ToString());
        using (FinautClient client = Sandbox.Client())
        {
            string person = Sandbox.NewPerson(client), persnr = Json.Get(person, "/persnr");
            var midnight = new DateTime(2030, 1, 30, 23, 30, 0, DateTimeKind.Utc);
            Expect.Equal("2030-01-31", Json.Get(client.Users.Hold(persnr: persnr, scheme: "afr", date: midnight), "/status_date"));
            Expect.Equal("2030-01-31", Json.Get(client.Users.Withdraw(persnr: persnr, scheme: "afr", date: new DateTimeOffset(midnight)), "/status_date"));
            Expect.Equal("0", Json.Get(client.Results.List(fromDate: midnight), "/count"));
        }
    }

    // Moments of another kind are equal all the same, as a dictionary sees them.
    private static KeyValuePair<DateTime, string> Pair(DateTime moment, string day)
    {
        return new KeyValuePair<DateTime, string>(moment, day);
    }

    public static void a_date_that_was_never_set_is_refused_by_its_name()
    {
        using (FinautClient client = Sandbox.Client())
        {
            foreach (Action call in new Action[]
            {
                () => client.Users.Hold(id: 590001, scheme: "afr", date: default(DateTime)),
                () => client.Users.Hold(id: 590001, scheme: "afr", date: DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)),
                () => client.Users.Hold(id: 590001, scheme: "afr", date: default(DateTimeOffset)),
                () => client.Users.Hold(id: 590001, scheme: "afr", date: default(FinautDate)),
            })
            {
                var e = Expect.Throws<FinautArgumentException>(call);
                Expect.True(e.Message.StartsWith("date: this is DateTime.MinValue") && e.Message.EndsWith("Nothing was sent."), e.Message);
            }
        }
    }

    public static void norways_clock_is_known_where_the_system_has_no_time_zones()
    {
        MethodInfo rule = typeof(FinautClient).Assembly.GetType("Finaut.Norway").GetMethod("OffsetByRule", BindingFlags.Static | BindingFlags.NonPublic);
        Func<DateTime, int> hours = utc => (int)((TimeSpan)rule.Invoke(null, new object[] { utc })).TotalHours;
        foreach (var change in new Dictionary<DateTime, int>
        {
            { new DateTime(1996, 3, 31, 1, 0, 0), 2 }, { new DateTime(1996, 10, 27, 1, 0, 0), 1 },
            { new DateTime(2024, 3, 31, 1, 0, 0), 2 }, { new DateTime(2024, 10, 27, 1, 0, 0), 1 },
            { new DateTime(2026, 3, 29, 1, 0, 0), 2 }, { new DateTime(2026, 10, 25, 1, 0, 0), 1 },
            { new DateTime(2027, 3, 28, 1, 0, 0), 2 }, { new DateTime(2027, 10, 31, 1, 0, 0), 1 },
            { new DateTime(2032, 3, 28, 1, 0, 0), 2 }, { new DateTime(2032, 10, 31, 1, 0, 0), 1 },
        })
        {
            var utc = DateTime.SpecifyKind(change.Key, DateTimeKind.Utc);
            Expect.Equal(change.Value, hours(utc));
            Expect.Equal(3 - change.Value, hours(utc.AddTicks(-1)));
        }
        TimeZoneInfo zone;
        try
        {
            zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");
        }
        catch (TimeZoneNotFoundException)
        {
            return; // all that could be compared with
        }
        for (var utc = new DateTime(2000, 1, 1, 0, 30, 0, DateTimeKind.Utc); utc.Year < 2037; utc = utc.AddHours(1))
        {
            Expect.True((int)zone.GetUtcOffset(utc).TotalHours == hours(utc), utc.ToString("o"));
        }
    }

    public static void the_threads_culture_plays_no_part()
    {
        var former = Thread.CurrentThread.CurrentCulture;
        var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        strange.NumberFormat.NumberDecimalSeparator = ",";
        strange.NumberFormat.NumberGroupSeparator = ".";
        strange.NumberFormat.NegativeSign = "~";
        strange.DateTimeFormat.DateSeparator = "|";
        Thread.CurrentThread.CurrentCulture = strange;
        try
        {
            using (FinautClient client = Sandbox.ThrottledClient())
            {
                var e = Expect.Throws<FinautThrottledException>(() => client.Check(new CallOptions { MaxWait = TimeSpan.FromSeconds(1.5) }));
                Expect.True(e.Message.Contains("1.5 s") && e.RetryAfter < TimeSpan.FromSeconds(4000), e.Message + e.RetryAfter);
                var negative = new CallOptions { MaxWait = TimeSpan.FromSeconds(-1.5) };
                Expect.True(Expect.Throws<FinautValidationException>(() => client.Check(negative)).Message.Contains("-1.5"), "the sign");
            }
            using (FinautClient client = Sandbox.Client())
            {
                string persnr = Json.Get(Sandbox.NewPerson(client), "/persnr");
                Expect.Equal("2030-12-31", Json.Get(client.Users.Hold(persnr: persnr, scheme: "afr", date: new DateTime(2030, 12, 31)), "/status_date"));
            }
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = former;
        }
    }

    public static void a_configuration_for_programs_of_another_encoding_serves()
    {
        string config = Json.Set("{\"throttle\": {\"requests\": 100000}}", "/encoding", "windows-1252");
        using (var client = new FinautClient(config))
        using (FinautClient other = Sandbox.Client())
        {
            string user = Sandbox.NewPerson(client, "Bjørn漢", "Ås");
            Expect.Equal("Bjørn漢", Json.Get(user, "/first_name"));
            // Another client would see it if what was sent had been taken for something else.
            Expect.Equal("Bjørn漢", Json.Get(other.Users.Get(id: Json.Get(user, "/id")), "/first_name"));
        }
    }

    public static void every_option_reaches_the_library()
    {
        var samples = new Dictionary<Type, object>
        {
            { typeof(string), "{}" }, { typeof(TimeSpan?), TimeSpan.FromSeconds(12.5) }, { typeof(long?), 1024L },
            { typeof(Reference), (Reference)"{}" }, { typeof(bool?), true }, { typeof(ThrottleOptions), (ThrottleOptions)"{}" },
            { typeof(InboxOptions), (InboxOptions)"{}" }, { typeof(TextList), (TextList)new[] { "{}" } },
        };
        foreach (object options in new object[] { new FinautOptions(), new ReceiverOptions() })
        {
            // Those in seconds are the same as those beside them.
            PropertyInfo[] properties = options.GetType().GetProperties().Where(p => p.CanWrite && p.PropertyType != typeof(double?)).ToArray();
            foreach (PropertyInfo property in properties)
            {
                property.SetValue(options, samples[property.PropertyType], null);
            }
            // Something is wrong with the values; but no name is unknown, and no value of another type than is taken.
            var e = Expect.Throws<FinautConfigException>(() => Make(options));
            Expect.True(!e.Message.Contains("unknown") && !e.Message.Contains("must be a number"), e.Message);
            MethodInfo toJson = options.GetType().GetMethod("ToJson", BindingFlags.NonPublic | BindingFlags.Instance);
            string json = (string)toJson.Invoke(options, null);
            Expect.Equal("12.5", Json.Get(json, options is FinautOptions ? "/connect_timeout_s" : "/request_timeout_s"));
            Expect.Equal((long)properties.Length, Json.Count(json, ""), json);
        }
    }

    private static string ToJson(object options)
    {
        MethodInfo toJson = options.GetType().GetMethod("ToJson", BindingFlags.NonPublic | BindingFlags.Instance);
        return (string)toJson.Invoke(options, null);
    }

    public static void objects_among_the_options_are_given_by_properties_or_as_json()
    {
        Expect.Equal("{}", ToJson(new FinautOptions()));
        Expect.Equal("{}", ToJson(new FinautOptions { Throttle = null, Inbox = null }));
        var options = new FinautOptions { Throttle = { Requests = 150, PerSeconds = 60.5 }, Inbox = { Header = { Name = "X-Key" } }, MaxWaitSeconds = 1.5 };
        Expect.Equal("{\"max_wait_s\":1.5,\"throttle\":{\"requests\":150,\"per_s\":60.5},\"inbox\":{\"header\":{\"name\":\"X-Key\"}}}", ToJson(options));
        Expect.Equal(TimeSpan.FromSeconds(1.5), options.MaxWait);
        options = new FinautOptions { Throttle = "{\"requests\": 3}" };
        Expect.Equal("{\"throttle\":{\"requests\": 3}}", ToJson(options));
        options.Throttle.Reserve = 1;
        var e = Expect.Throws<FinautArgumentException>(() => new FinautClient(options));
        Expect.True(e.Message.StartsWith("throttle: was given as JSON and by properties"), e.Message);
        Expect.Equal("{\"paths\":[\"/a\",\"/b\"]}", ToJson(new ReceiverOptions { Paths = "[\"/a\", \"/b\"]" }));
        Expect.Equal("{\"paths\":[\"/a\"]}", ToJson(new ReceiverOptions { Paths = { "/a" } }));
        Expect.Equal("{}", ToJson(new ReceiverOptions { Paths = null }));
        var broken = Expect.Throws<FinautArgumentException>(() => new FinautClient(new FinautOptions { Inbox = { PathSecret = "a\0b" } }));
        Expect.True(broken.Message.StartsWith("inbox: path_secret: "), broken.Message);
    }

    public static void settings_of_other_names_go_to_the_library_which_refuses_what_it_does_not_know()
    {
        var options = Sandbox.Options();
        options.Other["timeout_s"] = "12.5";
        Expect.Equal("12.5", Json.Get(ToJson(options), "/timeout_s"));
        new FinautClient(options).Dispose();
        options.Other["time\"out_s"] = "12.5";
        Expect.True(Expect.Throws<FinautConfigException>(() => new FinautClient(options)).Message.Contains("time"), "its name");
        options = Sandbox.Options();
        options.Throttle.Other["request"] = "5";
        var mixed = Expect.Throws<FinautConfigException>(() => new FinautClient(options));
        Expect.True(mixed.Message.Contains("\"requests\""), mixed.Message);
    }

    private static void Make(object options)
    {
        if (options is FinautOptions of)
        {
            new FinautClient(of);
        }
        using (FinautClient client = Sandbox.Client())
        {
            client.StartReceiver((ReceiverOptions)options);
        }
    }

    public static void identity_numbers_are_checked_without_a_client()
    {
        string persnr = Sandbox.UnusedPersnr();
        Expect.Equal("true", Json.Get(FinautLibrary.CheckPersnr(persnr), "/valid"));
        Expect.Equal("false", Json.Get(FinautLibrary.CheckPersnr("x"), "/valid"));
        Expect.Throws<FinautArgumentException>(() => FinautLibrary.CheckPersnr(null));
        Expect.True(FinautLibrary.Version.Split('.').Length == 3, FinautLibrary.Version);
    }
}
