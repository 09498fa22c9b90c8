using System;
using System.Globalization;

namespace Finaut
{
    /// <summary>Durations, which the library tells in seconds.</summary>
    internal static class Seconds
    {
        /// <summary>The duration of a JSON number; null where there is none.</summary>
        public static TimeSpan? Read(string number)
        {
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
            {
                return null;
            }
            // Whoever answers in FinAut's place may ask for a pause that is longer than a TimeSpan.
            return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        }
    }
}
