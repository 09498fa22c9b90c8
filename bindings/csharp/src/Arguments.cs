using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Finaut
{
    /// <summary>
    /// A JSON object under construction: the arguments of a call, or the options of a client. What is null is left out. What is
    /// wrong with a value is the library's to say, except for what could not be handed to it whole.
    /// </summary>
    internal sealed class Arguments
    {
        private readonly StringBuilder json = new StringBuilder("{");
        private readonly string/*?*/ given;
        private string/*?*/ problem;

        /// <summary>Takes the object's text where that was given, in the place of members.</summary>
        public Arguments(string/*?*/ given = null)
        {
            this.given = given;
        }

        /// <summary>The object's text.</summary>
        /// <exception cref="FinautArgumentException">A value cannot be handed to the library.</exception>
        public string ToJson()
        {
            return problem == null ? json + "}" : throw new FinautArgumentException(problem);
        }

        /// <summary>An object; left out if nothing is in it.</summary>
        public Arguments Add(string name, Arguments/*?*/ members)
        {
            bool hasMembers = members != null && members.json.Length > 1;
            if (members?.given != null)
            {
                problem = problem ?? (hasMembers
                    ? name + ": was given as JSON and by properties as well. Use one of the two. Nothing was sent." : null);
                return AddJson(name, members.given);
            }
            if (!hasMembers)
            {
                return this;
            }
            problem = problem ?? (members/*!*/.problem == null ? null : name + ": " + members/*!*/.problem);
            return Key(name).Raw(members/*!*/.json + "}");
        }

        /// <summary>A list of texts; left out if it is empty.</summary>
        public Arguments AddList(string name, TextList/*?*/ values)
        {
            return values == null || values.Count == 0 ? this : Add(name, values);
        }

        /// <summary>Members by the library's own names, each value as JSON.</summary>
        public Arguments AddOther(IDictionary<string, string> members)
        {
            foreach (KeyValuePair<string, string> member in members)
            {
                AddJson(member.Key, member.Value);
            }
            return this;
        }

        public Arguments Add(string name, string/*?*/ value)
        {
            return value == null ? this : AddText(name, value);
        }

        public Arguments Add(string name, Reference value)
        {
            string/*?*/ text = value.ToString();
            if (text == null || !value.IsName)
            {
                return Add(name, text);
            }
            Key(name).Raw("{\"name\":");
            Quote(name, text);
            return Raw("}");
        }

        public Arguments Add(string name, ListPage? value)
        {
            return Add(name, value?.ToString());
        }

        public Arguments Add(string name, long? value)
        {
            return value == null ? this : Key(name).Raw(value.Value.ToString(CultureInfo.InvariantCulture));
        }

        public Arguments Add(string name, double? value)
        {
            return value == null ? this : Key(name).Raw(value.Value.ToString("R", CultureInfo.InvariantCulture));
        }

        public Arguments Add(string name, TimeSpan? value)
        {
            return Add(name, value?.TotalSeconds);
        }

        public Arguments Add(string name, bool? value)
        {
            return value == null ? this : Key(name).Raw(value.Value ? "true" : "false");
        }

        public Arguments Add(string name, FinautDate? value)
        {
            if (value != null && value.Value.IsUnset)
            {
                problem = problem ?? name + ": this is DateTime.MinValue, which .NET has for a date that was never set. Give the day, or null " +
                    "where the argument may be left out. Nothing was sent.";
            }
            return Add(name, value?.ToString());
        }

        public Arguments Add(string name, Priority? value)
        {
            return Add(name, value?.ToString().ToLowerInvariant());
        }

        public Arguments Add(string name, IEnumerable<string>/*?*/ values)
        {
            if (values == null)
            {
                return this;
            }
            Key(name).Raw("[");
            string separator = "";
            foreach (string value in values)
            {
                Raw(separator);
                if (value == null)
                {
                    Raw("null"); // the library says what is wrong with that
                }
                else
                {
                    Quote(name, value);
                }
                separator = ",";
            }
            return Raw("]");
        }

        /// <summary>What the call is told besides, and where it tells more than its reply.</summary>
        public CallOptions/*?*/ Options { get; private set; }

        public Arguments Add(CallOptions/*?*/ options)
        {
            Options = options;
            return options == null ? this : options.AddTo(this);
        }

        /// <summary>A value that is JSON already. Read once beforehand, so that a mistake in it is told as what it is. What does not even
        /// begin as JSON does is a text: a file's path, a profile's name.</summary>
        public Arguments AddJson(string name, string/*?*/ value)
        {
            if (value == null)
            {
                return this;
            }
            try
            {
                Json.Get(value, "");
            }
            catch (FinautArgumentException e)
            {
                string begins = value.TrimStart();
                if (begins.Length > 0 && "{[\"".IndexOf(begins[0]) < 0)
                {
                    return AddText(name, value);
                }
                problem = problem ?? name + ": " + e.Message + " Nothing was sent.";
            }
            return Key(name).Raw(value);
        }

        private Arguments AddText(string name, string value)
        {
            Key(name);
            Quote(name, value);
            return this;
        }

        private Arguments Key(string name)
        {
            Raw(json.Length > 1 ? "," : "");
            Quote("a setting's name", name); // those in Other may be anything
            return Raw(":");
        }

        private Arguments Raw(string text)
        {
            json.Append(text);
            return this;
        }

        private void Quote(string name, string value)
        {
            problem = problem ?? Utf8.Problem(value, name);
            json.Append('"');
            foreach (char character in value)
            {
                if (character == '"' || character == '\\')
                {
                    json.Append('\\').Append(character);
                }
                else if (character < ' ')
                {
                    json.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
                }
                else
                {
                    json.Append(character);
                }
            }
            json.Append('"');
        }
    }

    /// <summary>Who may use the requests that are kept in reserve.</summary>
    public enum Priority
    {
        /// <summary>Work that can wait: leaves the reserve alone.</summary>
        Bulk,

        /// <summary>Somebody sits and waits: may use the reserve.</summary>
        Interactive,
    }
}
