using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Finaut
{
    /// <summary>Text on its way to the library and back: UTF-8 that ends with a zero byte, never the system's code page.</summary>
    internal static class Utf8
    {
        // Strict: half a surrogate pair would silently become a question mark in somebody's name.
        private static readonly Encoding Strict = new UTF8Encoding(false, true);

        /// <summary>The text with its zero byte; null stays null.</summary>
        public static byte[]/*?*/ ToNative(string/*?*/ text, string name)
        {
            if (text == null)
            {
                return null;
            }
            string/*?*/ problem = Problem(text, name);
            if (problem != null)
            {
                throw new FinautArgumentException(problem);
            }
            var bytes = new byte[Strict.GetByteCount(text) + 1];
            Strict.GetBytes(text, 0, text.Length, bytes, 0);
            return bytes;
        }

        /// <summary>Why a text cannot be handed to the library, or null. The text itself is not told: it may be secret.</summary>
        public static string/*?*/ Problem(string text, string name)
        {
            int zero = text.IndexOf('\0');
            if (zero >= 0)
            {
                return name + ": character " + (zero + 1) + " is a zero (U+0000), at which the library would take the text to end. " +
                    "Remove it. Nothing was sent.";
            }
            for (int i = 0; i < text.Length; i++)
            {
                bool pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                if (char.IsSurrogate(text[i]) && !pair)
                {
                    return name + ": character " + (i + 1) + " is half of a pair (U+" + ((int)text[i]).ToString("X4") +
                        "), which is no text; it was probably cut in the middle. Nothing was sent.";
                }
                i += pair ? 1 : 0;
            }
            return null;
        }

        /// <summary>The text at an address; null for a null pointer. The memory stays the library's.</summary>
        public static string/*?*/ FromNative(IntPtr text)
        {
            if (text == IntPtr.Zero)
            {
                return null;
            }
            int length = 0;
            while (Marshal.ReadByte(text, length) != 0)
            {
                length++;
            }
            var bytes = new byte[length];
            Marshal.Copy(text, bytes, 0, length);
            return Encoding.UTF8.GetString(bytes);
        }
    }
}
