using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The columns of a server's tables, in the order in which they are written and read.</summary>
public sealed class UsageColumnSql
{
    /// <summary>The number of the first columns of <see cref="Sums"/>, without durations and consumption.</summary>
    public const int CallsAndCost = 5;

    private readonly SqlDialect _dialect;

    /// <summary>Creates the columns in a server's syntax.</summary>
    public UsageColumnSql(SqlDialect dialect)
    {
        _dialect = dialect;
        string[] kinds =
        [
            "input_text",
            "input_audio",
            "input_image",
            "cache_read",
            "cache_read_audio",
            "cache_write_5m",
            "cache_write_1h",
            "output_text",
            "output_reasoning",
            "output_audio",
            "output_image",
            "tool_use",
            "request",
            "second",
            dialect.Quote("character"),
        ];
        Kinds = kinds;
        Usage =
        [
            "call_id",
            "attempt",
            "started_at",
            "provider",
            "model",
            "model_group",
            "deployment",
            "operation",
            "streamed",
            "service_tier",
            "key_id",
            "user_name",
            "project",
            "session",
            "application",
            "end_user",
            "tags",
            .. kinds,
            "duration",
            "first_token",
            "response_model",
            "usage_source",
            "local_input",
            "local_output",
            "local_total",
            "cost",
            "cost_source",
            "outcome",
            "status_code",
            "error_type",
            "response_id",
            "corrects_call",
            "corrects_attempt",
        ];
        Sums = ["calls", "errors", "estimated", "unpriced", "cost", "duration", .. kinds];
        SumsOfRecord =
        [
            dialect.BooleanToInteger("corrects_call IS NULL"),
            dialect.BooleanToInteger($"corrects_call IS NULL AND outcome IN ({Join(Errors())})"),
            dialect.BooleanToInteger($"corrects_call IS NULL AND usage_source = {(int)UsageSource.Estimated}"),
            $"CASE WHEN corrects_call IS NULL THEN {dialect.BooleanToInteger("cost IS NULL")} ELSE "
                + $"-{dialect.BooleanToInteger($"outcome = {(int)CallOutcome.Repriced}")} END",
            "coalesce(cost, 0)",
            "duration",
            .. kinds,
        ];
    }

    /// <summary>The columns of a record, including one column for each <see cref="UsageKind"/>, in its order.</summary>
    public IReadOnlyList<string> Usage { get; }

    /// <summary>One column for each <see cref="UsageKind"/>, in its order.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>The key columns of a rollup within a slot.</summary>
    public IReadOnlyList<string> RollupNames { get; } = ["key_id", "model", "provider", "user_name", "project"];

    /// <summary>The sum columns.</summary>
    public IReadOnlyList<string> Sums { get; }

    /// <summary>The contribution of one record to each of <see cref="Sums"/>.</summary>
    public IReadOnlyList<string> SumsOfRecord { get; }

    /// <summary>The slot of a record.</summary>
    public string SlotOfRecord => _dialect.SlotExpression("started_at");

    /// <summary>Returns the sum of a column of <see cref="Sums"/> over many rows; 0 without rows.</summary>
    public string SumExpression(string sum) => SumExpression(sum, sum);

    /// <summary>Returns the sum over many rows of an expression for a column of <see cref="Sums"/>.</summary>
    public string SumExpression(string sum, string expression)
    {
        var total = $"coalesce(sum({expression}), 0)";
        return sum == "cost" ? total : _dialect.CastToInteger(total);
    }

    /// <summary>Returns the column of a dimension.</summary>
    public static string ColumnFor(UsageDimension dimension) =>
        dimension switch
        {
            UsageDimension.Model => "model",
            UsageDimension.Provider => "provider",
            UsageDimension.Key => "key_id",
            UsageDimension.User => "user_name",
            UsageDimension.Project => "project",
            UsageDimension.Application => "application",
            UsageDimension.Session => "session",
            UsageDimension.EndUser => "end_user",
            UsageDimension.ModelGroup => "model_group",
            UsageDimension.Deployment => "deployment",
            UsageDimension.Operation => "operation",
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Unknown dimension."),
        };

    /// <summary>Joins columns or expressions to a list.</summary>
    public static string Join(IEnumerable<string> columns) => string.Join(", ", columns);

    private static IEnumerable<string> Errors() =>
        Enum.GetValues<CallOutcome>()
            .Where(UsageTotals.IsError)
            .Select(static outcome => ((int)outcome).ToString(CultureInfo.InvariantCulture));
}
