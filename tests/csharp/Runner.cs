// Runs the C# tests: every public method of a class whose name ends in Tests is one, named after the promise that it keeps. An
// argument runs only those whose names contain it. tests/csharp.sh says where sandbox and library are.
using System;
using System.Linq;
using System.Reflection;
using System.Threading;

internal static class Runner
{
    // How long a test may take before it counts as hung: much longer than any does.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static int Main(string[] args)
    {
        if (args.Length > 0 && Process.Modes.TryGetValue(args[0], out Func<int> mode))
        {
            return mode();
        }
        string only = args.FirstOrDefault() ?? "";
        int passed = 0, failed = 0, skipped = 0;
        var tests = from type in typeof(Runner).Assembly.GetTypes()
                    where type.Name.EndsWith("Tests")
                    from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    where method.Name.Contains(only)
                    orderby type.Name, method.MetadataToken
                    select method;
        foreach (MethodInfo test in tests.ToArray())
        {
            Exception failure = Run(test);
            if (failure == null)
            {
                passed++;
                Console.WriteLine("ok      " + test.Name);
            }
            else if (failure is Skip)
            {
                skipped++;
                Console.WriteLine("skipped " + test.Name + " (" + failure.Message + ")");
            }
            else
            {
                failed++;
                Console.WriteLine("FAILED  " + test.Name);
                Console.WriteLine("        " + failure.ToString().Replace("\n", "\n        "));
            }
        }
        Console.WriteLine(passed + " passed, " + failed + " failed, " + skipped + " skipped");
        return failed == 0 ? 0 : 1;
    }

    private static Exception Run(MethodInfo test)
    {
        Exception failure = null;
        Sandbox.NoFaults();
        var thread = new Thread(() =>
        {
            try
            {
                ((Action)Delegate.CreateDelegate(typeof(Action), test))();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return thread.Join(Patience) ? failure : new TimeoutException("it hangs");
    }
}

/// <summary>What this runtime cannot do.</summary>
internal sealed class Skip : Exception
{
    public Skip(string why) : base(why)
    {
    }
}

internal static class Expect
{
    public static void True(bool condition, string what)
    {
        if (!condition)
        {
            throw new Exception("expected: " + what);
        }
    }

    public static void Equal<T>(T wanted, T got, string what = "")
    {
        True(Equals(wanted, got), what + " " + wanted + ", not " + got);
    }

    /// <summary>Runs what must throw exactly this kind of exception.</summary>
    public static T Throws<T>(Action action) where T : Exception
    {
        try
        {
            action();
        }
        catch (T e) when (e.GetType() == typeof(T))
        {
            return e;
        }
        catch (Exception e)
        {
            throw new Exception("expected: " + typeof(T).Name + ", not " + e);
        }
        throw new Exception("expected: " + typeof(T).Name + ", but nothing was thrown");
    }
}
