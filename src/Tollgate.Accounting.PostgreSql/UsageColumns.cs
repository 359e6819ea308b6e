using Tollgate.Accounting.Ledger;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>The columns of the tables in the one order in which they are written and read.</summary>
internal static class UsageColumns
{
    /// <summary>A column a <see cref="UsageKind"/>, in its order.</summary>
    public static readonly string[] Kinds =
    [
        "input_text", "input_audio", "input_image", "cache_read", "cache_read_audio", "cache_write_5m", "cache_write_1h",
        "output_text", "output_reasoning", "output_audio", "output_image", "tool_use", "request", "second", "character",
    ];

    public static readonly string[] Usage =
    [
        "call_id", "attempt", "started_at", "provider", "model", "model_group", "deployment", "operation", "streamed",
        "service_tier", "key_id", "user_name", "project", "session", "application", "end_user", "tags",
        .. Kinds, "duration", "first_token", "response_model", "usage_source", "local_input", "local_output", "local_total",
        "cost", "cost_source", "outcome", "status_code", "error_type", "response_id", "corrects_call", "corrects_attempt",
    ];

    /// <summary>What a rollup is grouped by within a slot.</summary>
    public static readonly string[] RollupNames = ["key_id", "model", "provider", "user_name", "project"];

    /// <summary>What is summed.</summary>
    public static readonly string[] Sums = ["calls", "errors", "estimated", "unpriced", "cost", "duration", .. Kinds];

    /// <summary>What one record adds to each of <see cref="Sums"/>, of the table <c>usage</c>.</summary>
    public static readonly string[] SumsOfRecord =
    [
        "(corrects_call IS NULL)::int", $"(corrects_call IS NULL AND outcome IN ({List(Errors())}))::int",
        $"(corrects_call IS NULL AND usage_source = {(int)UsageSource.Estimated})::int",
        $"CASE WHEN corrects_call IS NULL THEN (cost IS NULL)::int ELSE -(outcome = {(int)CallOutcome.PricedLater})::int END",
        "coalesce(cost, 0)", "duration", .. Kinds,
    ];

    /// <summary>The slot of a record. Times are counted from year 1, because before its origin date_bin once rounded the wrong way.</summary>
    public const string SlotOfRecord = "date_bin('15 minutes', started_at, '0001-01-01 00:00:00+00')";

    /// <summary>The day (UTC) of a slot, counted from year 1 likewise.</summary>
    public static string DayOf(string slot) => $"date_bin('1 day', {slot}, '0001-01-01 00:00:00+00')";

    public static string List(IEnumerable<string> columns) => string.Join(", ", columns);

    /// <summary>The sums over many rows: of whole numbers as such again, since PostgreSQL widens them to numeric.</summary>
    public static string SumOf(string sum, string expression) =>
        sum == "cost" ? $"coalesce(sum({expression}), 0)" : $"coalesce(sum({expression}), 0)::bigint";

    public static string Of(UsageDimension dimension) => dimension switch
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

    private static IEnumerable<string> Errors() =>
        Enum.GetValues<CallOutcome>().Where(UsageTotals.IsError).Select(outcome => ((int)outcome).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
