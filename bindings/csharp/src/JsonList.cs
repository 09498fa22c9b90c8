using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace Finaut
{
    /// <summary>Gives the next item of a cursor; false at its end.</summary>
    internal delegate bool NextItem<T>(CursorHandle cursor, out T item);

    /// <summary>
    /// A list or an object in a JSON text. What is wrong with the text is told at once, and not where it is enumerated, which may be far
    /// away and more than once.
    /// </summary>
    internal sealed class JsonList<T> : IEnumerable<T>
    {
        private readonly byte[] text, where;
        private readonly NextItem<T> next;

        /// <summary>For the first enumeration: most have no second one.</summary>
        private CursorHandle first;

        public JsonList(string json, string pointer, NextItem<T> next)
        {
            text = Utf8.ToNative(json, nameof(json));
            where = Utf8.ToNative(pointer, nameof(pointer));
            this.next = next;
            first = Open();
        }

        public IEnumerator<T> GetEnumerator()
        {
            using (CursorHandle cursor = Interlocked.Exchange(ref first, null) ?? Open())
            {
                while (!cursor.IsInvalid && next(cursor, out T item))
                {
                    yield return item;
                }
            }
        }

        IEnumerator IEnumerable.GetEnumerator()
        {
            return GetEnumerator();
        }

        /// <summary>A cursor; an invalid one where there is no list.</summary>
        private CursorHandle Open()
        {
            CursorHandle made = null;
            int code = Native.Take((out IntPtr error) => Native.finaut_json_items(text, where, out made, out error), out string failure);
            return code == Numbers.Ok || Json.IsNoList(code, text, where) ? made : throw FinautException.Of(code, failure);
        }
    }
}
