using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Billing;

/// <summary>One call as billed. <see cref="Cost"/> is null if the audit's table has no price for it.</summary>
internal sealed record BilledCall(
    string ResponseId,
    string? ScriptId,
    string Model,
    ProviderApi Api,
    BilledTokens Tokens,
    CallState State
)
{
    public DateTimeOffset Time { get; init; }

    public decimal? Cost { get; init; }
}

internal enum CallState
{
    /// <summary>The last byte was accepted by the transport.</summary>
    Complete,

    /// <summary>Generation started, and either side disconnected before the end.</summary>
    Cut,
}
