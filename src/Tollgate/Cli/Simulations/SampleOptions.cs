using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Simulations.Scenarios;

namespace Tollgate.Cli.Simulations;

/// <summary>The options that select the numbers to analyze.</summary>
internal sealed class SampleOptions
{
    private static readonly Dictionary<string, Func<UsageRecord, double?>> LedgerColumns = new(
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

    /// <summary>The default columns.</summary>
    private static readonly string[] DefaultColumns = ["input_tokens", "output_tokens"];

    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "A CSV file with a header line.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string[]> _columns = new("--columns")
    {
        Description =
            "The columns: titles in a file; for the ledger input_tokens, cached_tokens, output_tokens, total_tokens, "
            + "cost_usd, duration_s.",
        HelpName = "NAME …",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> _ledger = new("--ledger")
    {
        Description = "Analyze the ledger's calls, one value per call.",
    };
    private readonly PeriodOptions _period = new();

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in (Option[])[_columns, _ledger])
            command.Add(option);
        _period.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_file) is null != result.GetValue(_ledger))
                result.AddError("Name a CSV file, or give --ledger.");
        });
    }

    /// <summary>Returns the columns by name, all of the same length.</summary>
    /// <exception cref="InvalidDataException">A column is unknown, or a value is missing or not a number.</exception>
    public async Task<IReadOnlyList<(string Name, double[] Values)>> ReadAsync(
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        string[] names =
        [
            .. (parsed.GetValue(_columns) ?? []).SelectMany(static text =>
                text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ),
        ];
        if (parsed.GetValue(_file) is { } file)
            return ReadFile(file, names);
        return await ReadLedgerAsync(parsed, names.Length == 0 ? DefaultColumns : names, cancellationToken);
    }

    private static (string Name, double[] Values)[] ReadFile(string file, string[] names)
    {
        using var table = new NumberTable(file).Open();
        if (names.Length == 0 && DefaultColumns.Any(name => table.Find(name) is null))
            throw new InvalidDataException(
                $"'{file}' has no columns {string.Join(" and ", DefaultColumns)}: name others with --columns. Its "
                    + $"columns are "
                    + $"{string.Join(", ", table.Titles)}."
            );
        if (names.Length == 0)
            names = DefaultColumns;
        int[] places = [.. names.Select(name => table.Require(name))];
        var values = places.Select(static _ => new List<double>()).ToArray();
        while (table.Read())
            for (var column = 0; column < places.Length; column++)
                values[column].Add(table.Number(places[column]));
        return [.. names.Zip(values, static (name, column) => (name, column.ToArray()))];
    }

    private async Task<IReadOnlyList<(string Name, double[] Values)>> ReadLedgerAsync(
        ParseResult parsed,
        string[] names,
        CancellationToken cancellationToken
    )
    {
        if (Array.Find(names, static name => !LedgerColumns.ContainsKey(name)) is { } unknown)
            throw new UsageException(
                $"The ledger has no column '{unknown}'. Its columns are {string.Join(", ", LedgerColumns.Keys)}."
            );
        var values = names.Select(static _ => new List<double>()).ToArray();
        var (period, unpriced) = (_period.Read(parsed), 0);
        await foreach (
            var record in CollectedUsage.CallsAsync(
                UsageLedger.OpenReadOnly(parsed.ResolveLedger(_period.Data)),
                period,
                cancellationToken
            )
        )
        {
            // A call without a price has an unknown cost, not 0: the whole call is skipped, so that columns stay
            // aligned.
            double?[] row = [.. names.Select(name => LedgerColumns[name](record))];
            if (row.Contains(null))
                unpriced++;
            else
                for (var column = 0; column < row.Length; column++)
                    values[column].Add(row[column]!.Value);
        }

        if (unpriced > 0)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{unpriced} calls without a price were skipped."
            );
        if (values[0].Count == 0)
            throw CollectedUsage.CreateNoCallsException(period);
        return [.. names.Zip(values, static (name, column) => (name, column.ToArray()))];
    }
}
