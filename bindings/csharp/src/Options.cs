// Made by cargo xtask generate: change the catalogue (core/src/api.rs, core/src/config.rs, core/src/error.rs) instead.

using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Finaut
{
    /// <summary>The server's limit, and how many requests bulk calls leave to interactive ones.</summary>
    [TypeConverter(typeof(TextConverter))]
    public sealed class ThrottleOptions
    {
        private string/*?*/ json;

        /// <summary>How many requests the server accepts. Default: 200.</summary>
        public long? Requests { get; set; }

        /// <summary>In how many seconds. Default: 3600 s.</summary>
        public double? PerSeconds { get; set; }

        /// <summary>How many of them bulk calls leave to interactive ones. Default: 0.</summary>
        public long? Reserve { get; set; }

        /// <summary>Settings that have no property here, by the library's own names, each value as JSON. What the library does
        /// not know either, it refuses, and says what was probably meant.</summary>
        public IDictionary<string, string> Other { get; } = new Dictionary<string, string>();

        /// <summary>The object as JSON, in the place of its properties.</summary>
        /// <param name="json">With the library's own names.</param>
        public static implicit operator ThrottleOptions/*?*/(string/*?*/ json)
        {
            return json == null ? null : new ThrottleOptions { json = json };
        }

        internal Arguments ToArguments()
        {
            return new Arguments(json)
                .Add("requests", Requests)
                .Add("per_s", PerSeconds)
                .Add("reserve", Reserve)
                .AddOther(Other);
        }
    }

    /// <summary>Header that webhooks carry.</summary>
    [TypeConverter(typeof(TextConverter))]
    public sealed class InboxHeaderOptions
    {
        private string/*?*/ json;

        /// <summary>The header's name.</summary>
        public string/*?*/ Name { get; set; }

        /// <summary>Its secret value, of 22 characters at least.</summary>
        public string/*?*/ Value { get; set; }

        /// <summary>Settings that have no property here, by the library's own names, each value as JSON. What the library does
        /// not know either, it refuses, and says what was probably meant.</summary>
        public IDictionary<string, string> Other { get; } = new Dictionary<string, string>();

        /// <summary>The object as JSON, in the place of its properties.</summary>
        /// <param name="json">With the library's own names.</param>
        public static implicit operator InboxHeaderOptions/*?*/(string/*?*/ json)
        {
            return json == null ? null : new InboxHeaderOptions { json = json };
        }

        internal Arguments ToArguments()
        {
            return new Arguments(json)
                .Add("name", Name)
                .Add("value", Value)
                .AddOther(Other);
        }
    }

    /// <summary>Whom the inbox believes and what it keeps.</summary>
    [TypeConverter(typeof(TextConverter))]
    public sealed class InboxOptions
    {
        private string/*?*/ json;

        /// <summary>Last segment of the path of webhooks, of 22 letters and digits at least, as openssl rand -hex 16 makes
        /// it.</summary>
        public string/*?*/ PathSecret { get; set; }

        /// <summary>Header that webhooks carry. Its JSON may be assigned as well.</summary>
        public InboxHeaderOptions/*?*/ Header { get; set; } = new InboxHeaderOptions();

        /// <summary>What webhooks are signed with, of 22 characters at least.</summary>
        public string/*?*/ HmacSecret { get; set; }

        /// <summary>"fetch": what a webhook says is asked of the API first; "none": it is delivered as it came. Default:
        /// "fetch".</summary>
        public string/*?*/ Verify { get; set; }

        /// <summary>How many requests an hour that may take. Default: 40.</summary>
        public long? VerifyPerHour { get; set; }

        /// <summary>How long acknowledged events are kept. Default: 30.</summary>
        public long? KeepDays { get; set; }

        /// <summary>How many events and unverified webhooks may wait. Default: 10000.</summary>
        public long? Most { get; set; }

        /// <summary>Settings that have no property here, by the library's own names, each value as JSON. What the library does
        /// not know either, it refuses, and says what was probably meant.</summary>
        public IDictionary<string, string> Other { get; } = new Dictionary<string, string>();

        /// <summary>The object as JSON, in the place of its properties.</summary>
        /// <param name="json">With the library's own names.</param>
        public static implicit operator InboxOptions/*?*/(string/*?*/ json)
        {
            return json == null ? null : new InboxOptions { json = json };
        }

        internal Arguments ToArguments()
        {
            return new Arguments(json)
                .Add("path_secret", PathSecret)
                .Add("header", Header?.ToArguments())
                .Add("hmac_secret", HmacSecret)
                .Add("verify", Verify)
                .Add("verify_per_hour", VerifyPerHour)
                .Add("keep_days", KeepDays)
                .Add("most", Most)
                .AddOther(Other);
        }
    }

    /// <summary>The settings of a client. What is null comes from the environment or the defaults.</summary>
    public sealed class FinautOptions
    {
        /// <summary>OAuth client id. Default: the environment's FINAUT_CLIENT_ID.</summary>
        public string/*?*/ ClientId { get; set; }

        /// <summary>OAuth client secret. Default: the environment's FINAUT_CLIENT_SECRET.</summary>
        public string/*?*/ ClientSecret { get; set; }

        /// <summary>Path of a file that holds the client secret and nothing else, in place of "client_secret"; it is read when
        /// the client is made.</summary>
        public string/*?*/ ClientSecretFile { get; set; }

        /// <summary>The client secret before this one, after a change: what the state keeps under it is taken over at first use,
        /// and the old secret no longer opens it.</summary>
        public string/*?*/ PreviousClientSecret { get; set; }

        /// <summary>Address of the server, without a path, else the environment's FINAUT_API_HOST. Default:
        /// "https://api.norsktest.no".</summary>
        public string/*?*/ Host { get; set; }

        /// <summary>Path of a file that all processes of this machine share: token, used requests, what is remembered; a relative
        /// one is made absolute, as check and budget tell it; null: none, whatever the environment says. Default: the
        /// environment's FINAUT_STATE, else the process's own memory.</summary>
        public string/*?*/ State { get; set; }

        /// <summary>Longest time for one request, connecting included. Default: 30 s.</summary>
        public TimeSpan? Timeout { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See Timeout.</summary>
        public double? TimeoutSeconds
        {
            get { return Timeout?.TotalSeconds; }
            set { Timeout = Seconds.Of(value); }
        }

        /// <summary>Longest time for connecting. Default: 10 s.</summary>
        public TimeSpan? ConnectTimeout { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See
        /// ConnectTimeout.</summary>
        public double? ConnectTimeoutSeconds
        {
            get { return ConnectTimeout?.TotalSeconds; }
            set { ConnectTimeout = Seconds.Of(value); }
        }

        /// <summary>Longest time that a call waits for slots and retries. Default: 60 s.</summary>
        public TimeSpan? MaxWait { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See MaxWait.</summary>
        public double? MaxWaitSeconds
        {
            get { return MaxWait?.TotalSeconds; }
            set { MaxWait = Seconds.Of(value); }
        }

        /// <summary>How long an object must stay absent before a broken creation is sent again. Default: 10 s.</summary>
        public TimeSpan? Settle { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See Settle.</summary>
        public double? SettleSeconds
        {
            get { return Settle?.TotalSeconds; }
            set { Settle = Seconds.Of(value); }
        }

        /// <summary>How long after it was sent a slow server can still act on a creation: after a time-out, or if its process was
        /// killed, it is not sent again before. Default: 300 s.</summary>
        public TimeSpan? Late { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See Late.</summary>
        public double? LateSeconds
        {
            get { return Late?.TotalSeconds; }
            set { Late = Seconds.Of(value); }
        }

        /// <summary>The server's limit, and how many requests bulk calls leave to interactive ones. Its JSON may be assigned as
        /// well.</summary>
        public ThrottleOptions/*?*/ Throttle { get; set; } = new ThrottleOptions();

        /// <summary>OAuth scope. Default: "read write".</summary>
        public string/*?*/ Scope { get; set; }

        /// <summary>HTTP proxy as http://user:password@host:port, or "none". Default: the environment's HTTPS_PROXY or ALL_PROXY,
        /// unless NO_PROXY names the host (this machine itself is reached without).</summary>
        public string/*?*/ Proxy { get; set; }

        /// <summary>PEM file of certificate authorities trusted besides the system's.</summary>
        public string/*?*/ CaFile { get; set; }

        /// <summary>How long schemes, companies and departments are remembered. Default: 86400 s.</summary>
        public TimeSpan? Cache { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See Cache.</summary>
        public double? CacheSeconds
        {
            get { return Cache?.TotalSeconds; }
            set { Cache = Seconds.Of(value); }
        }

        /// <summary>Address that starts the link flow, with {ext_user_id} in it.</summary>
        public string/*?*/ LinkUrl { get; set; }

        /// <summary>The user who sets statuses (users.hold, users.withdraw, userstatus.create) where a call names
        /// nobody.</summary>
        public Reference SetBy { get; set; }

        /// <summary>What the calls of this client are part of, as "nightly": stands in events, in the journal, in budget's "by"
        /// and in the User-Agent header.</summary>
        public string/*?*/ Job { get; set; }

        /// <summary>How long lines of the journal are kept; of several programs that share a state, the fewest days count.
        /// Default: 90.</summary>
        public long? JournalDays { get; set; }

        /// <summary>How often the observer is called while a call waits; by that call the C# and Python wrappers notice
        /// cancellation and signals. Default: 0.5 s.</summary>
        public TimeSpan? Observe { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See Observe.</summary>
        public double? ObserveSeconds
        {
            get { return Observe?.TotalSeconds; }
            set { Observe = Seconds.Of(value); }
        }

        /// <summary>Whom the inbox believes and what it keeps. Its JSON may be assigned as well.</summary>
        public InboxOptions/*?*/ Inbox { get; set; } = new InboxOptions();

        /// <summary>Longest answer that is read, in bytes. Default: 8388608.</summary>
        public long? MaxBodyBytes { get; set; }

        /// <summary>User-Agent header. Default: "finaut/0.1.0".</summary>
        public string/*?*/ UserAgent { get; set; }

        /// <summary>Settings that have no property here, by the library's own names, each value as JSON. What the library does
        /// not know either, it refuses, and says what was probably meant.</summary>
        public IDictionary<string, string> Other { get; } = new Dictionary<string, string>();

        internal string ToJson()
        {
            return new Arguments()
                .Add("client_id", ClientId)
                .Add("client_secret", ClientSecret)
                .Add("client_secret_file", ClientSecretFile)
                .Add("previous_client_secret", PreviousClientSecret)
                .Add("host", Host)
                .Add("state", State)
                .Add("timeout_s", Timeout)
                .Add("connect_timeout_s", ConnectTimeout)
                .Add("max_wait_s", MaxWait)
                .Add("settle_s", Settle)
                .Add("late_s", Late)
                .Add("throttle", Throttle?.ToArguments())
                .Add("scope", Scope)
                .Add("proxy", Proxy)
                .Add("ca_file", CaFile)
                .Add("cache_s", Cache)
                .Add("link_url", LinkUrl)
                .Add("set_by", SetBy)
                .Add("job", Job)
                .Add("journal_days", JournalDays)
                .Add("observe_s", Observe)
                .Add("inbox", Inbox?.ToArguments())
                .Add("max_body_bytes", MaxBodyBytes)
                .Add("user_agent", UserAgent)
                .AddOther(Other)
                .ToJson();
        }
    }

    /// <summary>What any call may be told besides its own arguments. What is null is as the client has it.</summary>
    public sealed partial class CallOptions
    {
        /// <summary>Longest time that this call waits for slots and retries; a list, inbox.poll and sync.plan, for each page.
        /// Default: the configuration's.</summary>
        public TimeSpan? MaxWait { get; set; }

        /// <summary>"interactive" may use the slots that "bulk" must leave. Default: "bulk".</summary>
        public Priority? Priority { get; set; }

        /// <summary>True: ask the server even where the answer is remembered. Default: false.</summary>
        public bool? Fresh { get; set; }

        /// <summary>What the call is part of, as "nightly": stands in events, in the journal and in budget's "by". Default: the
        /// configuration's.</summary>
        public string/*?*/ Job { get; set; }

        /// <summary>Names this call, as no other that runs, for finaut_client_interrupt_call.</summary>
        public string/*?*/ CallId { get; set; }

        internal Arguments AddTo(Arguments arguments)
        {
            return arguments
                .Add("max_wait_s", MaxWait)
                .Add("priority", Priority)
                .Add("fresh", Fresh)
                .Add("job", Job)
                .Add("call_id", CallId);
        }
    }

    /// <summary>The settings of a receiver. What is null is as the library has it.</summary>
    public sealed class ReceiverOptions
    {
        /// <summary>Address and port; with port 0 any that is free, and the reply tells which. Default:
        /// "127.0.0.1:8780".</summary>
        public string/*?*/ Listen { get; set; }

        /// <summary>List of paths; a configured "path_secret" follows after a slash. Default: ["/finaut/webhook",
        /// "/finaut/link"].</summary>
        public TextList/*?*/ Paths { get; set; } = new TextList();

        /// <summary>True: starts although the client's "inbox" has no "path_secret", "header" or "hmac_secret", so that anybody
        /// who reaches it can fill the inbox with inventions. Default: false.</summary>
        public bool? Open { get; set; }

        /// <summary>Path at which GET and HEAD tell load balancers whether webhooks are taken now: 200, else 503; no secret is
        /// asked for there. Default: "/health".</summary>
        public string/*?*/ HealthPath { get; set; }

        /// <summary>Longest body. Default: 131072.</summary>
        public long? MaxBodyBytes { get; set; }

        /// <summary>Most connections at a time, but no more than a quarter of the descriptors that the process may have; when
        /// there are more, the oldest that has sent no whole request goes. Default: 256.</summary>
        public long? MaxConnections { get; set; }

        /// <summary>Longest time in which a request must have come. Default: 20 s.</summary>
        public TimeSpan? RequestTimeout { get; set; }

        /// <summary>The same in seconds, for configuration files: .NET reads a bare number there as days. See
        /// RequestTimeout.</summary>
        public double? RequestTimeoutSeconds
        {
            get { return RequestTimeout?.TotalSeconds; }
            set { RequestTimeout = Seconds.Of(value); }
        }

        /// <summary>Settings that have no property here, by the library's own names, each value as JSON. What the library does
        /// not know either, it refuses, and says what was probably meant.</summary>
        public IDictionary<string, string> Other { get; } = new Dictionary<string, string>();

        internal string ToJson()
        {
            return new Arguments()
                .Add("listen", Listen)
                .AddList("paths", Paths)
                .Add("open", Open)
                .Add("health_path", HealthPath)
                .Add("max_body_bytes", MaxBodyBytes)
                .Add("max_connections", MaxConnections)
                .Add("request_timeout_s", RequestTimeout)
                .AddOther(Other)
                .ToJson();
        }
    }
}
