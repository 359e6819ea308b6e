using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Billing;

internal readonly record struct BillKey(string Model, ProviderApi Api, CallState State);

/// <summary>
/// The sum of the calls of one model, API and state. Tiers apply per call, so costs are summed, not computed from sums.
/// </summary>
internal sealed class BillLine
{
    public long Calls { get; private set; }

    public long UnpricedCalls { get; private set; }

    public BilledTokens Tokens { get; private set; }

    public decimal Cost { get; private set; }

    public void Add(BilledCall call)
    {
        Calls++;
        Tokens += call.Tokens;
        if (call.Cost is { } cost)
            Cost += cost;
        else
            UnpricedCalls++;
    }

    public BillLine Copy() => (BillLine)MemberwiseClone();
}

/// <summary>A consistent copy of the bill.</summary>
internal sealed record BillTotals(
    IReadOnlyDictionary<BillKey, BillLine> Lines,
    IReadOnlyDictionary<int, long> Refused,
    long NotListed
)
{
    public IEnumerable<KeyValuePair<BillKey, BillLine>> ForState(CallState state) =>
        Lines
            .Where(line => line.Key.State == state)
            .OrderBy(line => line.Key.Model, StringComparer.Ordinal)
            .ThenBy(line => line.Key.Api);
}
