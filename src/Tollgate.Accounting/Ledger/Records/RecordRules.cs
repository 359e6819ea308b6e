using Tollgate.Accounting.InFlight;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Records;

/// <summary>
/// The rules for records. Checked on the caller's thread, so that an invalid record fails only itself.
/// </summary>
internal static class RecordRules
{
    public static void Validate(UsageRecord record)
    {
        Validate(record.Id, record.Provider, record.Model, record.Operation);
        RecordText.Validate(record);
        if (record.StartedAt >= MaxTime)
            throw CreateException(record.Id, nameof(record.StartedAt), record.StartedAt, $"must be before {MaxTime:O}");
        if (record.Duration < TimeSpan.Zero)
            throw CreateException(record.Id, nameof(record.Duration), record.Duration, "must not be negative");
        if (record.Usage.HasNegative && record.Corrects is null)
            throw CreateException(
                record.Id,
                nameof(record.Usage),
                record.Usage,
                "must not be negative, except in a correction"
            );
        if (record.Cost is { } cost && Math.Abs(cost.Usd) > MaxUsd)
            throw CreateException(record.Id, nameof(record.Cost), cost, $"must be within {MaxUsd} dollars");
    }

    public static void Validate(InFlightAttempt attempt)
    {
        Validate(attempt.Id, attempt.Provider, attempt.Model, attempt.Operation);
        RecordText.Validate(attempt);
    }

    private static void Validate(CallId id, string provider, string model, string operation)
    {
        if (id.Call == Guid.Empty)
            throw CreateException(id, nameof(id.Call), id.Call, "must not be the empty id");
        if (id.Attempt < 1)
            throw CreateException(id, nameof(id.Attempt), id.Attempt, "must be 1 or more");
        if (string.IsNullOrWhiteSpace(provider))
            throw CreateException(id, nameof(UsageRecord.Provider), provider, "must not be blank");
        if (string.IsNullOrWhiteSpace(model))
            throw CreateException(id, nameof(UsageRecord.Model), model, "must not be blank");
        if (string.IsNullOrWhiteSpace(operation))
            throw CreateException(id, nameof(UsageRecord.Operation), operation, "must not be blank");
    }

    /// <summary>Later times might be rounded up to the year 10,000, which SQLite does not support.</summary>
    private static readonly DateTimeOffset MaxTime = new(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

    /// <summary>The maximum that 64 bits hold in pico-dollars; no single call costs that much.</summary>
    private const decimal MaxUsd = 9_000_000;

    private static ArgumentException CreateException(CallId id, string field, object? value, string rule) =>
        new($"Cannot record {id}: {field} {rule}, but is '{value}'.", field);
}
