using System.Globalization;

namespace Finaut
{
    /// <content>What is known of a run of the sync that a rail has held.</content>
    public sealed partial class FinautHeldException
    {
        /// <summary>The plan that a person has to look at, for sync.report and sync.apply.</summary>
        public string/*?*/ Plan => Get("/plan");

        /// <summary>The run.</summary>
        public string/*?*/ Run => Get("/run");

        /// <summary>How the run ended.</summary>
        public string/*?*/ State => Get("/state");

        /// <summary>The rail that holds it, as "irreversible".</summary>
        public string/*?*/ Rail => Get("/rail");

        /// <summary>How many the rail lets pass; null where it has no such number.</summary>
        public long? Limit => Whole("/limit");

        /// <summary>How many it found.</summary>
        public long? Found => Whole("/found");

        /// <summary>How many steps are held.</summary>
        public long? Held => Whole("/counts/held");

        /// <summary>How many of them no earlier run knew.</summary>
        public long? HeldNew => Whole("/counts/held_new");

        private long? Whole(string pointer)
        {
            return long.TryParse(Get(pointer), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : (long?)null;
        }
    }
}
