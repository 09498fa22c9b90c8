using System;
using System.Globalization;

namespace Finaut
{
    /// <summary>
    /// A day. <see cref="DateTime"/> and <see cref="DateTimeOffset"/> become one by themselves: <c>client.Users.Hold(date: DateTime.Today)</c>.
    /// </summary>
    /// <remarks>
    /// The register counts in Norway's days. A DateTime whose Kind is Utc, and a DateTimeOffset, are moments: the day is the one that it is in
    /// Norway then. Any other DateTime is the day that is written in it; its time of day plays no part. A DateOnly is given as
    /// <c>new FinautDate(day.Year, day.Month, day.Day)</c>.
    /// </remarks>
    [Serializable]
    public struct FinautDate
    {
        private readonly DateTime day;

        /// <summary>The day of these numbers.</summary>
        /// <param name="year">As 2026.</param>
        /// <param name="month">1 to 12.</param>
        /// <param name="day">1 to 31.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such day.</exception>
        public FinautDate(int year, int month, int day) : this(new DateTime(year, month, day))
        {
        }

        private FinautDate(DateTime day)
        {
            this.day = day.Date;
        }

        /// <summary>The day that is written in it; if its Kind is Utc, the day that it is in Norway then.</summary>
        /// <param name="value">Any.</param>
        public static implicit operator FinautDate(DateTime value)
        {
            return new FinautDate(value.Kind == DateTimeKind.Utc ? Norway.At(value) : value);
        }

        /// <summary>The day that it is in Norway then.</summary>
        /// <param name="value">Any.</param>
        public static implicit operator FinautDate(DateTimeOffset value)
        {
            return new FinautDate(Norway.At(value.UtcDateTime));
        }

        /// <summary>Whether no day was given: it is <c>default(FinautDate)</c>, or made of DateTime.MinValue.</summary>
        internal bool IsUnset
        {
            get { return day == DateTime.MinValue; }
        }

        /// <summary>As "2026-01-31".</summary>
        public override string ToString()
        {
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }
}
