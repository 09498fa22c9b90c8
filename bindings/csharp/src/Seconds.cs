using System;
using System.Globalization;

namespace Finaut
{
    /// <summary>Durations, which the library tells in seconds.</summary>
    internal static class Seconds
    {
        /// <summary>The duration of a JSON number; null where there is none.</summary>
        public static TimeSpan? Read(string/*?*/ number)
        {
            return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? Of(seconds) : null;
        }

        /// <summary>So many seconds; null is none.</summary>
        /// <exception cref="ArgumentException">It is no number.</exception>
        public static TimeSpan? Of(double? seconds)
        {
            if (seconds == null)
            {
                return null;
            }
            // Whoever answers in FinAut's place may ask for a pause that is longer than a TimeSpan; a file may be wrong.
            return seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue
                : seconds <= TimeSpan.MinValue.TotalSeconds ? TimeSpan.MinValue : TimeSpan.FromSeconds(seconds.Value);
        }
    }
}
