using System;

namespace Finaut
{
    /// <summary>What the clocks in Norway show.</summary>
    internal static class Norway
    {
        // By its name in the time zone database, then by Windows' own.
        private static readonly TimeZoneInfo Zone = Find("Europe/Oslo") ?? Find("W. Europe Standard Time");

        /// <summary>The time in Norway at a moment that is given in UTC.</summary>
        public static DateTime At(DateTime utc)
        {
            // The first and the last moments that there are have no other time beside them.
            if (utc < DateTime.MinValue.AddDays(1) || utc > DateTime.MaxValue.AddDays(-1))
            {
                return utc;
            }
            return DateTime.SpecifyKind(utc + (Zone == null ? OffsetByRule(utc) : Zone.GetUtcOffset(utc)), DateTimeKind.Unspecified);
        }

        /// <summary>
        /// One hour ahead of UTC, two in summer: from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (Directive
        /// 2000/84/EC). For systems without time zones: containers without tzdata, .NET without ICU on old Windows.
        /// </summary>
        internal static TimeSpan OffsetByRule(DateTime utc)
        {
            bool summer = utc >= Change(utc.Year, 3) && utc < Change(utc.Year, 10);
            return TimeSpan.FromHours(summer ? 2 : 1);
        }

        private static DateTime Change(int year, int month)
        {
            var last = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Utc);
            return last.AddDays(-(int)last.DayOfWeek);
        }

        private static TimeZoneInfo Find(string name)
        {
            try
            {
                return TimeZoneInfo.FindSystemTimeZoneById(name);
            }
            catch (Exception)
            {
                // There is none, it cannot be read, or this runtime knows none at all: each says so in its own way.
                return null;
            }
        }
    }
}
