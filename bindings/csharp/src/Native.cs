using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// On .NET Framework: the file that NativeFile has loaded is taken, not one that lies beside the assembly.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.LegacyBehavior)]

namespace Finaut
{
    /// <summary>The functions of include/finaut.h that the binding uses, as they are. Operations go through finaut_call.</summary>
    internal static class Native
    {
        /// <summary>finaut.dll or libfinaut.so; where it is, NativeFile says.</summary>
        public const string Name = "finaut";

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        public delegate int Observer(IntPtr eventJson, IntPtr userData);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        public delegate int Page(IntPtr pageJson, IntPtr userData);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_client_new(byte[] configJson, out ClientHandle client, out IntPtr reply);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern void finaut_client_free(IntPtr client);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_client_interrupt(ClientHandle client);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_client_interrupt_call(ClientHandle client, byte[] callId);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_client_observe(ClientHandle client, Observer observer, IntPtr userData);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_call(ClientHandle client, byte[] operation, byte[] argsJson, out IntPtr reply);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_call_pages(
            ClientHandle client, byte[] operation, byte[] argsJson, Page onPage, IntPtr userData, out IntPtr reply);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern void finaut_string_free(IntPtr text);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_json_get(byte[] json, byte[] pointer, out IntPtr value);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_json_set(byte[] json, byte[] pointer, byte[] text, out IntPtr result);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_json_set_json(byte[] json, byte[] pointer, byte[] valueJson, out IntPtr result);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_json_items(byte[] json, byte[] pointer, out CursorHandle items, out IntPtr error);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_json_next(CursorHandle items, out IntPtr item);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_json_member(CursorHandle items, out IntPtr name, out IntPtr item);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_json_count(byte[] json, byte[] pointer, out long count, out IntPtr error);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern void finaut_json_cursor_free(IntPtr items);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_persnr_check(byte[] persnr, out IntPtr reply);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr finaut_version();

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern uint finaut_abi_version();

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_operations(out IntPtr reply);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_receiver_start(
            ClientHandle client, byte[] configJson, out ReceiverHandle receiver, out IntPtr reply);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int finaut_receiver_status(ReceiverHandle receiver, out IntPtr reply);

        [DllImport(Name, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern void finaut_receiver_free(IntPtr receiver);

        /// <summary>What a function hands out through its last argument.</summary>
        public delegate int Function(out IntPtr reply);

        /// <summary>Calls a function and takes its string, which is freed whatever happens. Returns the code.</summary>
        public static int Take(Function function, out string reply)
        {
            // Mono looks a function up when it compiles a method that calls it. So none that could be the first to run may call
            // one itself: `function` and Taken are compiled when the library has been found.
            NativeFile.Require();
            return Taken(function, out reply);
        }

        /// <summary>The same, with an exception for any code but OK.</summary>
        public static string Take(Function function)
        {
            int code = Take(function, out string reply);
            return code == Numbers.Ok ? reply : throw FinautException.Of(code, reply);
        }

        /// <summary>A member with its name as text, for a <see cref="Function"/> to give its value.</summary>
        public static int Member(CursorHandle members, out string name, out IntPtr value)
        {
            int code = finaut_json_member(members, out IntPtr text, out value);
            name = Utf8.FromNative(text);
            finaut_string_free(text);
            return code;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static int Taken(Function function, out string reply)
        {
            IntPtr text = IntPtr.Zero;
            try
            {
                int code = function(out text);
                reply = Utf8.FromNative(text);
                return code;
            }
            catch (EntryPointNotFoundException e)
            {
                throw NativeFile.TooOld(e);
            }
            finally
            {
                finaut_string_free(text);
            }
        }
    }

    /// <summary>A client of the library; freed when nobody uses it any more, calls under way included.</summary>
    internal sealed class ClientHandle : SafeHandle
    {
        private ClientHandle() : base(IntPtr.Zero, true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        protected override bool ReleaseHandle()
        {
            Native.finaut_client_free(handle);
            return true;
        }
    }

    /// <summary>A cursor over a list, likewise; invalid where there is no list.</summary>
    internal sealed class CursorHandle : SafeHandle
    {
        private CursorHandle() : base(IntPtr.Zero, true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        protected override bool ReleaseHandle()
        {
            Native.finaut_json_cursor_free(handle);
            return true;
        }
    }

    /// <summary>A receiver of the library, likewise.</summary>
    internal sealed class ReceiverHandle : SafeHandle
    {
        private ReceiverHandle() : base(IntPtr.Zero, true)
        {
        }

        public override bool IsInvalid => handle == IntPtr.Zero;

        protected override bool ReleaseHandle()
        {
            Native.finaut_receiver_free(handle);
            return true;
        }
    }
}
