using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>The columns of the tables, in the order in which they are written and read.</summary>
internal static class SqliteUsageColumns
{
    /// <summary>One column for each <see cref="UsageKind"/>, in its order.</summary>
    public static readonly string[] Kinds =
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
        "character",
    ];

    public static readonly string[] Usage =
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
        "user",
        "project",
        "session",
        "application",
        "end_user",
        "tags",
        .. Kinds,
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

    /// <summary>The columns of the table including the charges of a record, for a spool.</summary>
    public static readonly string[] Spooled = [.. Usage, "charges"];

    /// <summary>The key columns of a rollup.</summary>
    public static readonly string[] RollupKey = ["slot", "key_id", "model", "provider", "user", "project"];

    /// <summary>The sum columns of a rollup.</summary>
    public static readonly string[] RollupSums =
    [
        "calls",
        "errors",
        "estimated",
        "unpriced",
        "cost_micro",
        "cost_pico",
        "duration",
        .. Kinds,
    ];

    /// <summary>Returns the column of a dimension, in both the records and the rollups.</summary>
    public static string ColumnFor(UsageDimension dimension) =>
        // A reserved word on servers.
        dimension == UsageDimension.User
            ? "user"
            : Sql.UsageColumnSql.ColumnFor(dimension);

    public static string Join(IEnumerable<string> columns) => Sql.UsageColumnSql.Join(columns);

    public static string InsertInto(string table, string[] columns) =>
        $"INSERT INTO {table} ({Join(columns)}) VALUES ({Join(columns.Select((_, index) => $"?{index + 1}"))})";
}
