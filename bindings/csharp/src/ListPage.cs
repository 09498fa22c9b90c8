using System;
using System.Globalization;

namespace Finaut
{
    /// <summary>
    /// Names a page of a list: its number, or what "next_page" of the page before says. Numbers and strings become pages by
    /// themselves: <c>client.Users.List(page: 2)</c>.
    /// </summary>
    [Serializable]
    public struct ListPage
    {
        private readonly string/*?*/ text;

        private ListPage(string/*?*/ text)
        {
            this.text = text;
        }

        /// <summary>The page of this number, counted from 1.</summary>
        /// <param name="number">As 2.</param>
        public static implicit operator ListPage(long number)
        {
            return new ListPage(number.ToString(CultureInfo.InvariantCulture));
        }

        /// <summary>The page that "next_page" names, in whatever way the server links its pages. Null is all pages.</summary>
        /// <param name="text">As "2" or "cursor=cD0yMDA%3D".</param>
        public static implicit operator ListPage(string/*?*/ text)
        {
            return new ListPage(text);
        }

        /// <summary>The number's digits, or the query; null if no page is named.</summary>
        public override string/*?*/ ToString()
        {
            return text;
        }
    }
}
