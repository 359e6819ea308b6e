using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The columns of a server's tables in the one order in which they are written and read.</summary>
public sealed class UsageColumns
{
    private readonly SqlDialect _dialect;

    /// <summary>As a server writes them.</summary>
    public UsageColumns(SqlDialect dialect)
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
            dialect.Quoted("character"),
        ];
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
            dialect.Truth("corrects_call IS NULL"),
            dialect.Truth($"corrects_call IS NULL AND outcome IN ({List(Errors())})"),
            dialect.Truth($"corrects_call IS NULL AND usage_source = {(int)UsageSource.Estimated}"),
            $"CASE WHEN corrects_call IS NULL THEN {dialect.Truth("cost IS NULL")} ELSE "
                + $"-{dialect.Truth($"outcome = {(int)CallOutcome.PricedLater}")} END",
            "coalesce(cost, 0)",
            "duration",
            .. kinds,
        ];
    }

    /// <summary>
    /// The columns of a record; a column for each <see cref="UsageKind"/>, in its order, is among them.
    /// </summary>
    public IReadOnlyList<string> Usage { get; }

    /// <summary>What a rollup is grouped by within a slot.</summary>
    public IReadOnlyList<string> RollupNames { get; } = ["key_id", "model", "provider", "user_name", "project"];

    /// <summary>What is summed.</summary>
    public IReadOnlyList<string> Sums { get; }

    /// <summary>What one record adds to each of <see cref="Sums"/>, of the table of records.</summary>
    public IReadOnlyList<string> SumsOfRecord { get; }

    /// <summary>The slot of a record.</summary>
    public string SlotOfRecord => _dialect.SlotOf("started_at");

    /// <summary>The sum of a column of <see cref="Sums"/> over many rows; of no rows it is 0.</summary>
    public string SumOf(string sum) => SumOf(sum, sum);

    /// <summary>The sum over many rows of what goes into a column of <see cref="Sums"/>.</summary>
    public string SumOf(string sum, string expression)
    {
        var total = $"coalesce(sum({expression}), 0)";
        return sum == "cost" ? total : _dialect.Whole(total);
    }

    /// <summary>The column of a dimension.</summary>
    public static string Of(UsageDimension dimension) =>
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
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "There is no such dimension."),
        };

    /// <summary>Columns or expressions, as a statement lists them.</summary>
    public static string List(IEnumerable<string> columns) => string.Join(", ", columns);

    private static IEnumerable<string> Errors() =>
        Enum.GetValues<CallOutcome>()
            .Where(UsageTotals.IsError)
            .Select(static outcome => ((int)outcome).ToString(CultureInfo.InvariantCulture));
}
