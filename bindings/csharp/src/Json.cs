using System;
using System.Collections.Generic;
using System.Linq;

namespace Finaut
{
    /// <summary>
    /// Reads and writes one value of a JSON text, so that no JSON package is needed. Where is told by a pointer (RFC 6901), as
    /// "/results/0/first_name".
    /// </summary>
    public static class Json
    {
        /// <summary>
        /// Reads a value: a string without its quotes, anything else as JSON (a JSON null is the text "null"). Returns null where
        /// nothing is there.
        /// </summary>
        /// <param name="json">Any JSON, as a reply.</param>
        /// <param name="pointer">Where; "" is the whole.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or the pointer is none.</exception>
        public static string Get(string json, string pointer)
        {
            byte[] text = Utf8.ToNative(json, nameof(json)), where = Utf8.ToNative(pointer, nameof(pointer));
            int code = Native.Take((out IntPtr reply) => Native.finaut_json_get(text, where, out reply), out string value);
            switch (code)
            {
                case Numbers.Ok:
                    return value;
                case Numbers.NotFound:
                    return null;
                default:
                    throw FinautException.Of(code, value);
            }
        }

        /// <summary>
        /// The items of a list, each as <see cref="Get"/> would give it; none where there is no list. The text is read once: for
        /// long lists much faster than asking for "/results/0", "/results/1" and so on.
        /// </summary>
        /// <param name="json">Any JSON, as a reply.</param>
        /// <param name="pointer">Where the list is, as "/results"; "" is the whole.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or the pointer is none.</exception>
        public static IEnumerable<string> Items(string json, string pointer)
        {
            string list = Get(json, pointer);
            // A string that begins so is none; nor has it a first item.
            bool hasItems = list != null && list.StartsWith("[", StringComparison.Ordinal) && Get(json, pointer + "/0") != null;
            return hasItems ? Parts(list).Select(Unquoted) : Enumerable.Empty<string>();
        }

        /// <summary>Writes a string into a JSON text and returns the new text.</summary>
        /// <param name="json">An object or list; null and "" are the same as {}.</param>
        /// <param name="pointer">Where, as "/changes/email"; objects on the way are made, "-" appends to a list, as "/schemes/-".</param>
        /// <param name="value">The string, without quotes.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or the pointer leads nowhere.</exception>
        public static string Set(string json, string pointer, string value)
        {
            byte[] text = Utf8.ToNative(json, nameof(json)), where = Utf8.ToNative(pointer, nameof(pointer));
            byte[] what = Utf8.ToNative(value, nameof(value));
            return Native.Take((out IntPtr reply) => Native.finaut_json_set(text, where, what, out reply));
        }

        /// <summary>The names and values of an object whose text is known to be one.</summary>
        internal static IEnumerable<KeyValuePair<string, string>> Members(string json)
        {
            foreach (string part in Parts(json))
            {
                int end = EndOfString(part, 0);
                string value = part.Substring(part.IndexOf(':', end) + 1).Trim();
                yield return new KeyValuePair<string, string>(Unquoted(part.Substring(0, end + 1)), value);
            }
        }

        private static string Unquoted(string json)
        {
            return json.StartsWith("\"", StringComparison.Ordinal) ? Get(json, "") : json;
        }

        /// <summary>What stands between the outermost commas of a list or object, whose text is known to be JSON.</summary>
        private static IEnumerable<string> Parts(string json)
        {
            int depth = 0;
            int start = 0;
            for (int i = 0; i < json.Length; i++)
            {
                char character = json[i];
                if (character == '"')
                {
                    i = EndOfString(json, i);
                    continue;
                }
                bool opens = character == '[' || character == '{';
                bool closes = character == ']' || character == '}';
                depth += opens ? 1 : closes ? -1 : 0;
                if (opens && depth == 1)
                {
                    start = i + 1;
                }
                else if ((closes && depth == 0) || (character == ',' && depth == 1))
                {
                    string part = json.Substring(start, i - start).Trim();
                    if (part.Length > 0)
                    {
                        yield return part;
                    }
                    start = i + 1;
                }
            }
        }

        private static int EndOfString(string json, int start)
        {
            int i = start + 1;
            while (json[i] != '"')
            {
                i += json[i] == '\\' ? 2 : 1;
            }
            return i;
        }
    }
}
