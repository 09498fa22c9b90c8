using System;
using System.Collections.Generic;

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
        public static string/*?*/ Get(string json, string pointer)
        {
            byte[]/*?*/ text = Utf8.ToNative(json, nameof(json)), where = Utf8.ToNative(pointer, nameof(pointer));
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
        /// The items of a list, or the values of an object, each as <see cref="Get"/> would give it; none where nothing is, or a value
        /// that has no items. The text is read once: for long lists much faster than asking for "/results/0", "/results/1" and so on.
        /// </summary>
        /// <param name="json">Any JSON, as a reply.</param>
        /// <param name="pointer">Where the list is, as "/results"; "" is the whole.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or the pointer is none; in the course of the enumeration, a
        /// string has a zero character.</exception>
        public static IEnumerable<string> Items(string json, string pointer)
        {
            return new JsonList<string>(json, pointer, Next);
        }

        /// <summary>The members of an object with their names, each value as <see cref="Get"/> would give it; none where nothing is.</summary>
        /// <param name="json">Any JSON, as a reply.</param>
        /// <param name="pointer">Where the object is, as "/fields"; "" is the whole.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or the pointer is none; in the course of the enumeration, there
        /// is a list, whose items have no names, or a name or string has a zero character.</exception>
        public static IEnumerable<KeyValuePair<string, string>> Members(string json, string pointer = "")
        {
            return new JsonList<KeyValuePair<string, string>>(json, pointer, NextMember);
        }

        /// <summary>How many items a list has, or members an object; 0 where nothing is, or a value that has no items.</summary>
        /// <param name="json">Any JSON, as a reply.</param>
        /// <param name="pointer">Where the list is, as "/results"; "" is the whole.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or the pointer is none.</exception>
        public static long Count(string json, string pointer)
        {
            byte[]/*?*/ text = Utf8.ToNative(json, nameof(json)), where = Utf8.ToNative(pointer, nameof(pointer));
            long count = 0;
            int code = Native.Take((out IntPtr error) => Native.finaut_json_count(text, where, out count, out error), out string failure);
            return code == Numbers.Ok || IsNoList(code, text, where) ? count : throw FinautException.Of(code, failure);
        }

        /// <summary>Nothing is there, or a value that has no items; not so if the text is no JSON.</summary>
        internal static bool IsNoList(int code, byte[]/*?*/ text, byte[]/*?*/ where)
        {
            return code == Numbers.NotFound || (code == Numbers.Argument && text != null && where != null &&
                Native.Take((out IntPtr value) => Native.finaut_json_get(text, where, out value), out string _) == Numbers.Ok);
        }

        private static bool Next(CursorHandle items, out string item)
        {
            int code = Native.Take((out IntPtr text) => Native.finaut_json_next(items, out text), out item);
            return IsThere(code, item);
        }

        private static bool NextMember(CursorHandle members, out KeyValuePair<string, string> member)
        {
            string/*?*/ name = null;
            int code = Native.Take((out IntPtr value) => Native.Member(members, out name, out value), out string item);
            member = new KeyValuePair<string, string>(name/*!*/, item);
            return IsThere(code, item);
        }

        private static bool IsThere(int code, string item)
        {
            return code == Numbers.Ok || (code == Numbers.NotFound ? false : throw FinautException.Of(code, item));
        }

        /// <summary>Writes a string into a JSON text and returns the new text.</summary>
        /// <param name="json">An object or list; null and "" are the same as {}.</param>
        /// <param name="pointer">Where, as "/changes/email"; objects on the way are made, "-" appends to a list, as "/schemes/-".</param>
        /// <param name="value">The string, without quotes.</param>
        /// <exception cref="FinautArgumentException">The text is no JSON, or the pointer leads nowhere.</exception>
        public static string Set(string/*?*/ json, string pointer, string value)
        {
            byte[]/*?*/ text = Utf8.ToNative(json, nameof(json)), where = Utf8.ToNative(pointer, nameof(pointer));
            byte[]/*?*/ what = Utf8.ToNative(value, nameof(value));
            return Native.Take((out IntPtr reply) => Native.finaut_json_set(text, where, what, out reply));
        }

        /// <summary>Writes any JSON into a JSON text and returns the new text.</summary>
        /// <param name="json">An object or list; null and "" are the same as {}.</param>
        /// <param name="pointer">Where, as "/query/page"; objects on the way are made, "-" appends to a list, as "/rows/-".</param>
        /// <param name="valueJson">The value, as JSON: 5, true, null, "text" with its quotes, [1, 2] or {"a": 1}.</param>
        /// <exception cref="FinautArgumentException">A text is no JSON, or the pointer leads nowhere.</exception>
        public static string SetJson(string/*?*/ json, string pointer, string valueJson)
        {
            byte[]/*?*/ text = Utf8.ToNative(json, nameof(json)), where = Utf8.ToNative(pointer, nameof(pointer));
            byte[]/*?*/ what = Utf8.ToNative(valueJson, nameof(valueJson));
            return Native.Take((out IntPtr reply) => Native.finaut_json_set_json(text, where, what, out reply));
        }
    }
}
