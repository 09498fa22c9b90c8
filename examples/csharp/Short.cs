using System;
using Finaut;

internal static class Short
{
    private static int Main(string[] args)
    {
        // Host and credentials: FINAUT_API_HOST, FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET in the environment, or FinautOptions.
        using (var client = new FinautClient())
        {
            try
            {
                string user = client.Users.Get(persnr: args[0]);
                Console.WriteLine(Json.Get(user, "/first_name") + " " + Json.Get(user, "/last_name"));
                return 0;
            }
            catch (FinautNotFoundException)
            {
                Console.Error.WriteLine("FinAut does not know this person.");
                return 1;
            }
        }
    }
}
