using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Finaut
{
    /// <summary>
    /// Finds the native library, and refuses one that is not for this assembly. FINAUT_LIBRARY names its file. Without that .NET
    /// Core probes for it as it does for any, Mono follows Finaut.Client.dll.config, and .NET Framework, which knows no folder for
    /// each kind of process, is given runtimes\win-x64 or win-x86 beside the assembly.
    /// </summary>
    internal static class NativeFile
    {
        private const string Variable = "FINAUT_LIBRARY";
        private const string Soname = "libfinaut.so.1";
        private const string WindowsName = "finaut.dll";

        private static readonly object Gate = new object();
        private static volatile bool isReady;
        private static bool isFound;

        private static bool IsWindows => Environment.OSVersion.Platform == PlatformID.Win32NT;

        private static string Override
        {
            get
            {
                string path = Environment.GetEnvironmentVariable(Variable);
                return string.IsNullOrEmpty(path) ? null : path;
            }
        }

        /// <summary>Makes sure that the functions of <see cref="Native"/> can be called.</summary>
        /// <exception cref="FinautLibraryException">They cannot.</exception>
        public static void Require()
        {
            if (isReady)
            {
                return;
            }
            lock (Gate)
            {
                // What was found is loaded until the process ends; what was not is looked for again, as it may be there by then.
                if (!isFound)
                {
                    isFound = Find();
                }
                CheckInterface();
                isReady = true;
            }
        }

        private static bool Find()
        {
            try
            {
                if (Type.GetType("Mono.Runtime") != null && !IsWindows)
                {
                    if (Override != null)
                    {
                        Mono.Map(Override);
                    }
                }
                else if (NetCore.IsRunning)
                {
                    NetCore.Resolve();
                }
                else if (IsWindows)
                {
                    Windows.Load();
                }
                else if (Override != null)
                {
                    throw new FinautLibraryException(Variable + " is honoured by Mono and from .NET Core 3.0 on, not by this runtime. " +
                        "Unset it, and put libfinaut.so beside the program.");
                }
                return true;
            }
            catch (Exception e) when (IsOfLoading(e))
            {
                throw Missing(e);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)] // see Native.Take
        private static void CheckInterface()
        {
            uint number;
            try
            {
                number = Native.finaut_abi_version();
                if (IsWindows)
                {
                    Windows.CheckThatItIsTheOne();
                }
            }
            catch (Exception e) when (IsOfLoading(e))
            {
                throw Missing(e);
            }
            if (number != Numbers.AbiVersion)
            {
                throw new FinautLibraryException("The native library" + Named() + " has interface " +
                    number + ", this Finaut.Client was made for " + Numbers.AbiVersion + ". Install versions of both that belong together.");
            }
        }

        /// <summary>The library has the right interface, but is of a time when that had fewer functions.</summary>
        public static FinautLibraryException TooOld(EntryPointNotFoundException e)
        {
            return new FinautLibraryException("The native library" + Named() + ", version " + FinautLibrary.Version +
                ", is older than this Finaut.Client and lacks a function (" + OneLine(e.Message) + "). Install a newer one.");
        }

        private static bool IsOfLoading(Exception e)
        {
            return e is DllNotFoundException || e is BadImageFormatException || e is EntryPointNotFoundException || e is Win32Exception;
        }

        private static FinautLibraryException Missing(Exception e)
        {
            string bits = IntPtr.Size * 8 + "-bit";
            string what = e is EntryPointNotFoundException
                ? "What was loaded as the native library of finaut lacks its functions"
                : "The native library of finaut cannot be loaded into this " + bits + " process";
            string where = Override != null
                ? "Look at what " + Variable + " names: " + Override
                : IsWindows
                    ? "Put the " + bits + " finaut.dll at " + Beside() + ", or name it in " + Variable
                    : "Install " + Soname + " where the system looks for libraries, put it beside the program (on Mono as " + Soname +
                      ", on .NET Core as libfinaut.so), or name its file in " + Variable;
            return new FinautLibraryException(what + " (" + OneLine(e.Message) + "). " + where + ".");
        }

        private static string Named()
        {
            return Override == null ? "" : " " + Override;
        }

        /// <summary>A runtime's own words, which may go on for lines, as part of a sentence.</summary>
        private static string OneLine(string message)
        {
            return string.Join(" ", message.Split((char[])null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        }

        /// <summary>Where the package puts the file for this kind of process.</summary>
        private static string Beside()
        {
            string kind = (IsWindows ? "win" : "linux") + (IntPtr.Size == 8 ? "-x64" : "-x86");
            string file = IsWindows ? WindowsName : "libfinaut.so";
            return Path.Combine(Folder(), "runtimes", kind, "native", file);
        }

        /// <summary>The folder that the assembly was deployed to: not where ASP.NET copied it to, without its neighbours.</summary>
        private static string Folder()
        {
            try
            {
                return Path.GetDirectoryName(new Uri(typeof(NativeFile).Assembly.EscapedCodeBase).LocalPath);
            }
            catch (NotSupportedException)
            {
                return AppContext.BaseDirectory; // part of a single file
            }
        }

        /// <summary>Mono: its map from names to files.</summary>
        private static class Mono
        {
            public static void Map(string file)
            {
                // The assembly's own map comes before the global one, so this goes there, before what the .config says.
                mono_dllmap_insert(mono_image_loaded(typeof(NativeFile).Assembly.GetName().Name), Native.Name, null, file, null);
            }

            [DllImport("__Internal", CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
            private static extern IntPtr mono_image_loaded(string name);

            [DllImport("__Internal", CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
            private static extern void mono_dllmap_insert(
                IntPtr image, string name, string function, string targetFile, string targetFunction);
        }

        /// <summary>
        /// .NET Core from 3.0 on: asked by reflection, as netstandard2.0 lacks System.Runtime.InteropServices.NativeLibrary.
        /// </summary>
        private static class NetCore
        {
            private const string Place = "System.Runtime.InteropServices.";
            private const string Home = ", System.Runtime.InteropServices";

            private static readonly Type NativeLibrary = Type.GetType(Place + "NativeLibrary" + Home);

            private delegate bool TryLoadByName(string name, Assembly assembly, DllImportSearchPath? path, out IntPtr library);

            public static bool IsRunning => NativeLibrary != null;

            public static void Resolve()
            {
                Type type = Type.GetType(Place + "DllImportResolver" + Home, true);
                var resolver = Delegate.CreateDelegate(type, typeof(NetCore), nameof(Resolver));
                MethodInfo set = NativeLibrary.GetMethod("SetDllImportResolver");
                try
                {
                    set.Invoke(null, new object[] { typeof(NativeFile).Assembly, resolver });
                }
                catch (TargetInvocationException e) when (e.InnerException is InvalidOperationException)
                {
                    // The host has set one of its own for this assembly: then it decides.
                }
            }

            private static IntPtr Resolver(string name, Assembly assembly, DllImportSearchPath? path)
            {
                if (name != Native.Name)
                {
                    return IntPtr.Zero;
                }
                if (Override != null)
                {
                    return Bound<Func<string, IntPtr>>("Load", typeof(string))(Override);
                }
                var tryLoad = Bound<TryLoadByName>(
                    "TryLoad", typeof(string), typeof(Assembly), typeof(DllImportSearchPath?), typeof(IntPtr).MakeByRefType());
                IntPtr library;
                // The program's own folders first; then beside an assembly that was loaded from elsewhere, as plugins are; then
                // what is installed, which may be there by its soname only.
                return tryLoad(name, assembly, DllImportSearchPath.AssemblyDirectory, out library)
                    || (File.Exists(Beside()) && tryLoad(Beside(), assembly, null, out library))
                    || (!IsWindows && tryLoad(Soname, assembly, DllImportSearchPath.AssemblyDirectory, out library))
                    ? library : IntPtr.Zero;
            }

            private static T Bound<T>(string method, params Type[] parameters) where T : class
            {
                return (T)(object)Delegate.CreateDelegate(typeof(T), NativeLibrary.GetMethod(method, parameters));
            }
        }

        /// <summary>.NET Framework: what is loaded already is what an import of this file name finds.</summary>
        private static class Windows
        {
            private const uint WithAlteredSearchPath = 8; // so that it finds its own neighbours
            private const uint FromAddressAndUncounted = 4 | 2;

            private static IntPtr loaded;

            public static void Load()
            {
                foreach (string path in Candidates())
                {
                    IntPtr library = LoadLibraryExW(path, IntPtr.Zero, WithAlteredSearchPath);
                    if (library == IntPtr.Zero)
                    {
                        throw new DllNotFoundException(path + ": " + new Win32Exception(Marshal.GetLastWin32Error()).Message);
                    }
                    if (GetModuleHandleW(WindowsName) != library)
                    {
                        throw new DllNotFoundException(path + ": the file must be called " + WindowsName +
                            ", and no other file of that name may be loaded already");
                    }
                    loaded = library;
                    return;
                }
            }

            /// <summary>.NET Core 2 takes a file beside the program all the same; then nobody should believe it was another.</summary>
            public static void CheckThatItIsTheOne()
            {
                if (loaded != IntPtr.Zero
                    && (!GetModuleHandleExW(FromAddressAndUncounted, Native.finaut_version(), out IntPtr used) || used != loaded))
                {
                    throw new DllNotFoundException("another " + WindowsName + " lies beside the program and goes before it; remove that");
                }
            }

            /// <summary>The file to load; none if it is left to the system to find one.</summary>
            private static IEnumerable<string> Candidates()
            {
                if (Override != null)
                {
                    yield return Path.GetFullPath(Override);
                    yield break;
                }
                foreach (string path in new[] { Beside(), Path.Combine(Folder(), WindowsName) })
                {
                    if (File.Exists(path))
                    {
                        yield return path;
                    }
                }
            }

            [DllImport("kernel32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
            private static extern IntPtr LoadLibraryExW(string path, IntPtr reserved, uint flags);

            [DllImport("kernel32", CharSet = CharSet.Unicode, ExactSpelling = true)]
            private static extern IntPtr GetModuleHandleW(string name);

            [DllImport("kernel32", CharSet = CharSet.Unicode, ExactSpelling = true)]
            private static extern bool GetModuleHandleExW(uint flags, IntPtr address, out IntPtr module);
        }
    }
}
