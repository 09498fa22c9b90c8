using System;
using System.ComponentModel;
using System.Globalization;

namespace Finaut
{
    /// <summary>
    /// Names an object of FinAut: its number, or the URL that stands in its "id". Numbers and strings become references by
    /// themselves: <c>client.Companies.Get(id: 2265)</c>. Companies, departments and franchises may be named as well:
    /// <c>department: Reference.Named("Rådgivning Øst")</c>.
    /// </summary>
    [Serializable]
    [TypeConverter(typeof(TextConverter))]
    public struct Reference
    {
        private readonly string/*?*/ text;

        private Reference(string/*?*/ text, bool isName = false)
        {
            this.text = text;
            IsName = isName;
        }

        /// <summary>True if it is a name, and neither a number nor a URL.</summary>
        public bool IsName { get; }

        /// <summary>The company, department or franchise of this name. The library looks it up; a name that is not there, or that several
        /// have, is refused before anything is changed.</summary>
        /// <param name="name">As "Rådgivning Øst".</param>
        public static Reference Named(string name)
        {
            return new Reference(name ?? throw new ArgumentNullException(nameof(name)), true);
        }

        /// <summary>The object of this number.</summary>
        /// <param name="number">As 590496.</param>
        public static implicit operator Reference(long number)
        {
            return new Reference(number.ToString(CultureInfo.InvariantCulture));
        }

        /// <summary>The object of this URL, or of the number in these digits. Null is no reference.</summary>
        /// <param name="text">As "https://api.norsktest.no/finautapi/v1/user/590496/" or "590496".</param>
        public static implicit operator Reference(string/*?*/ text)
        {
            return new Reference(text);
        }

        /// <summary>The number's digits, the URL, or the name; null if nothing is named.</summary>
        public override string/*?*/ ToString()
        {
            return text;
        }
    }
}
