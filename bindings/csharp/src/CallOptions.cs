namespace Finaut
{
    public sealed partial class CallOptions
    {
        /// <summary>What the server calls the last request of the call that these options were given to, for questions to Norsk Test: set
        /// while the call runs, also where it ends well. Null before, and where the server named none. Calls that run at the same
        /// time need options of their own.</summary>
        public string/*?*/ CorrelationId { get; internal set; }
    }
}
