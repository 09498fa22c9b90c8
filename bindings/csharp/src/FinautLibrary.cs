using System;

namespace Finaut
{
    /// <summary>What the library says of itself, and what it does without a client.</summary>
    public static class FinautLibrary
    {
        /// <summary>The loaded library's version, as "0.1.0".</summary>
        /// <exception cref="FinautLibraryException">The library cannot be found or is of another kind.</exception>
        public static string Version => Native.Take(VersionText);

        /// <summary>All operations with their arguments, as JSON: {"operations", "person", "any"}.</summary>
        /// <exception cref="FinautLibraryException">The library cannot be found or is of another kind.</exception>
        public static string Operations()
        {
            return Native.Take((out IntPtr reply) => Native.finaut_operations(out reply));
        }

        /// <summary>
        /// Checks a Norwegian identity number, without any request. Returns {"valid", "kind", "synthetic", "rule", "birth_date",
        /// "note", "problem"} as JSON.
        /// </summary>
        /// <param name="persnr">Fødselsnummer, D-number or H-number, 11 digits.</param>
        /// <exception cref="FinautArgumentException">The number is null.</exception>
        public static string CheckPersnr(string persnr)
        {
            byte[] number = Utf8.ToNative(persnr, nameof(persnr));
            return Native.Take((out IntPtr reply) => Native.finaut_persnr_check(number, out reply));
        }

        private static int VersionText(out IntPtr text)
        {
            text = Native.finaut_version(); // the library's own: freeing it does nothing
            return Numbers.Ok;
        }
    }
}
