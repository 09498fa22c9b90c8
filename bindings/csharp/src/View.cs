using System;
using System.Collections.Generic;
using System.Globalization;

namespace Finaut.Replies
{
    /// <summary>
    /// An object of a reply, read from its JSON text, which stays as the server wrote it. A property is null where its field is missing, is
    /// null, or is of another type than expected; a list is empty then. The classes are made from the project's docs/objects.md, which says where
    /// each field is known from: documented, seen, assumed or the library's own.
    /// </summary>
    public abstract class View
    {
        private readonly Dictionary<string, string> fields = new Dictionary<string, string>();
        private readonly string[] described;

        internal View(string json, string[] described)
        {
            if (!IsObject(json.TrimStart(' ', '\t', '\r', '\n', '\uFEFF')))
            {
                // Of a text that is no JSON at all the library says what is wrong.
                Json.Get(json, "");
                throw new FinautArgumentException("This JSON is no object, so it is no " + GetType().Name + ".");
            }
            Raw = json;
            this.described = described;
            foreach (KeyValuePair<string, string> field in Json.Members(json))
            {
                // Of a name that stands twice the first counts, as for Json.Get.
                if (!fields.ContainsKey(field.Key))
                {
                    fields.Add(field.Key, field.Value);
                }
            }
        }

        /// <summary>The JSON text that it was read from.</summary>
        public string Raw { get; private set; }

        /// <summary>The fields that this class has no property for, by name: a string without its quotes, anything else as JSON.</summary>
        public IReadOnlyDictionary<string, string> Unknown
        {
            get
            {
                var unknown = new Dictionary<string, string>(fields);
                foreach (string name in described)
                {
                    unknown.Remove(name);
                }
                return unknown;
            }
        }

        /// <summary>A field by its name in the JSON, known here or not: a string without its quotes, anything else as JSON (a JSON null is the
        /// text "null"). Null if it is missing.</summary>
        /// <param name="name">As "employee_alias".</param>
        public string/*?*/ Get(string name)
        {
            return fields.TryGetValue(name, out string/*?*/ value) ? value : null;
        }

        /// <summary>The JSON text.</summary>
        public override string ToString()
        {
            return Raw;
        }

        /// <summary>Whether there is nothing to read.</summary>
        internal static bool IsNothing(string/*?*/ json)
        {
            return json == null || json.Trim() == "null";
        }

        internal string/*?*/ ReadText(string name)
        {
            string/*?*/ value = Get(name);
            return value == "null" && IsNull(name) ? null : value;
        }

        /// <summary>
        /// A JSON null and the string "null" are given out alike. They are told apart by writing into them: into a null something can be
        /// written, into a string not.
        /// </summary>
        private bool IsNull(string name)
        {
            try
            {
                Json.SetJson(Raw, "/" + name + "/x", "1");
                return true;
            }
            catch (FinautArgumentException)
            {
                return false;
            }
        }

        internal long? ReadWhole(string name)
        {
            return long.TryParse(Get(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                ? number : (long?)null;
        }

        internal decimal? ReadNumber(string name)
        {
            return decimal.TryParse(Get(name), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
                ? number : (decimal?)null;
        }

        internal bool? ReadFlag(string name)
        {
            string/*?*/ value = Get(name);
            return value == "true" ? true : value == "false" ? false : (bool?)null;
        }

        internal TimeSpan? ReadDuration(string name)
        {
            return Seconds.Read(Get(name));
        }

        /// <summary>The server may write a time behind a date.</summary>
        internal DateTime? ReadDate(string name)
        {
            string/*?*/ value = Get(name);
            string/*?*/ day = value != null && value.Length > 10 ? value.Substring(0, 10) : value;
            return DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
                ? date : (DateTime?)null;
        }

        internal DateTime? ReadMoment(string name)
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            return DateTime.TryParse(Get(name), CultureInfo.InvariantCulture, Utc, out DateTime moment) ? moment : (DateTime?)null;
        }

        internal ListPage? ReadPage(string name)
        {
            string/*?*/ value = ReadText(name);
            return value == null ? (ListPage?)null : value;
        }

        internal T/*?*/ ReadObject<T>(string name, Func<string, T/*?*/> parse) where T : View
        {
            return Parsed(Get(name), parse);
        }

        internal IReadOnlyList<T> ReadList<T>(string name, Func<string, T/*?*/> parse) where T : View
        {
            var list = new List<T>();
            foreach (string item in Items(Get(name)))
            {
                T/*?*/ view = Parsed(item, parse);
                if (view != null)
                {
                    list.Add(view);
                }
            }
            return list;
        }

        /// <summary>Of what is shown as an address nothing else is known.</summary>
        internal IReadOnlyList<T> ReadListOfReferences<T>(string name, Func<string, T/*?*/> parse) where T : View
        {
            var list = new List<T>();
            foreach (string item in Items(Get(name)))
            {
                T/*?*/ view = Parsed(item, parse) ?? parse(Json.Set("{}", "/id", item));
                if (view != null)
                {
                    list.Add(view);
                }
            }
            return list;
        }

        internal IReadOnlyList<string> ReadTexts(string name)
        {
            return new List<string>(Items(Get(name)));
        }

        internal IReadOnlyDictionary<string, string> ReadMap(string name)
        {
            var map = new Dictionary<string, string>();
            foreach (KeyValuePair<string, string> member in Members(Get(name)))
            {
                map[member.Key] = member.Value;
            }
            return map;
        }

        internal IReadOnlyDictionary<string, IReadOnlyList<string>> ReadMapOfTexts(string name)
        {
            var map = new Dictionary<string, IReadOnlyList<string>>();
            foreach (KeyValuePair<string, string> member in Members(Get(name)))
            {
                map[member.Key] = new List<string>(Items(member.Value));
            }
            return map;
        }

        /// <summary>A view of an object; null of anything else, a string that looks like one included.</summary>
        private static T/*?*/ Parsed<T>(string/*?*/ value, Func<string, T/*?*/> parse) where T : View
        {
            return value != null && IsObject(value) && IsJson(value) ? parse(value) : null;
        }

        private static IEnumerable<string> Items(string/*?*/ value)
        {
            return value != null && value.StartsWith("[", StringComparison.Ordinal) && IsJson(value) ? Json.Items(value, "") : new string[0];
        }

        private static IEnumerable<KeyValuePair<string, string>> Members(string/*?*/ value)
        {
            return value != null && IsObject(value) && IsJson(value) ? Json.Members(value) : new KeyValuePair<string, string>[0];
        }

        private static bool IsJson(string value)
        {
            try
            {
                return Json.Get(value, "") != null;
            }
            catch (FinautArgumentException)
            {
                return false;
            }
        }

        private static bool IsObject(string value)
        {
            return value.StartsWith("{", StringComparison.Ordinal);
        }
    }
}
