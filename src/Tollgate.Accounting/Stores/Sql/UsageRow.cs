using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Reads records and sums from a row. The initializers below run in the order of the selected columns.
/// </summary>
public static class UsageRow
{
    /// <summary>Reads a record.</summary>
    public static UsageRecord ReadRecord(ref this RowCursor row) =>
        new()
        {
            Id = row.Call(),
            StartedAt = row.Time(),
            Provider = row.Text(),
            Model = row.Text(),
            ModelGroup = row.TextOrNull(),
            Deployment = row.TextOrNull(),
            Operation = row.Text(),
            Streamed = row.Flag(),
            ServiceTier = (ServiceTier)row.Number(),
            Attribution = row.ReadAttribution(),
            Usage = row.ReadUsage(),
            Duration = row.Duration(),
            TimeToFirstToken = row.DurationOrNull(),
            ResponseModel = row.TextOrNull(),
            UsageSource = (UsageSource)row.Number(),
            Local = new LocalTokens(row.NumberOrNull(), row.NumberOrNull(), row.NumberOrNull()),
            Cost = row.CostOrNull(),
            CostSource = row.TextOrNull(),
            Outcome = (CallOutcome)row.Number(),
            StatusCode = (int)row.Number(),
            ErrorType = row.TextOrNull(),
            ResponseId = row.TextOrNull(),
            Corrects = row.CallOrNull(),
        };

    /// <summary>Reads sums whose cost is one column.</summary>
    public static UsageTotals ReadTotals(ref this RowCursor row) =>
        new()
        {
            Calls = row.Number(),
            Errors = row.Number(),
            Estimated = row.Number(),
            Unpriced = row.Number(),
            Cost = row.Cost(),
            Duration = row.Duration(),
            Usage = row.ReadUsage(),
        };

    /// <summary>Reads one column for each <see cref="UsageKind"/>, in its order.</summary>
    public static TokenUsage ReadUsage(ref this RowCursor row)
    {
        var usage = default(TokenUsage);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            usage.Adjust((UsageKind)kind, row.Number());
        return usage;
    }

    private static Attribution ReadAttribution(ref this RowCursor row) =>
        new()
        {
            KeyId = row.TextOrNull(),
            User = row.TextOrNull(),
            Project = row.TextOrNull(),
            Session = row.TextOrNull(),
            Application = row.TextOrNull(),
            EndUser = row.TextOrNull(),
            Tags = row.TextOrNull(),
        };
}
