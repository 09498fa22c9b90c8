using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Serialization;

namespace Finaut
{
    /// <summary>
    /// A call failed. Each kind of failure has a class of its own; what they have in common, and failures of kinds that are newer
    /// than this assembly, are of this one. <see cref="Exception.Message"/> says what happened and what to do.
    /// </summary>
    [Serializable]
    public class FinautException : Exception
    {
        internal FinautException(string/*?*/ code, string message, string/*?*/ json) : base(message)
        {
            Code = code;
            Json = json;
        }

        /// <summary>Takes over what another application domain threw.</summary>
        protected FinautException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
            Code = info.GetString(nameof(Code));
            Json = info.GetString(nameof(Json));
        }

        /// <summary>What kind of failure it is, a stable word as "not_found".</summary>
        public string/*?*/ Code { get; }

        /// <summary>The whole error as the library told it; null if it was not the library that told it.</summary>
        public string/*?*/ Json { get; }

        /// <summary>The operation that was called, as "users.get"; null if it was none.</summary>
        public string/*?*/ Operation => Get("/operation");

        /// <summary>Method and path of the request that failed, without its query; null if no request was sent.</summary>
        public string/*?*/ Request => Get("/request");

        /// <summary>The status that the server answered with.</summary>
        public int? HttpStatus => int.TryParse(Get("/http_status"), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? status : (int?)null;

        /// <summary>After how long the same call can succeed, where that is known.</summary>
        public TimeSpan? RetryAfter => Seconds.Read(Get("/retry_after_s"));

        /// <summary>The server's name for the request, for questions to Norsk Test.</summary>
        public string/*?*/ CorrelationId => Get("/correlation_id");

        /// <summary>What is wrong with which of the call's arguments, by the library's names, as "department"; empty if it is not about
        /// arguments. A field that no argument stands for has the server's name.</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields => Problems("/fields");

        /// <summary>The same as the server names it, as "work_for.department"; empty unless the server refused the values.</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> ServerFields => Problems("/server_fields");

        /// <summary>What was sent for the arguments in <see cref="Fields"/>, without identity numbers and secrets: a text without its quotes,
        /// anything else as JSON.</summary>
        public IReadOnlyDictionary<string, string> Values
        {
            get
            {
                var values = new Dictionary<string, string>();
                foreach (KeyValuePair<string, string> value in Finaut.Json.Members(Get("/values") ?? "{}"))
                {
                    values[value.Key] = value.Value;
                }
                return values;
            }
        }

        /// <inheritdoc/>
        public override void GetObjectData(SerializationInfo info, StreamingContext context)
        {
            base.GetObjectData(info, context);
            info.AddValue(nameof(Code), Code);
            info.AddValue(nameof(Json), Json);
        }

        /// <summary>The exception for what the library returned.</summary>
        internal static FinautException Of(int code, string/*?*/ json)
        {
            string/*?*/ message = json == null ? null : Finaut.Json.Get(json, "/message");
            return Numbers.Exception(code, message ?? "The library failed with code " + code + "; no memory was left for the reason.", json);
        }

        private IReadOnlyDictionary<string, IReadOnlyList<string>> Problems(string pointer)
        {
            var fields = new Dictionary<string, IReadOnlyList<string>>();
            foreach (KeyValuePair<string, string> field in Finaut.Json.Members(Get(pointer) ?? "{}"))
            {
                fields[field.Key] = Finaut.Json.Items(field.Value, "").ToArray();
            }
            return fields;
        }

        internal string/*?*/ Get(string pointer)
        {
            return Json == null ? null : Finaut.Json.Get(Json, pointer);
        }
    }

    /// <summary>
    /// The native library cannot be used: it is not found, is for another kind of process (32 or 64 bits), or has another interface
    /// than this assembly was made for. Its <see cref="FinautException.Code"/> is "library".
    /// </summary>
    [Serializable]
    public sealed class FinautLibraryException : FinautException
    {
        internal FinautLibraryException(string message) : base("library", message, null)
        {
        }

        private FinautLibraryException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }
}
