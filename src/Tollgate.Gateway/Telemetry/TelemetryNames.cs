namespace Tollgate.Gateway.Telemetry;

/// <summary>
/// Every name that the gateway exports as telemetry. Those with <c>gen_ai</c> are OpenTelemetry's semantic conventions
/// for generative AI, v1.41; the others are the gateway's own.
/// </summary>
public static class TelemetryNames
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Source = "Tollgate";

    /// <summary>Instruments.</summary>
    public static class Metrics
    {
        /// <summary>Tokens of a call, by type; unit <c>{token}</c>.</summary>
        public const string TokenUsage = "gen_ai.client.token.usage";

        /// <summary>From the gateway's request to the end of the response, retries included; unit <c>s</c>.</summary>
        public const string OperationDuration = "gen_ai.client.operation.duration";

        /// <summary>One attempt at the provider; unit <c>s</c>.</summary>
        public const string RequestDuration = "gen_ai.server.request.duration";

        /// <summary>From the request to the first byte of a streamed response; unit <c>s</c>.</summary>
        public const string TimeToFirstToken = "gen_ai.server.time_to_first_token";

        /// <summary>The time between output tokens after the first; unit <c>s</c>.</summary>
        public const string TimePerOutputToken = "gen_ai.server.time_per_output_token";

        /// <summary>Money spent; unit <c>USD</c>.</summary>
        public const string Cost = "tollgate.cost";

        /// <summary>Calls without a known price.</summary>
        public const string UnpricedCalls = "tollgate.calls.unpriced";

        /// <summary>Calls whose usage is estimated.</summary>
        public const string EstimatedCalls = "tollgate.calls.estimated";

        /// <summary>Calls that the gateway itself denied.</summary>
        public const string Denials = "tollgate.denials";

        /// <summary>Calls in flight.</summary>
        public const string CallsInFlight = "tollgate.calls.in_flight";

        /// <summary>Bytes of request bodies held; unit <c>By</c>.</summary>
        public const string RequestMemory = "tollgate.request_memory";

        /// <summary>Writes queued for the ledger.</summary>
        public const string LedgerQueue = "tollgate.ledger.queue";

        /// <summary>True if the ledger can be written: 1 or 0.</summary>
        public const string LedgerWritable = "tollgate.ledger.writable";

        /// <summary>The size of the ledger's write-ahead log; unit <c>By</c>.</summary>
        public const string LedgerWal = "tollgate.ledger.wal";

        /// <summary>Records on their way to the database server.</summary>
        public const string LedgerBacklog = "tollgate.ledger.backlog";

        /// <summary>Records that the database server rejected.</summary>
        public const string LedgerQuarantined = "tollgate.ledger.quarantined";

        /// <summary>True if the transcript log can be written: 1 or 0.</summary>
        public const string TranscriptsAvailable = "tollgate.transcripts.available";

        /// <summary>Data waiting to be written to the transcript log; unit <c>By</c>.</summary>
        public const string TranscriptsQueue = "tollgate.transcripts.queue";

        /// <summary>Rows of the transcript log that were dropped.</summary>
        public const string TranscriptsDropped = "tollgate.transcripts.dropped";

        /// <summary>Alert messages sent.</summary>
        public const string AlertsSent = "tollgate.alerts.sent";

        /// <summary>Failed attempts to send one.</summary>
        public const string AlertsFailed = "tollgate.alerts.failed_attempts";

        /// <summary>Alert messages waiting to be sent.</summary>
        public const string AlertsPending = "tollgate.alerts.due";

        /// <summary>Alert messages abandoned.</summary>
        public const string AlertsAbandoned = "tollgate.alerts.abandoned";
    }

    /// <summary>Attributes.</summary>
    public static class Attributes
    {
        /// <summary>For example <c>chat</c>.</summary>
        public const string OperationName = "gen_ai.operation.name";

        /// <summary>For example <c>openai</c>.</summary>
        public const string ProviderName = "gen_ai.provider.name";

        /// <summary>The model that was requested.</summary>
        public const string RequestModel = "gen_ai.request.model";

        /// <summary>The model that responded.</summary>
        public const string ResponseModel = "gen_ai.response.model";

        /// <summary>The provider's id of the response.</summary>
        public const string ResponseId = "gen_ai.response.id";

        /// <summary><c>input</c> or <c>output</c>.</summary>
        public const string TokenType = "gen_ai.token.type";

        /// <summary>Input tokens, cached ones included.</summary>
        public const string InputTokens = "gen_ai.usage.input_tokens";

        /// <summary>Output tokens.</summary>
        public const string OutputTokens = "gen_ai.usage.output_tokens";

        /// <summary>A class of failure.</summary>
        public const string ErrorType = "error.type";

        /// <summary>The cost of a call in USD.</summary>
        public const string Cost = "tollgate.cost";

        /// <summary>The id of a call.</summary>
        public const string RequestId = "tollgate.request_id";

        /// <summary>The source of a call's token counts.</summary>
        public const string UsageSource = "tollgate.usage_source";
    }
}
