using Tollgate.Accounting.InFlight;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Records;

/// <summary>
/// The rules for the texts of a record: the same in every store, so that a record that is durable here never reaches a
/// server that cannot store it. Invalid texts from callers are rejected; texts from providers are made to fit, since
/// their call is already spent.
/// </summary>
public static class RecordText
{
    /// <summary>The maximum length of a text, in UTF-16 units.</summary>
    public const int MaxLength = 256;

    /// <summary>
    /// Makes a text fit: truncates it to <see cref="MaxLength"/>, not within a character, and replaces U+0000 by
    /// U+FFFD.
    /// </summary>
    public static string? Truncate(string? text)
    {
        if (text is null || (text.Length <= MaxLength && !text.Contains('\0')))
            return text;
        var length = Math.Min(text.Length, MaxLength);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].Replace('\0', '\uFFFD');
    }

    /// <summary>Rejects a record with an invalid text.</summary>
    internal static void Validate(UsageRecord record)
    {
        Validate(record.Id, nameof(record.Provider), record.Provider);
        Validate(record.Id, nameof(record.Model), record.Model);
        Validate(record.Id, nameof(record.ModelGroup), record.ModelGroup);
        Validate(record.Id, nameof(record.ResponseModel), record.ResponseModel);
        Validate(record.Id, nameof(record.Deployment), record.Deployment);
        Validate(record.Id, nameof(record.Operation), record.Operation);
        Validate(record.Id, nameof(record.CostSource), record.CostSource);
        Validate(record.Id, nameof(record.ErrorType), record.ErrorType);
        Validate(record.Id, nameof(record.ResponseId), record.ResponseId);
        Validate(record.Id, record.Attribution);
    }

    /// <summary>Rejects an attempt that could not be recorded.</summary>
    internal static void Validate(InFlightAttempt attempt)
    {
        Validate(attempt.Id, nameof(attempt.Provider), attempt.Provider);
        Validate(attempt.Id, nameof(attempt.Model), attempt.Model);
        Validate(attempt.Id, nameof(attempt.ModelGroup), attempt.ModelGroup);
        Validate(attempt.Id, nameof(attempt.Deployment), attempt.Deployment);
        Validate(attempt.Id, nameof(attempt.Operation), attempt.Operation);
        Validate(attempt.Id, attempt.Attribution);
    }

    private static void Validate(CallId id, Attribution attribution)
    {
        Validate(id, nameof(attribution.KeyId), attribution.KeyId);
        Validate(id, nameof(attribution.User), attribution.User);
        Validate(id, nameof(attribution.Project), attribution.Project);
        Validate(id, nameof(attribution.Session), attribution.Session);
        Validate(id, nameof(attribution.Application), attribution.Application);
        Validate(id, nameof(attribution.EndUser), attribution.EndUser);
        Validate(id, nameof(attribution.Tags), attribution.Tags);
    }

    private static void Validate(CallId id, string field, string? text)
    {
        if (text is null)
            return;
        if (text.Length > MaxLength)
            throw new ArgumentException(
                $"Cannot record {id}: {field} must have at most {MaxLength} characters, but has {text.Length}: "
                    + $"'{text[..40]}…'.",
                field
            );
        if (text.Contains('\0'))
            throw new ArgumentException(
                $"Cannot record {id}: {field} must not contain the character U+0000, but is "
                    + $"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}'.",
                field
            );
    }
}
