using System;
using System.ComponentModel;

namespace Finaut
{
    /// <summary>
    /// What happens during a call: a request, a wait (the first and one every 30 s), a token, a page, a retry. Setting
    /// <see cref="CancelEventArgs.Cancel"/> stops the call with <see cref="FinautInterruptedException"/>.
    /// </summary>
    public sealed class ProgressEventArgs : CancelEventArgs
    {
        internal ProgressEventArgs(string json)
        {
            Json = json;
        }

        /// <summary>The event as the library tells it.</summary>
        public string Json { get; }

        /// <summary>What happened: "request", "wait", "token", "page", "retry"; others may come.</summary>
        public string/*?*/ Event => Finaut.Json.Get(Json, "/event");

        /// <summary>The operation that was called, as "users.list".</summary>
        public string/*?*/ Operation => Finaut.Json.Get(Json, "/operation");

        /// <summary>The job that the call is part of; null where none is named.</summary>
        public string/*?*/ Job => Finaut.Json.Get(Json, "/job");

        /// <summary>Of a request that made something, the new object's id; else null.</summary>
        public string/*?*/ ObjectId => Finaut.Json.Get(Json, "/object_id");

        /// <summary>Of a wait, what for: "slot", "pause", "token", "retry", "settle", "answer"; null of anything else.</summary>
        public string/*?*/ WaitingFor => Finaut.Json.Get(Json, "/for");

        /// <summary>Of a request that was answered, what the server calls it, for questions to Norsk Test; else null.</summary>
        public string/*?*/ CorrelationId => Finaut.Json.Get(Json, "/correlation_id");

        /// <summary>Of a wait, how long it will last, where that is known.</summary>
        public TimeSpan? Left => Seconds.Read(Finaut.Json.Get(Json, "/left_s"));
    }
}
