// The views of replies: what they read from the text, and that they keep it.
using System;
using System.Linq;
using Finaut;
using Finaut.Replies;

internal static class ReplyTests
{
    public static void a_view_reads_what_the_server_wrote()
    {
        using (FinautClient client = Sandbox.Client())
        {
            string json = client.Users.List();
            UserList users = UserList.Parse(json);
            Expect.Equal(json, users.Raw);
            Expect.Equal(Json.Count(json, "/results"), (long)users.Results.Count);
            Expect.Equal(Json.Get(json, "/count"), users.Count.ToString());
            Expect.True(users.NextPage == null && users.Missing == null, "the whole list");
            User user = users.Results[0];
            Expect.Equal(Json.Get(json, "/results/0/last_name"), user.LastName);
            Expect.Equal(Json.Get(json, "/results/0/work_for/company"), user.WorkFor.Company);
            Expect.Equal(Json.Get(json, "/results/0/userroles/0"), user.Userroles[0].Id);
            Expect.Equal(Json.Get(json, "/results/0/employment/0"), user.Employment.Single());
            Expect.Equal(0, user.Warnings.Count);
            // What nobody has described is there, digit for digit.
            Expect.Equal(Json.Get(json, "/results/0/revision"), user.Unknown["revision"]);
            Expect.Equal("revision", string.Join(" ", user.Unknown.Keys));
            Expect.Equal(user.Unknown["revision"], user.Get("revision"));
            Expect.Equal(Json.Get(json, "/results/0"), user.Raw);
        }
    }

    public static void typed_methods_give_views()
    {
        using (FinautClient client = Sandbox.Client())
        {
            UserList page = client.Users.ListTyped(page: 1);
            Expect.True(page.Results.Count == 100 && page.NextPage != null, "a page");
            Expect.True(client.Users.ListTyped(page: page.NextPage).Results.Count > 0, "the next one");
            User user = client.Users.GetTypedAsync(id: page.Results[0].Id).Result;
            Expect.Equal(page.Results[0].Persnr, user.Persnr);
            UserStatus held = client.Users.HoldTyped(scheme: "afr", id: user.Id, date: new DateTime(2030, 1, 31), comment: "null");
            Expect.Equal("hvilende", held.Status);
            Expect.Equal(new DateTime(2030, 1, 31), held.StatusDate.Value);
            // A text that reads like a JSON null is none.
            Expect.Equal("null", held.Comment);
            Result result = client.Results.ListTyped().Results.First();
            Expect.True(result.Score != null && result.Passed != null && result.ExamDate != null, result.Raw);
            Budget budget = client.BudgetTyped(requests: 5);
            Expect.True(budget.Free > 0 && budget.Per == TimeSpan.FromHours(1) && budget.ThroughAt.Value.Kind == DateTimeKind.Utc, budget.Raw);
            Expect.Equal("sandbox-client", client.CheckTyped().ClientId);
        }
    }

    public static void what_is_missing_null_or_of_another_type_reads_as_nothing()
    {
        User user = User.Parse("{\"last_name\": null, \"first_name\": \"null\", \"work_for\": \"{x\", \"userroles\": [{\"usertype\": \"ba\"}, \"http://x/\", \"{\"], " +
            "\"warnings\": [7, {\"code\": \"on_hold\"}], \"employment\": \"[\", \"nickname\": \"Kåre\", \"a/b\": null}");
        Expect.True(user.LastName == null && user.Persnr == null && user.WorkFor == null, "nothing");
        Expect.Equal("null", user.FirstName);
        Expect.Equal("null", user.Get("last_name"));
        Expect.True(user.Get("persnr") == null, "missing");
        Expect.Equal("ba http://x/ {", string.Join(" ", user.Userroles.Select(role => role.Usertype ?? role.Id)));
        Expect.Equal("on_hold", user.Warnings.Single().Code);
        Expect.Equal(0, user.Employment.Count);
        Expect.Equal("nickname=Kåre a/b=null", string.Join(" ", user.Unknown.Select(field => field.Key + "=" + field.Value)));
        Result result = Result.Parse("{\"score\": \"high\", \"passed\": 1, \"exam_date\": \"2026-11-20T10:00:00Z\", \"status\": 7}");
        Expect.True(result.Score == null && result.Passed == null, "of another type");
        Expect.Equal(new DateTime(2026, 11, 20), result.ExamDate.Value);
        ErrorDetails error = ErrorDetails.Parse("{\"code\": \"validation\", \"retry_after_s\": 1.5, \"fields\": {\"department\": [\"a\", \"b\"]}, \"values\": {\"department\": 9}}");
        Expect.Equal("a b", string.Join(" ", error.Fields["department"]));
        Expect.Equal("9", error.Values["department"]);
        Expect.Equal(TimeSpan.FromSeconds(1.5), error.RetryAfter.Value);
        Expect.Equal(0, error.ServerFields.Count);
    }

    public static void only_an_object_becomes_a_view()
    {
        Expect.True(InboxEvent.Parse("null") == null && InboxEvent.Parse(null) == null, "no event");
        foreach (string text in new[] { "", "[]", "7", "\"{}\"", "{", "{\"a\": 1} x" })
        {
            Expect.Throws<FinautArgumentException>(() => User.Parse(text));
        }
        Expect.Equal("{ }", User.Parse("{ }").ToString());
        Expect.Equal(17L, InboxEvent.Parse("\uFEFF {\"event\": 17, \"event\": 18}").Event.Value);
    }
}
