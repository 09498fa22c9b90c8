// The sandbox: clients of it, and what is asked of itself.
using System;
using System.Net;
using System.Text;
using System.Threading;
using Finaut;

internal static class Sandbox
{
    private static int numbers = System.Diagnostics.Process.GetCurrentProcess().Id % 2000 * 40;

    public static string Host => Environment.GetEnvironmentVariable("FINAUT_API_HOST");

    public static FinautOptions Options()
    {
        return new FinautOptions { Host = Host, Throttle = { Requests = 100000 }, SetBy = 590001 };
    }

    public static FinautClient Client()
    {
        return new FinautClient(Options());
    }

    /// <summary>A client all of whose requests of this hour are used: the account's are counted together.</summary>
    public static FinautClient ThrottledClient()
    {
        using (FinautClient first = Client())
        {
            first.Check();
        }
        FinautOptions options = Options();
        options.Throttle = "{\"requests\": 1}";
        options.MaxWait = TimeSpan.FromDays(1000); // each of many has its turn an hour after the one before
        return new FinautClient(options);
    }

    public static string Ask(string method, string path, string body = "")
    {
        var request = (HttpWebRequest)WebRequest.Create(Host + "/sandbox/" + path);
        request.Proxy = null;
        request.KeepAlive = false;
        request.Method = method;
        if (method == "POST")
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            request.ContentType = "application/json";
            using (var stream = request.GetRequestStream())
            {
                stream.Write(bytes, 0, bytes.Length);
            }
        }
        using (var response = request.GetResponse())
        using (var reader = new System.IO.StreamReader(response.GetResponseStream(), Encoding.UTF8))
        {
            return reader.ReadToEnd();
        }
    }

    public static void Fault(string json)
    {
        Ask("POST", "faults", json);
    }

    public static void NoFaults()
    {
        Ask("DELETE", "faults");
    }

    /// <summary>Somebody of those who are there, as {"id", "persnr", "first_name", …}.</summary>
    public static string Person(int n)
    {
        return Json.Get(Ask("GET", "people"), "/" + n);
    }

    /// <summary>An identity number that nobody has, another one each time.</summary>
    public static string UnusedPersnr()
    {
        return Json.Get(Ask("GET", "unused_persnr?n=" + Interlocked.Increment(ref numbers)), "/persnr");
    }

    /// <summary>Where new people are put: URLs of a department and its company.</summary>
    public static void Place(FinautClient client, out string company, out string department)
    {
        string departments = client.Departments.List();
        company = Json.Get(departments, "/results/0/company");
        department = Json.Get(departments, "/results/0/id");
    }

    public static string NewPerson(FinautClient client, string firstName = "Kari", string lastName = "Nordmann", string alias = null)
    {
        Place(client, out string company, out string department);
        return client.Users.CreateCandidate(persnr: UnusedPersnr(), firstName: firstName, lastName: lastName, company: company,
            department: department, employeeAlias: alias, schemes: new[] { "afr" });
    }
}
