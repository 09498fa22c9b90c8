// Looks whether everything that an assembly refers to is there in a runtime: References ASSEMBLY FOLDER ONLY, where FOLDER holds the
// runtime's own assemblies and ONLY is the one assembly that may be referred to.
using System;
using System.Linq;
using Mono.Cecil;

internal static class References
{
    private static int Main(string[] args)
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string folder in resolver.GetSearchDirectories())
        {
            resolver.RemoveSearchDirectory(folder);
        }
        resolver.AddSearchDirectory(args[1]);
        ModuleDefinition module = ModuleDefinition.ReadModule(args[0], new ReaderParameters { AssemblyResolver = resolver });
        string[] others = module.AssemblyReferences.Select(reference => reference.Name).Where(name => name != args[2]).ToArray();
        string[] missing = module.GetMemberReferences().Where(member => !IsThere(member)).Select(member => member.FullName).ToArray();
        foreach (string problem in others.Concat(missing))
        {
            Console.WriteLine("not in " + args[2] + ": " + problem);
        }
        Console.WriteLine(module.GetMemberReferences().Count() + " members are referred to");
        return others.Length + missing.Length == 0 && module.HasAssemblyReferences ? 0 : 1;
    }

    private static bool IsThere(MemberReference member)
    {
        try
        {
            return member is MethodReference method ? method.Resolve() != null : ((FieldReference)member).Resolve() != null;
        }
        catch (AssemblyResolutionException)
        {
            return false;
        }
    }
}
