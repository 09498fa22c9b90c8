// The nightly sync: typed replies, what is held, stale or busy as exceptions, and a run that is told of, cancelled and gone on with.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Finaut;
using Finaut.Replies;

internal static class SyncTests
{
    private static int houses;

    /// <summary>One company's HR file, profile and state, in a folder of its own.</summary>
    private sealed class House : IDisposable
    {
        private readonly string folder = Path.Combine(Path.GetTempPath(), "finaut-sync-" + Guid.NewGuid().ToString("N"));
        private readonly List<string> people;

        public House()
        {
            Directory.CreateDirectory(folder);
            string[] everybody = Finaut.Json.Items(Sandbox.Ask("GET", "people"), "").ToArray();
            Func<string, long> company = person => long.Parse(Finaut.Json.Get(person, "/company_id"));
            // Other tests hire people in the company of the first one.
            long own = everybody.Select(company).Where(one => one != company(everybody[0])).Max();
            string[] ours = everybody.Where(person => company(person) == own).ToArray();
            people = ours.Where(person => ours.Count(other => Alias(other) == Alias(person)) == 1).ToList();
            Profile = Path.Combine(folder, "hr.json");
            System.IO.File.WriteAllText(Profile, "{\"name\": \"night\", \"file\": {\"path\": \"hr.csv\", \"departments\": \"finaut\"}, \"scope\": {\"companies\": [" + own +
                "], \"schemes\": [\"afr\"]}}");
            Rename(0);
        }

        public string Profile { get; }

        public string State => Path.Combine(folder, "state.db");

        public string Page => Path.Combine(folder, "night.html");

        public FinautClient Client()
        {
            FinautOptions options = Sandbox.Options();
            options.State = State;
            return new FinautClient(options);
        }

        /// <summary>Writes everybody's row, the first of them with new last names as nobody had them before.</summary>
        public string[] Rename(int count)
        {
            string letters = new string((Guid.NewGuid().ToString("N").Substring(0, 8) + Interlocked.Increment(ref houses)).Select(c => (char)('a' + c % 26)).ToArray());
            string[] names = Enumerable.Range(0, count).Select(n => "Prøve-" + letters + (char)('a' + n)).ToArray();
            var text = new StringBuilder("fnr;ansattnr;fornavn;etternavn;avdeling\n");
            for (int n = 0; n < people.Count; n++)
            {
                Func<string, string> of = name => Finaut.Json.Get(people[n], "/" + name);
                text.AppendLine(string.Join(";", of("persnr"), of("employee_alias"), of("first_name"), n < count ? names[n] : of("last_name"), of("department_id")));
            }
            string path = Path.Combine(folder, "hr.csv");
            System.IO.File.WriteAllText(path, text.ToString());
            System.IO.File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1)); // it has stood still
            return names;
        }

        /// <summary>The last names that FinAut has of the first people.</summary>
        public string[] LastNames(int count)
        {
            Dictionary<string, string> now = Finaut.Json.Items(Sandbox.Ask("GET", "people"), "").ToDictionary(one => Finaut.Json.Get(one, "/id"), one => Finaut.Json.Get(one, "/last_name"));
            return people.Take(count).Select(person => now[Finaut.Json.Get(person, "/id")]).ToArray();
        }

        /// <summary>Approves the first plan.</summary>
        public void Approve(FinautClient client)
        {
            var held = Expect.Throws<FinautHeldException>(() => client.Sync.Run(profileFile: Profile));
            SyncRun run = client.Sync.ApplyTyped(plan: held.Plan, approve: "[\"first_run\"]", by: "Kari Prøve", why: "the first night", profileFile: Profile);
            Expect.Equal("done", run.State, run.Raw);
        }

        public void Dispose()
        {
            Directory.Delete(folder, true);
        }

        private static string Alias(string person)
        {
            return Finaut.Json.Get(person, "/employee_alias");
        }
    }

    public static void what_a_rail_holds_says_which_and_how_to_approve_and_is_then_carried_out()
    {
        using (var house = new House())
        using (FinautClient client = house.Client())
        {
            string[] names = house.Rename(2);
            var held = Expect.Throws<FinautHeldException>(() => client.Sync.Run(profileFile: house.Profile));
            Expect.Equal("held", held.Code);
            Expect.Equal("first_run", held.Rail);
            Expect.Equal("done", held.State);
            Expect.True(held.Limit == null && held.Found == 1 && held.Held >= 2 && held.HeldNew == held.Held, held.Json);
            Expect.True(held.Run.StartsWith("r-") && held.Message.Contains(held.Plan) && held.Message.Contains("sync.apply"), held.Message);
            Expect.Equal(0L, Expect.Throws<FinautHeldException>(() => client.Sync.Run(profileFile: house.Profile)).HeldNew);
            Expect.Throws<FinautNotFoundException>(() =>
                client.Sync.Apply(plan: "p-29991231-0000-0000", approve: "[\"first_run\"]", by: "Kari", why: "because", profileFile: house.Profile));
            var refused = Expect.Throws<FinautValidationException>(() =>
                client.Sync.Apply(plan: held.Plan, approve: "[\"everything\"]", by: "Kari", why: "because", profileFile: house.Profile));
            Expect.True(refused.Fields.ContainsKey("approve"), refused.Json);
            SyncRun run = client.Sync.ApplyTyped(plan: held.Plan, approve: "[\"first_run\"]", by: "Kari", why: "because", profileFile: house.Profile);
            Expect.True(run.State == "done" && run.Counts.Done >= 2 && run.Counts.Held == 0 && run.Failures.Count == 0, run.Raw);
            Expect.True(run.Steps.All(step => step.State == "done"), run.Raw);
            Expect.True(names.SequenceEqual(house.LastNames(2)), string.Join(" ", house.LastNames(2)));
            SyncReport report = client.Sync.ReportTyped(profile: "night", format: "html", path: house.Page);
            Expect.True(report.Text == null && System.IO.File.ReadAllText(house.Page).Contains("<html"), report.Raw);
            SyncStatus status = client.Sync.StatusTyped(profile: "night", maxAgeH: 1);
            Expect.True(status.State == "done" && status.LastDone != null && status.Error == null, status.Raw);
        }
    }

    public static void what_never_ran_is_stale()
    {
        using (var house = new House())
        using (FinautClient client = house.Client())
        {
            var stale = Expect.Throws<FinautStaleException>(() => client.Sync.Status(profile: "night", maxAgeH: 26));
            Expect.True(stale.Code == "stale" && stale.Message.Contains("none ever was"), stale.Message);
        }
    }

    public static void a_second_run_is_busy_and_the_first_tells_how_far_it_is()
    {
        using (var house = new House())
        using (FinautClient client = house.Client())
        using (FinautClient other = house.Client())
        {
            house.Approve(client);
            house.Rename(3);
            FinautBusyException busy = null;
            var told = new List<ProgressEventArgs>();
            client.Progress += (sender, e) =>
            {
                told.Add(e);
                if (busy == null && e.Event == "request" && Finaut.Json.Get(e.Json, "/method") == "PATCH")
                {
                    busy = Expect.Throws<FinautBusyException>(() => other.Sync.Run(profileFile: house.Profile));
                }
            };
            SyncRun run = client.Sync.RunTyped(profileFile: house.Profile);
            Expect.True(run.State == "done" && run.Counts.Done == 3, run.Raw);
            Expect.Equal(TimeSpan.FromSeconds(10), busy.RetryAfter.Value);
            string[] states = told.Where(e => e.Event == "sync").Select(e => Finaut.Json.Get(e.Json, "/state")).Distinct().ToArray();
            Expect.Equal("reading planning applying done", string.Join(" ", states));
            Expect.True(told.Any(e => e.Event == "sync" && Finaut.Json.Get(e.Json, "/state") == "applying" && Finaut.Json.Get(e.Json, "/done") == "1"), "the first step");
        }
    }

    public static void a_run_that_is_cancelled_finishes_its_step_and_is_gone_on_with()
    {
        using (var house = new House())
        using (FinautClient client = house.Client())
        using (var stop = new CancellationTokenSource())
        {
            house.Approve(client);
            string[] names = house.Rename(3);
            EventHandler<ProgressEventArgs> handler = (sender, e) =>
            {
                if (e.Event == "request" && Finaut.Json.Get(e.Json, "/method") == "PATCH")
                {
                    stop.Cancel();
                }
            };
            client.Progress += handler;
            Task<SyncRun> running = client.Sync.RunTypedAsync(profileFile: house.Profile, cancellationToken: stop.Token);
            Expect.Throws<AggregateException>(() => running.Wait());
            Expect.True(running.IsCanceled, "it is cancelled");
            client.Progress -= handler;
            Expect.Equal("stopped", client.Sync.StatusTyped(profile: "night").State);
            SyncRun run = client.Sync.RunTyped(profileFile: house.Profile);
            Expect.True(run.State == "done" && run.Counts.Done == 2, run.Raw);
            Expect.True(names.SequenceEqual(house.LastNames(3)), string.Join(" ", house.LastNames(3)));
        }
    }

    public static void a_run_whose_next_slot_is_too_far_away_waits_and_is_no_error()
    {
        using (var house = new House())
        using (FinautClient client = house.Client())
        {
            house.Approve(client);
            house.Rename(4);
            FinautOptions options = Sandbox.Options();
            options.State = house.State;
            options.Throttle = "{\"requests\": " + (int.Parse(Finaut.Json.Get(client.Budget(), "/used")) + 3) + "}";
            options.MaxWait = TimeSpan.FromSeconds(1);
            using (var narrow = new FinautClient(options))
            {
                SyncRun waiting = narrow.Sync.RunTyped(profileFile: house.Profile);
                Expect.True(waiting.State == "waiting" && waiting.NextSlot > TimeSpan.FromMinutes(1), waiting.Raw);
            }
            Expect.Equal("done", client.Sync.RunTyped(profileFile: house.Profile).State);
        }
    }
}
