using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Summaries;

/// <summary>Computes percentiles from records, because no sum contains them.</summary>
internal static class PercentileReader
{
    /// <summary>The maximum number of records that are read for one result.</summary>
    public const int MaxRecords = 50_000;

    /// <summary>The maximum number of records among which they are found.</summary>
    private const long MaxSearched = 1_000_000;

    public static async Task<DurationPercentiles> ReadAsync(
        ReachableUsage usage,
        UsageScope scope,
        UsageTotals totals,
        CancellationToken cancellationToken
    )
    {
        if (totals.Calls > MaxRecords)
            return Unavailable(
                FormattableString.Invariant(
                    $"Percentiles are computed from at most {MaxRecords} calls, but there are {totals.Calls}. "
                ) + "Choose a shorter range or more conditions."
            );
        try
        {
            await usage.RequireReadableAsync("percentiles", scope, MaxSearched, cancellationToken);
        }
        catch (OperationException tooMany)
        {
            return Unavailable(tooMany.Message);
        }

        var durations = new List<long>((int)totals.Calls);
        var selection = new UsageSelection { Period = scope.Range.Period, Where = scope.Where };
        await foreach (var record in usage.Query.ReadAsync(selection, cancellationToken))
            if (record.Corrects is null && durations.Count < MaxRecords)
                durations.Add(record.Duration.ToMicros());
        if (durations.Count == 0)
            return Unavailable("There are no calls whose records are still in the ledger.");
        durations.Sort();
        return new DurationPercentiles(Find(durations, 50), Find(durations, 95), null);
    }

    private static DurationPercentiles Unavailable(string reason) => new(null, null, reason);

    private static decimal Find(List<long> sorted, int percent)
    {
        var rank = (((long)sorted.Count * percent) + 99) / 100;
        return sorted[(int)rank - 1] / 1_000_000m;
    }
}
