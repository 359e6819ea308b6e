using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Collectors.Collections;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>Collected usage by user and month, from a CSV file or from the ledger.</summary>
internal static class CollectedUsage
{
    /// <summary>
    /// A file with <c>user</c>, <c>month</c> (or <c>time</c>) and tokens; rows of the same user and month are added up.
    /// </summary>
    /// <exception cref="InvalidDataException">A column is missing, a value cannot be used, or there is no
    /// row.</exception>
    public static UserMonths Read(string path)
    {
        using var table = new NumberTable(path).Open();
        var user = table.Require("user", "user_id");
        var month = table.Require("month", "time", "timestamp", "date", "created_at");
        var input = table.Require("input_tokens", "prompt_tokens", "tokens_in", "tokens");
        var output = table.Find("output_tokens", "completion_tokens", "tokens_out");
        var (cached, requests) = (table.Find("cached_tokens", "cached_input_tokens"), table.Find("requests", "calls"));
        var months = new UserMonths();
        while (table.Read())
        {
            var calls = requests is null ? 1 : table.Count(requests);
            months.Add(
                table.Text(user),
                table.ParseTime(month),
                new CollectedTokens(table.Count(input), table.Count(cached), table.Count(output), calls, calls)
            );
        }

        return months.IsEmpty
            ? throw new InvalidDataException(
                $"'{path}' has no rows below its header, so there is no usage to draw from."
            )
            : months;
    }

    /// <summary>Reads the ledger's calls; for calls without a user, the key is used instead.</summary>
    /// <exception cref="OperationException">The period has no call.</exception>
    public static async Task<UserMonths> ReadAsync(
        UsageQuery query,
        UsagePeriod period,
        CancellationToken cancellationToken
    )
    {
        var months = new UserMonths();
        await foreach (var record in CallsAsync(query, period, cancellationToken))
            months.Add(
                record.Attribution.User ?? record.Attribution.KeyId ?? "",
                record.StartedAt,
                new CollectedTokens(
                    record.Usage.InputTokens,
                    record.Usage.CachedTokens,
                    record.Usage.OutputTokens,
                    Requests: 1,
                    Succeeded: record.Outcome == CallOutcome.Completed ? 1 : 0
                )
            );
        return months.IsEmpty ? throw CreateNoCallsException(period) : months;
    }

    /// <summary>
    /// Adds up the lines of the providers' reports, which do not name users: each key counts as one, otherwise each
    /// project.
    /// </summary>
    /// <exception cref="OperationException">The collection has no usage.</exception>
    public static UserMonths FromCollection(Collection collection)
    {
        var months = new UserMonths();
        foreach (var line in collection.Lines.Where(static line => line.HasUsage))
            months.Add(
                line.Key ?? line.Project ?? "",
                new DateTimeOffset(line.Day, TimeOnly.MinValue, TimeSpan.Zero),
                new CollectedTokens(
                    line.InputTokens,
                    line.CachedTokens,
                    line.OutputTokens,
                    line.Requests ?? 1,
                    line.Requests ?? 1
                )
            );
        return months.IsEmpty
            ? throw FieldRules.CreateException(
                "collection_id",
                $"The collection '{collection.CollectionId}' has no usage to work with. Collect a longer period."
            )
            : months;
    }

    /// <summary>Returns calls with usage, without corrections and attempts that used nothing.</summary>
    public static IAsyncEnumerable<UsageRecord> CallsAsync(
        UsageQuery query,
        UsagePeriod period,
        CancellationToken cancellationToken
    ) =>
        query
            .ReadAsync(new UsageSelection { Period = period, Order = UsageOrder.OldestFirst }, cancellationToken)
            .Where(static record => record.Corrects is null && record.UsageSource != UsageSource.Missing);

    public static OperationException CreateNoCallsException(UsagePeriod period) =>
        new(
            OperationError.NotFound,
            $"The ledger has no call {FormatPeriod(period)}, so there is no usage to work with. "
                + "Choose another period or another data folder."
        );

    private static string FormatPeriod(UsagePeriod period) =>
        period == UsagePeriod.All
            ? "at all"
            : $"from {period.From?.ToString("u") ?? "the beginning"} to {period.To?.ToString("u") ?? "now"}";
}
