// What a process of its own is needed for; tests/csharp.sh starts these and looks at what they say and how they end.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Finaut;

internal static class Process
{
    public static readonly Dictionary<string, Func<int>> Modes = new Dictionary<string, Func<int>>
    {
        { "--load", Load },
        { "--exit", Exit },
    };

    /// <summary>Says what library was loaded, or why none was; three times, as a service would try again.</summary>
    private static int Load()
    {
        for (int i = 0; i < 3; i++)
        {
            try
            {
                Console.WriteLine("version " + FinautLibrary.Version);
            }
            catch (FinautLibraryException e)
            {
                Console.WriteLine(e.Code + ": " + e.Message);
            }
        }
        try
        {
            new FinautClient("{}").Dispose();
            return 0;
        }
        catch (FinautException e)
        {
            Console.WriteLine("client: " + e.Message);
            return 3;
        }
    }

    /// <summary>Ends with clients open and a call under way.</summary>
    private static int Exit()
    {
        FinautClient client = Sandbox.ThrottledClient();
        var told = new ManualResetEventSlim();
        client.Progress += (sender, e) => told.Set();
        Task<string> call = client.CheckAsync();
        told.Wait();
        FinautClient other = Sandbox.Client();
        other.Check();
        Console.WriteLine("ends while a call waits: " + !call.IsCompleted);
        return 5;
    }
}
