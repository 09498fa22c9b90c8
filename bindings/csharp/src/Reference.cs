using System;
using System.Globalization;

namespace Finaut
{
    /// <summary>
    /// Names an object of FinAut: its number, or the URL that stands in its "id". Numbers and strings become references by
    /// themselves: <c>client.Companies.Get(id: 2265)</c>.
    /// </summary>
    [Serializable]
    public struct Reference
    {
        private readonly string text;

        private Reference(string text)
        {
            this.text = text;
        }

        /// <summary>The object of this number.</summary>
        /// <param name="number">As 590496.</param>
        public static implicit operator Reference(long number)
        {
            return new Reference(number.ToString(CultureInfo.InvariantCulture));
        }

        /// <summary>The object of this URL, or of the number in these digits. Null is no reference.</summary>
        /// <param name="text">As "https://api.norsktest.no/finautapi/v1/user/590496/" or "590496".</param>
        public static implicit operator Reference(string text)
        {
            return new Reference(text);
        }

        /// <summary>The number's digits, or the URL; null if nothing is named.</summary>
        public override string ToString()
        {
            return text;
        }
    }
}
