using System;
using System.IO;
using Finaut;

/// <summary>
/// A first night: proposes a profile from the HR file; once there is one, plans the night and writes the page that HR looks at.
/// FirstNight PROFILE STATE_FILE PAGE [HR_FILE]
/// </summary>
internal static class FirstNight
{
    private static int Main(string[] args)
    {
        if (args.Length != 3 && args.Length != 4)
        {
            Console.Error.WriteLine("Usage: FirstNight PROFILE STATE_FILE PAGE [HR_FILE]");
            return 2;
        }
        string profile = args[0];
        try
        {
            using (var client = new FinautClient(new FinautOptions { State = args[1], Job = "nightly" }))
            {
                if (args.Length == 4 && !File.Exists(profile))
                {
                    string proposal = client.Call("sync.init", Json.Set("{}", "/file", args[3]));
                    File.WriteAllText(profile, Json.Get(proposal, "/profile"));
                    Console.WriteLine("Look at each line of " + profile + " before you go on.");
                    Console.WriteLine("Fill in " + Json.Get(proposal, "/fill_in"));
                    return 0;
                }
                string which = Json.Set("{}", "/profile_file", profile);
                string plan = client.Call("sync.plan", which);
                Console.WriteLine(Json.Get(plan, "/counts/create") + " to create, " + Json.Get(plan, "/counts/update") + " to change, "
                    + Json.Get(plan, "/counts/withdraw") + " to withdraw, " + Json.Get(plan, "/counts/held") + " held");
                Console.WriteLine(Json.Get(plan, "/cost/requests") + " requests");
                client.Call("sync.report", Json.Set(Json.Set(Json.Set(which, "/run", Json.Get(plan, "/plan")), "/format", "html"), "/path", args[2]));
                Console.WriteLine(Json.Get(client.Call("sync.status", which), "/state"));
                return 0;
            }
        }
        catch (FinautException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
