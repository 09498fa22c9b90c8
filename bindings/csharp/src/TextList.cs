using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace Finaut
{
    /// <summary>
    /// A list of texts among settings. An array and the list's JSON become one by themselves: <c>Paths = new[] { "/webhook" }</c>.
    /// Empty is the same as leaving it out.
    /// </summary>
    [TypeConverter(typeof(TextConverter))]
    public sealed class TextList : List<string>
    {
        /// <summary>An empty list.</summary>
        public TextList()
        {
        }

        private TextList(IEnumerable<string> texts) : base(texts)
        {
        }

        /// <summary>These texts. Null is no list.</summary>
        /// <param name="texts">Any.</param>
        public static implicit operator TextList/*?*/(string[]/*?*/ texts)
        {
            return texts == null ? null : new TextList(texts);
        }

        /// <summary>The texts of a list in JSON. Null is no list.</summary>
        /// <param name="json">As ["/webhook"].</param>
        /// <exception cref="FinautArgumentException">It is no JSON.</exception>
        public static implicit operator TextList/*?*/(string/*?*/ json)
        {
            // What is no list is handed on as a list of itself, for the library to say what is wrong with it.
            return json == null ? null : new TextList(Json.Count(json, "") == 0 ? new[] { json } : Json.Items(json, "").ToArray());
        }
    }
}
