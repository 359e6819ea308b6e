using Tollgate.Accounting.ImportExport.Tables;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport;

/// <summary>
/// A record as named fields, in a fixed order: the columns of an exported file. Lossless: an exported record is
/// imported as the same record. Durations are microseconds, money is dollars with up to twelve decimals, times are UTC.
/// </summary>
public static class UsageFields
{
    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<ExportColumn> Columns { get; } =
    [
        ExportColumn.Text("call"),
        ExportColumn.Integer("attempt"),
        ExportColumn.Time("started_at", "yyyy-MM-ddTHH:mm:ss.ffffffZ"),
        ExportColumn.Integer("duration_us"),
        ExportColumn.Integer("first_token_us").Optional(),
        ExportColumn.Text("provider"),
        ExportColumn.Text("model"),
        ExportColumn.Text("model_group").Optional(),
        ExportColumn.Text("response_model").Optional(),
        ExportColumn.Text("deployment").Optional(),
        ExportColumn.Text("operation"),
        ExportColumn.Bit("streamed"),
        ExportColumn.Text("service_tier"),
        ExportColumn.Text("key").Optional(),
        ExportColumn.Text("user").Optional(),
        ExportColumn.Text("project").Optional(),
        ExportColumn.Text("session").Optional(),
        ExportColumn.Text("application").Optional(),
        ExportColumn.Text("end_user").Optional(),
        ExportColumn.Text("tags").Optional(),
        .. Enum.GetNames<UsageKind>().Select(static kind => ExportColumn.Integer(SnakeCase(kind))),
        ExportColumn.Integer("local_input").Optional(),
        ExportColumn.Integer("local_output").Optional(),
        ExportColumn.Integer("local_total").Optional(),
        ExportColumn.Text("usage_source"),
        ExportColumn.Decimal("cost_usd", Money.Decimals).Optional(),
        ExportColumn.Text("cost_source").Optional(),
        ExportColumn.Text("outcome"),
        ExportColumn.Integer("status"),
        ExportColumn.Text("error_type").Optional(),
        ExportColumn.Text("response_id").Optional(),
        ExportColumn.Text("corrects_call").Optional(),
        ExportColumn.Integer("corrects_attempt").Optional(),
    ];

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Columns.Select(static column => column.Name)];

    /// <summary>
    /// Returns the values of a record, in the order of <see cref="Columns"/> and of their types; null if absent.
    /// </summary>
    public static object?[] ToValues(UsageRecord record) =>
        [
            record.Id.Call.ToString("D"),
            (long)record.Id.Attempt,
            record.StartedAt,
            record.Duration.ToMicros(),
            record.TimeToFirstToken?.ToMicros(),
            record.Provider,
            record.Model,
            record.ModelGroup,
            record.ResponseModel,
            record.Deployment,
            record.Operation,
            record.Streamed,
            SnakeCase(record.ServiceTier.ToString()),
            record.Attribution.KeyId,
            record.Attribution.User,
            record.Attribution.Project,
            record.Attribution.Session,
            record.Attribution.Application,
            record.Attribution.EndUser,
            record.Attribution.Tags,
            .. Enumerable.Range(0, TokenUsage.KindCount).Select(kind => (object?)record.Usage[(UsageKind)kind]),
            record.Local.Input,
            record.Local.Output,
            record.Local.Total,
            SnakeCase(record.UsageSource.ToString()),
            record.Cost?.Usd,
            record.CostSource,
            SnakeCase(record.Outcome.ToString()),
            (long)record.StatusCode,
            record.ErrorType,
            record.ResponseId,
            record.Corrects?.Call.ToString("D"),
            (long?)record.Corrects?.Attempt,
        ];

    /// <summary>Converts a row to a record.</summary>
    /// <exception cref="FormatException">A field is missing or invalid; the message contains its name and its
    /// text.</exception>
    public static UsageRecord Read(FieldRow row) =>
        new()
        {
            Id = new CallId(row.Id("call"), (int)row.Number("attempt")),
            StartedAt = row.Time("started_at"),
            Duration = StoredTime.ToDuration(row.Number("duration_us")),
            TimeToFirstToken = row.NumberOrNull("first_token_us") is { } first ? StoredTime.ToDuration(first) : null,
            Provider = row.Text("provider"),
            Model = row.Text("model"),
            ModelGroup = row.TextOrNull("model_group"),
            ResponseModel = row.TextOrNull("response_model"),
            Deployment = row.TextOrNull("deployment"),
            Operation = row.Text("operation"),
            Streamed = row.Number("streamed") != 0,
            ServiceTier = row.ParseEnum<ServiceTier>("service_tier"),
            Attribution = ReadAttribution(row),
            Usage = ReadUsage(row),
            Local = new LocalTokens(
                row.NumberOrNull("local_input"),
                row.NumberOrNull("local_output"),
                row.NumberOrNull("local_total")
            ),
            UsageSource = row.ParseEnum<UsageSource>("usage_source"),
            Cost = row.DecimalOrNull("cost_usd") is { } cost ? Money.Round(cost) : null,
            CostSource = row.TextOrNull("cost_source"),
            Outcome = ReadOutcome(row),
            StatusCode = (int)row.Number("status"),
            ErrorType = row.TextOrNull("error_type"),
            ResponseId = row.TextOrNull("response_id"),
            Corrects = row.TextOrNull("corrects_call") is null
                ? null
                : new CallId(row.Id("corrects_call"), (int)row.Number("corrects_attempt")),
        };

    // Exports written before the outcomes were renamed contain their former names.
    private static CallOutcome ReadOutcome(FieldRow row) =>
        row.TextOrNull("outcome") switch
        {
            "client_left" => CallOutcome.ClientDisconnected,
            "gate_died" => CallOutcome.GatewayCrashed,
            "priced_later" => CallOutcome.Repriced,
            _ => row.ParseEnum<CallOutcome>("outcome"),
        };

    /// <summary>Converts <c>CacheWrite5m</c> to <c>cache_write_5m</c>.</summary>
    internal static string SnakeCase(string name) =>
        string.Concat(
            name.Select(
                (letter, index) =>
                    index > 0 && (char.IsUpper(letter) || (char.IsDigit(letter) && char.IsLetter(name[index - 1])))
                        ? $"_{char.ToLowerInvariant(letter)}"
                        : $"{char.ToLowerInvariant(letter)}"
            )
        );

    private static Attribution ReadAttribution(FieldRow row) =>
        new()
        {
            KeyId = row.TextOrNull("key"),
            User = row.TextOrNull("user"),
            Project = row.TextOrNull("project"),
            Session = row.TextOrNull("session"),
            Application = row.TextOrNull("application"),
            EndUser = row.TextOrNull("end_user"),
            Tags = row.TextOrNull("tags"),
        };

    private static TokenUsage ReadUsage(FieldRow row)
    {
        var usage = default(TokenUsage);
        var isCorrection = row.TextOrNull("corrects_call") is not null;
        foreach (var kind in Enum.GetValues<UsageKind>())
        {
            var name = SnakeCase(kind.ToString());
            var count = row.NumberOrNull(name) ?? 0;
            var least = isCorrection ? -TokenUsage.MaxCount : 0;
            if (count < least || count > TokenUsage.MaxCount)
                throw row.CreateException(name, $"a count from {least} to {TokenUsage.MaxCount}");
            usage.Adjust(kind, count);
        }

        return usage;
    }
}
