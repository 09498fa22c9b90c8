using System.Collections.Generic;

namespace Finaut
{
    /// <summary>The way from page to page of a listing, for those who ask for one at a time.</summary>
    internal sealed class PageWalk
    {
        private readonly HashSet<string> seen = new HashSet<string>();
        private readonly string operation;
        private readonly string/*?*/ argsJson;
        private string/*?*/ page;

        public PageWalk(string first, string operation, string/*?*/ argsJson)
        {
            page = first;
            this.operation = operation;
            this.argsJson = argsJson;
        }

        /// <summary>The page that these arguments begin with.</summary>
        public static string First(string/*?*/ argsJson)
        {
            string/*?*/ page = argsJson == null ? null : Json.Get(argsJson, "/page");
            return page == null || page == "null" ? "1" : page;
        }

        /// <summary>The arguments for the next page; null after the last one.</summary>
        /// <exception cref="FinautProtocolException">The pages lead in a circle.</exception>
        public string/*?*/ Next()
        {
            if (page == null || page == "null")
            {
                return null;
            }
            // The library sees one page at a time: only here is it known that they lead in a circle.
            if (!seen.Add(page))
            {
                throw new FinautProtocolException(
                    "The pages of " + operation + " lead back to one that was read before, so they have no end.");
            }
            return Json.Set(argsJson, "/page", page);
        }

        /// <summary>Reads which page is the next.</summary>
        public void Read(string reply)
        {
            page = Json.Get(reply, "/next_page");
        }
    }
}
