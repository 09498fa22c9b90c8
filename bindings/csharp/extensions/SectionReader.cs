using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Finaut.Extensions
{
    /// <summary>
    /// What the binder of Microsoft.Extensions.Configuration leaves out: it passes over names that it does not know, and reads a bare
    /// number as days where a TimeSpan is meant.
    /// </summary>
    internal static class SectionReader
    {
        /// <summary>Hands names that the options have no property for to the library, which knows them or says what was meant.</summary>
        /// <exception cref="OptionsValidationException">A duration is a bare number.</exception>
        public static void Complete(IConfiguration section, FinautOptions options)
        {
            Complete(section, options, options.Other);
        }

        private static void Complete(IConfiguration section, object options, IDictionary<string, string> other)
        {
            foreach (IConfigurationSection child in section.GetChildren())
            {
                PropertyInfo? property = Property(options, child.Key);
                if (property == null)
                {
                    other[Snake(child.Key)] = Json(child, Property(options, child.Key.Replace("_", "")));
                }
                else if (property.PropertyType == typeof(TimeSpan?) && IsNumber(child.Value))
                {
                    throw new OptionsValidationException(Options.DefaultName, typeof(FinautOptions), new[]
                    {
                        child.Path + ": is the bare number " + child.Value + ", which .NET would read as days. Write it in seconds as " +
                        property.Name + "Seconds, or as hours, minutes and seconds: \"00:00:30\".",
                    });
                }
                else if (property.GetValue(options) is object inner
                    && inner.GetType().GetProperty(nameof(FinautOptions.Other))?.GetValue(inner) is IDictionary<string, string> others)
                {
                    Complete(child, inner, others);
                }
            }
        }

        private static PropertyInfo? Property(object options, string name)
        {
            return options.GetType().GetProperties().SingleOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        }

        private static bool IsNumber(string? text)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        }

        /// <summary>`CacheTime` as `cache_time`, which is how the library would call it.</summary>
        private static string Snake(string name)
        {
            var snake = new StringBuilder();
            foreach (char character in name)
            {
                bool begins = char.IsUpper(character) && snake.Length > 0 && snake[^1] != '_';
                snake.Append(begins ? "_" : "").Append(char.ToLowerInvariant(character));
            }
            return snake.ToString();
        }

        /// <summary>A section as JSON. All values there are texts; what looks like a number or a flag is one, unless a text is meant.</summary>
        private static string Json(IConfigurationSection section, PropertyInfo? meant)
        {
            IConfigurationSection[] children = section.GetChildren().ToArray();
            if (children.Length > 0)
            {
                bool isList = children.Select((child, i) => child.Key == i.ToString(CultureInfo.InvariantCulture)).All(fits => fits);
                IEnumerable<string> items = children.Select(child => (isList ? "" : JsonSerializer.Serialize(child.Key) + ":") + Json(child, null));
                return (isList ? "[" : "{") + string.Join(",", items) + (isList ? "]" : "}");
            }
            bool isText = meant?.PropertyType == typeof(string);
            if (!isText && IsNumber(section.Value))
            {
                return section.Value;
            }
            if (!isText && bool.TryParse(section.Value, out bool flag))
            {
                return flag ? "true" : "false";
            }
            return JsonSerializer.Serialize(section.Value ?? "");
        }
    }
}
