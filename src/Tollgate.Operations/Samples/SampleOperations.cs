using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Simulations.Scenarios;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Samples;

/// <summary>Reads samples for <see cref="StatisticsOperations"/>.</summary>
/// <param name="workspace">The ledger.</param>
/// <param name="reach">The usage that the caller may see; no sample includes any other.</param>
public sealed class SampleOperations(Workspace workspace, UsageReach reach)
{
    private static readonly OrderedDictionary<string, Func<UsageRecord, double?>> Ledger = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["input_tokens"] = static record => record.Usage.InputTokens,
        ["cached_tokens"] = static record => record.Usage.CachedTokens,
        ["output_tokens"] = static record => record.Usage.OutputTokens,
        ["total_tokens"] = static record => record.Usage.TotalTokens,
        ["cost_usd"] = static record => record.Cost is { } cost ? decimal.ToDouble(cost.Usd) : null,
        ["duration_s"] = static record => record.Duration.TotalSeconds,
    };

    private static readonly string[] DefaultColumns = ["input_tokens", "output_tokens"];

    /// <summary>The names of the ledger's columns.</summary>
    public static IReadOnlyCollection<string> LedgerColumns => Ledger.Keys;

    /// <summary>Reads the columns, all of the same length.</summary>
    /// <exception cref="InvalidDataException">The file has no such column, or a value is missing or not a
    /// number.</exception>
    /// <exception cref="OperationException">The ledger has no such column, or the period has no call.</exception>
    public async Task<Sample> ReadAsync(SampleRequest request, CancellationToken cancellationToken) =>
        request.File is { } file
            ? ReadFile(file, [.. request.Columns])
            : await ReadLedgerAsync(request, cancellationToken);

    private static Sample ReadFile(string file, string[] names)
    {
        using var table = new NumberTable(file).Open();
        if (names.Length == 0 && DefaultColumns.Any(name => table.Find(name) is null))
            throw FieldRules.CreateException(
                "columns",
                $"'{file}' has no columns {string.Join(" and ", DefaultColumns)}, and no others are named. "
                    + $"Its columns are {string.Join(", ", table.Titles)}."
            );
        if (names.Length == 0)
            names = DefaultColumns;
        int[] places = [.. names.Select(name => table.Require(name))];
        var values = places.Select(static _ => new List<double>()).ToArray();
        while (table.Read())
            for (var column = 0; column < places.Length; column++)
                values[column].Add(table.Number(places[column]));
        return Create(names, values, 0);
    }

    private async Task<Sample> ReadLedgerAsync(SampleRequest request, CancellationToken cancellationToken)
    {
        string[] names = request.Columns.Count == 0 ? DefaultColumns : [.. request.Columns];
        if (Array.Find(names, static name => !Ledger.ContainsKey(name)) is { } unknown)
            throw new OperationException(
                OperationError.Invalid,
                $"The ledger has no column '{unknown}'. Its columns are {string.Join(", ", Ledger.Keys)}."
            );
        var values = names.Select(static _ => new List<double>()).ToArray();
        var unpriced = 0L;
        await foreach (
            var record in CollectedUsage.CallsAsync(
                workspace.OpenQuery().Within(reach),
                request.Period,
                cancellationToken
            )
        )
        {
            // A call without a price has an unknown cost, not 0: the whole call is skipped, so that columns stay
            // aligned.
            double?[] row = [.. names.Select(name => Ledger[name](record))];
            if (row.Contains(null))
                unpriced++;
            else
                for (var column = 0; column < row.Length; column++)
                    values[column].Add(row[column]!.Value);
        }

        return values[0].Count == 0
            ? throw CollectedUsage.CreateNoCallsException(request.Period)
            : Create(names, values, unpriced);
    }

    private static Sample Create(string[] names, List<double>[] values, long skipped) =>
        new([.. names.Zip(values, static (name, column) => new SampleColumn(name, [.. column]))], skipped);
}
