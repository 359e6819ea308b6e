using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>One call with everything that the ledger has about it.</summary>
public sealed record CallDetails
{
    /// <summary>The id of the call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The currency of all costs.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The attempts, in order.</summary>
    public required IReadOnlyList<CallAttempt> Attempts { get; init; }

    /// <summary>The corrections of the attempts, oldest first.</summary>
    public required IReadOnlyList<CallEntry> Corrections { get; init; }

    /// <summary>The cost of all attempts and corrections; null if none has a price.</summary>
    [JsonConverter(typeof(MoneyTextJson))]
    public required Money? Cost { get; init; }

    /// <summary>The number of attempts without a price, apart from those that a correction priced later.</summary>
    public required long Unpriced { get; init; }
}
