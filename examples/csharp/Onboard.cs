// Onboarding with finaut, in C# and without a JSON package: what an HR system does when somebody is hired, as one program from top
// to bottom. It creates a person in FinAut: try it with the sandbox.
//
//   mcs -r:Finaut.Client.dll Onboard.cs        (or csc)
//   FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… mono Onboard.exe PERSNR
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Finaut;

internal static class Onboard
{
    // What a scheduler wants to know: is there something to mend, to wait for, or to look at before the next run?
    private const int Done = 0;
    private const int Failed = 1;
    private const int Misused = 2;
    private const int LookFirst = 3; // something was sent and nobody knows whether it took effect
    private const int TryLater = 75; // as sysexits.h has it
    private const int Stopped = 130; // as a shell has it after Ctrl-C

    private const string FirstName = "Kjærsti";
    private const string LastName = "Bjørnås-Ødegård";

    // Who sets statuses, as the register will say: the FinAut user who runs this program, here the first of the sandbox's people.
    private const long Administrator = 590001;

    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        if (args.Length != 1)
        {
            Console.Error.WriteLine("Usage: Onboard PERSNR (11 digits, of somebody whom FinAut does not know yet)");
            return Misused;
        }
        // The library would take the real server if none was named. A program that hires an invented person must not.
        if (Environment.GetEnvironmentVariable("FINAUT_API_HOST") == null)
        {
            Console.Error.WriteLine("Set FINAUT_API_HOST to the server that is to have the new person, as http://127.0.0.1:8700.");
            return Misused;
        }
        try
        {
            // Host and credentials come from the environment: no secret stands in this file or in the process list.
            using (var client = new FinautClient(new FinautOptions { MaxWait = TimeSpan.FromSeconds(30), SetBy = Administrator }))
            {
                client.Progress += Told;
                Console.CancelKeyPress += (sender, e) =>
                {
                    e.Cancel = true; // the process ends by itself, when what was on its way to the server is finished
                    client.Interrupt();
                };
                return Hire(client, args[0]);
            }
        }
        catch (FinautThrottledException e)
        {
            // Nothing is wrong. A service would put the call back into its queue for so long; we tell the scheduler.
            Tell(e);
            Console.Error.WriteLine("    Run this again in " + e.RetryAfter + ".");
            return TryLater;
        }
        catch (FinautValidationException e)
        {
            // What the user who filled in the form can mend, each beside its field.
            Tell(e);
            foreach (KeyValuePair<string, IReadOnlyList<string>> field in e.Fields)
            {
                Console.Error.WriteLine("    " + field.Key + ": " + string.Join(" ", field.Value));
            }
            return Failed;
        }
        catch (FinautUnknownOutcomeException e)
        {
            // The one error after which calling again could do a thing twice. The message says what to look at.
            Tell(e);
            return LookFirst;
        }
        catch (FinautInterruptedException e)
        {
            Tell(e);
            return Stopped;
        }
        catch (FinautException e)
        {
            Tell(e);
            switch (e.Code)
            {
                case "network":
                case "server":
                    return TryLater; // the library has tried several times already; later may be better
                case "library":
                case "config":
                case "authentication":
                    return Misused;
                default:
                    return Failed;
            }
        }
    }

    private static void Tell(FinautException failure)
    {
        Console.Error.WriteLine("  That did not work: " + failure.Message);
    }

    /// <summary>Told of what happens during a call, so that somebody at the screen knows why nothing moves.</summary>
    private static void Told(object sender, ProgressEventArgs e)
    {
        if (e.Event != "wait")
        {
            return;
        }
        bool isThrottled = e.WaitingFor == "slot" || e.WaitingFor == "pause";
        Console.Error.WriteLine(isThrottled
            ? "    … all requests of this hour are used; the next one is free in " + e.Left
            : "    … waiting (" + e.WaitingFor + ")");
    }

    private static int Hire(FinautClient client, string persnr)
    {
        string schemes = client.Schemes.List();
        Console.WriteLine("FinAut keeps " + Json.Get(schemes, "/count") + " schemes:");
        foreach (string scheme in Json.Items(schemes, "/results"))
        {
            Console.WriteLine("    {0,-4}  {1}", Json.Get(scheme, "/appname"), Json.Get(scheme, "/navn"));
        }

        string[] departments = Json.Items(client.Departments.List(), "/results").ToArray();
        if (departments.Length == 0)
        {
            Console.Error.WriteLine("  The account sees no department, so nobody can be hired.");
            return Failed;
        }
        // Ids go back as they came: FinAut's are addresses, and the library takes addresses and numbers alike.
        string department = Json.Get(departments[0], "/id");
        string company = Json.Get(departments[0], "/company");
        string elsewhere = departments.Skip(1).FirstOrDefault(other => Json.Get(other, "/company") == company);

        string person = client.Users.CreateCandidate(
            persnr: persnr, firstName: FirstName, lastName: LastName, email: "kjersti@bank.example", company: company,
            department: department, schemes: new[] { "afr" });
        // What is printed is what the register says, not what we sent.
        Console.WriteLine();
        Console.WriteLine("Hired " + Json.Get(person, "/first_name") + " " + Json.Get(person, "/last_name") + " in " +
            Json.Get(departments[0], "/departmentname") + ", a candidate in afr.");

        // People may be named by persnr, id or employeeAlias. The identity number is what an HR system has, and the cheapest here:
        // the library remembers whose number is whose, and need not look it up.
        client.Users.Enroll(persnr: persnr, schemes: new[] { "krd" });
        Console.WriteLine("Signed up to krd as well.");
        string hold = client.Users.Hold(persnr: persnr, scheme: "afr", comment: "begins after parental leave");
        Console.WriteLine("Set on hold in afr from " + Json.Get(hold, "/status_date") + ".");
        if (elsewhere != null)
        {
            client.Users.Move(persnr: persnr, department: Json.Get(elsewhere, "/id"));
            Console.WriteLine("Moved to " + Json.Get(elsewhere, "/departmentname") + ".");
        }
        else
        {
            Console.WriteLine("The company has no other department to move to.");
        }
        client.Users.AddRole(persnr: persnr, role: "afr_ba");
        Console.WriteLine("Made BA (bedriftsansvarlig) in afr, beside the roles that were there.");

        Console.WriteLine("Where " + FirstName + " stands today:");
        PrintStatuses(client.UserStatus.Latest(persnr: persnr));
        Console.WriteLine("And how it came to that:");
        PrintStatuses(client.UserStatus.List(persnr: persnr));
        Console.WriteLine("Exam results:");
        PrintList(client.Results.List(persnr: persnr), "none yet", result =>
            Json.Get(result, "/exam_date") + "  " + Json.Get(result, "/exam_name") + ": " + Json.Get(result, "/score"));

        string withdrawal = client.Users.Withdraw(persnr: persnr, scheme: "krd");
        Console.WriteLine("Withdrawn from krd from " + Json.Get(withdrawal, "/status_date") + ".");

        string budget = client.Budget(); // no request: the library counts for itself
        Console.WriteLine();
        Console.WriteLine("This took " + Json.Get(budget, "/used") + " requests; " + Json.Get(budget, "/free") + " more can go this hour.");
        return Done;
    }

    private static void PrintStatuses(string list)
    {
        PrintList(list, "none", status =>
        {
            string comment = Json.Get(status, "/comment");
            return string.Format("{0,-4}  {1}  {2}", Json.Get(status, "/appname"), Json.Get(status, "/status_date"),
                InWords(Json.Get(status, "/status"))) + (string.IsNullOrEmpty(comment) ? "" : " (" + comment + ")");
        });
    }

    private static void PrintList(string list, string none, Func<string, string> line)
    {
        string[] rows = Json.Items(list, "/results").ToArray();
        foreach (string row in rows)
        {
            Console.WriteLine("    " + line(row));
        }
        if (rows.Length == 0)
        {
            Console.WriteLine("    " + none);
        }
    }

    /// <summary>The register's own words for a status, in ours: "afrok" is the scheme afr and "ok".</summary>
    private static string InWords(string status)
    {
        return status == "hvilende" ? "on hold"
            : status == "utmeldt" ? "withdrawn"
            : status.EndsWith("ok", StringComparison.Ordinal) ? "authorised"
            : status.EndsWith("new", StringComparison.Ordinal) ? "not yet authorised"
            : status; // a word that is newer than this program is shown as it is
    }
}
