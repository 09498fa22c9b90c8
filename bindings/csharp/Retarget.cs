// Makes the netstandard2.0 assembly out of the net461 one: the same code, whose types are looked for in netstandard.dll. No
// reference assembly of netstandard2.0 can be had from Debian, but there is mono's facade, which lists every type of it.
//
//   Retarget IN OUT FACADE
using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

internal static class Retarget
{
    private static int Main(string[] args)
    {
        ModuleDefinition module = ModuleDefinition.ReadModule(args[0]);
        AssemblyDefinition facade = AssemblyDefinition.ReadAssembly(args[2]);
        var standard = new HashSet<string>(facade.MainModule.ExportedTypes.Select(type => type.FullName));
        TypeReference[] foreign = module.GetTypeReferences().Where(type => standard.Contains(type.FullName)).ToArray();
        string[] missing = module.GetTypeReferences().Except(foreign).Select(type => type.FullName).ToArray();
        if (missing.Length > 0)
        {
            Console.Error.WriteLine("netstandard2.0 lacks " + string.Join(", ", missing));
            return 1;
        }
        AssemblyNameReference core = module.AssemblyReferences.Single(reference => reference.Name == "mscorlib");
        core.Name = "netstandard";
        core.Version = new Version(2, 0, 0, 0);
        core.PublicKeyToken = facade.Name.PublicKeyToken;
        foreach (TypeReference type in foreign.Where(type => type.DeclaringType == null))
        {
            type.Scope = core;
        }
        foreach (AssemblyNameReference other in module.AssemblyReferences.Where(reference => reference != core).ToArray())
        {
            module.AssemblyReferences.Remove(other);
        }
        CustomAttribute target = module.Assembly.CustomAttributes.Single(a => a.AttributeType.Name == "TargetFrameworkAttribute");
        target.ConstructorArguments[0] = new CustomAttributeArgument(module.TypeSystem.String, ".NETStandard,Version=v2.0");
        module.Write(args[1]);
        return 0;
    }
}
