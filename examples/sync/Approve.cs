using System;
using System.Linq;
using Finaut;

/// <summary>
/// Approves of a reviewed plan what a person has decided, and carries it out.
/// Approve PROFILE STATE_FILE PLAN BY WHY WHAT…
/// WHAT: kinds ("create"), rails ("first_run"), fields ("department") or steps ("s3") of the plan.
/// </summary>
internal static class Approve
{
    private static int Main(string[] args)
    {
        if (args.Length < 6)
        {
            Console.Error.WriteLine("Usage: Approve PROFILE STATE_FILE PLAN BY WHY WHAT…");
            return 2;
        }
        string what = args.Skip(5).Aggregate("[]", (list, one) => Json.Set(list, "/-", one));
        try
        {
            using (var client = new FinautClient(new FinautOptions { State = args[1], MaxWait = TimeSpan.FromHours(1), Job = "approved" }))
            {
                string run = client.Sync.Apply(plan: args[2], by: args[3], why: args[4], approve: what, profileFile: args[0]);
                Console.WriteLine(Json.Get(run, "/state") + ": " + Json.Get(run, "/counts/done") + " done, " + Json.Get(run, "/counts/held") + " held");
                return 0;
            }
        }
        catch (FinautHeldException e)
        {
            Console.Error.WriteLine(e.Message);
            return 3;
        }
        catch (FinautException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
