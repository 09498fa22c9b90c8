// Made by cargo xtask generate: change the catalogue (core/src/api.rs, core/src/config.rs, core/src/error.rs) instead.

using System;
using System.Runtime.Serialization;

namespace Finaut
{
    /// <summary>An argument of the call is missing, unknown, of the wrong type, or no JSON. Nothing was sent.</summary>
    [Serializable]
    public sealed class FinautArgumentException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautArgumentException(string message, string/*?*/ json = null) : base("argument", message, json)
        {
        }

        private FinautArgumentException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The client or receiver is closed: its handle is NULL, freed, or none of this library's.</summary>
    [Serializable]
    public sealed class FinautHandleException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautHandleException(string message, string/*?*/ json = null) : base("handle", message, json)
        {
        }

        private FinautHandleException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The configuration cannot be used.</summary>
    [Serializable]
    public sealed class FinautConfigException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautConfigException(string message, string/*?*/ json = null) : base("config", message, json)
        {
        }

        private FinautConfigException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>A value is refused, before sending or by the server (status 400, 409 or 422); "fields" says which.</summary>
    [Serializable]
    public sealed class FinautValidationException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautValidationException(string message, string/*?*/ json = null) : base("validation", message, json)
        {
        }

        private FinautValidationException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The server does not accept the credentials or the token.</summary>
    [Serializable]
    public sealed class FinautAuthenticationException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautAuthenticationException(string message, string/*?*/ json = null) : base("authentication", message, json)
        {
        }

        private FinautAuthenticationException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The account may not do this (status 403).</summary>
    [Serializable]
    public sealed class FinautPermissionException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautPermissionException(string message, string/*?*/ json = null) : base("permission", message, json)
        {
        }

        private FinautPermissionException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>There is no such object, or the account may not see it.</summary>
    [Serializable]
    public sealed class FinautNotFoundException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautNotFoundException(string message, string/*?*/ json = null) : base("not_found", message, json)
        {
        }

        private FinautNotFoundException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>Several persons match, or several companies, departments or franchises have the name.</summary>
    [Serializable]
    public sealed class FinautAmbiguousException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautAmbiguousException(string message, string/*?*/ json = null) : base("ambiguous", message, json)
        {
        }

        private FinautAmbiguousException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>No request may be sent soon enough; "retry_after_s" says when one may.</summary>
    [Serializable]
    public sealed class FinautThrottledException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautThrottledException(string message, string/*?*/ json = null) : base("throttled", message, json)
        {
        }

        private FinautThrottledException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The server failed (status 5xx), or refused in a way that has no code of its own.</summary>
    [Serializable]
    public sealed class FinautServerException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautServerException(string message, string/*?*/ json = null) : base("server", message, json)
        {
        }

        private FinautServerException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The server could not be reached, or the connection broke.</summary>
    [Serializable]
    public sealed class FinautNetworkException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautNetworkException(string message, string/*?*/ json = null) : base("network", message, json)
        {
        }

        private FinautNetworkException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>Something was sent and nobody knows whether it took effect; the message says what to check.</summary>
    [Serializable]
    public sealed class FinautUnknownOutcomeException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautUnknownOutcomeException(string message, string/*?*/ json = null) : base("unknown_outcome", message, json)
        {
        }

        private FinautUnknownOutcomeException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The answer is not what FinAut would send: a proxy's page, half a body, too much of it.</summary>
    [Serializable]
    public sealed class FinautProtocolException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautProtocolException(string message, string/*?*/ json = null) : base("protocol", message, json)
        {
        }

        private FinautProtocolException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The host interrupted the call, from another thread or through its observer.</summary>
    [Serializable]
    public sealed class FinautInterruptedException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautInterruptedException(string message, string/*?*/ json = null) : base("interrupted", message, json)
        {
        }

        private FinautInterruptedException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The state file cannot be used, or this program or machine lacks something: descriptors, threads, memory,
    /// disk.</summary>
    [Serializable]
    public sealed class FinautStateException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautStateException(string message, string/*?*/ json = null) : base("state", message, json)
        {
        }

        private FinautStateException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>This is a forked child in which the client cannot be used safely.</summary>
    [Serializable]
    public sealed class FinautForkedException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautForkedException(string message, string/*?*/ json = null) : base("forked", message, json)
        {
        }

        private FinautForkedException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>There is a mistake in this library; please report the message.</summary>
    [Serializable]
    public sealed class FinautInternalException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautInternalException(string message, string/*?*/ json = null) : base("internal", message, json)
        {
        }

        private FinautInternalException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>Nothing could be done because a rail of the sync holds it, until a person has approved it.</summary>
    [Serializable]
    public sealed partial class FinautHeldException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautHeldException(string message, string/*?*/ json = null) : base("held", message, json)
        {
        }

        private FinautHeldException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>It is older than it may be: the last completed run of a sync, or a plan.</summary>
    [Serializable]
    public sealed class FinautStaleException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautStaleException(string message, string/*?*/ json = null) : base("stale", message, json)
        {
        }

        private FinautStaleException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>Another sync of the account is under way; "retry_after_s" says when to call again.</summary>
    [Serializable]
    public sealed class FinautBusyException : FinautException
    {
        /// <summary>As the library throws it; for what stands in for a client in tests.</summary>
        /// <param name="message">What happened and what to do.</param>
        /// <param name="json">The whole error as the library tells it, which the properties are read from.</param>
        public FinautBusyException(string message, string/*?*/ json = null) : base("busy", message, json)
        {
        }

        private FinautBusyException(SerializationInfo info, StreamingContext context) : base(info, context)
        {
        }
    }

    /// <summary>The numbers of include/finaut.h.</summary>
    internal static class Numbers
    {
        public const uint AbiVersion = 1;
        public const int Ok = 0;
        public const int Argument = 1;
        public const int Handle = 2;
        public const int Config = 3;
        public const int Validation = 4;
        public const int Authentication = 5;
        public const int Permission = 6;
        public const int NotFound = 7;
        public const int Ambiguous = 8;
        public const int Throttled = 9;
        public const int Server = 10;
        public const int Network = 11;
        public const int UnknownOutcome = 12;
        public const int Protocol = 13;
        public const int Interrupted = 14;
        public const int State = 15;
        public const int Forked = 16;
        public const int Internal = 17;
        public const int Held = 18;
        public const int Stale = 19;
        public const int Busy = 20;

        public static FinautException Exception(int code, string message, string/*?*/ json)
        {
            switch (code)
            {
                case Argument: return new FinautArgumentException(message, json);
                case Handle: return new FinautHandleException(message, json);
                case Config: return new FinautConfigException(message, json);
                case Validation: return new FinautValidationException(message, json);
                case Authentication: return new FinautAuthenticationException(message, json);
                case Permission: return new FinautPermissionException(message, json);
                case NotFound: return new FinautNotFoundException(message, json);
                case Ambiguous: return new FinautAmbiguousException(message, json);
                case Throttled: return new FinautThrottledException(message, json);
                case Server: return new FinautServerException(message, json);
                case Network: return new FinautNetworkException(message, json);
                case UnknownOutcome: return new FinautUnknownOutcomeException(message, json);
                case Protocol: return new FinautProtocolException(message, json);
                case Interrupted: return new FinautInterruptedException(message, json);
                case State: return new FinautStateException(message, json);
                case Forked: return new FinautForkedException(message, json);
                case Internal: return new FinautInternalException(message, json);
                case Held: return new FinautHeldException(message, json);
                case Stale: return new FinautStaleException(message, json);
                case Busy: return new FinautBusyException(message, json);
                default: return new FinautException(json == null ? null : Json.Get(json, "/code"), message, json);
            }
        }
    }
}
