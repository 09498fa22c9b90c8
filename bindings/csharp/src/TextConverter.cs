using System;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Finaut
{
    /// <summary>
    /// Makes a value of one of this assembly's types from text, as readers of configuration files ask for it: by the type's own
    /// conversion from string.
    /// </summary>
    internal sealed class TextConverter : TypeConverter
    {
        private readonly MethodInfo conversion;

        public TextConverter(Type type)
        {
            conversion = type.GetMethod("op_Implicit", new[] { typeof(string) })
                ?? throw new ArgumentException(type + " has no conversion from string");
        }

        public override bool CanConvertFrom(ITypeDescriptorContext context, Type sourceType)
        {
            return sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);
        }

        public override object ConvertFrom(ITypeDescriptorContext context, CultureInfo culture, object value)
        {
            return value is string ? conversion.Invoke(null, new[] { value }) : base.ConvertFrom(context, culture, value);
        }
    }
}
