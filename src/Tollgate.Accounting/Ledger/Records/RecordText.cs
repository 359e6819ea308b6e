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
    public static string? Fit(string? text)
    {
        if (text is null || (text.Length <= MaxLength && !text.Contains('\0')))
            return text;
        var length = Math.Min(text.Length, MaxLength);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].Replace('\0', '\uFFFD');
    }

    /// <summary>Rejects a record with an invalid text.</summary>
    internal static void Check(UsageRecord record)
    {
        Check(record.Id, nameof(record.Provider), record.Provider);
        Check(record.Id, nameof(record.Model), record.Model);
        Check(record.Id, nameof(record.ModelGroup), record.ModelGroup);
        Check(record.Id, nameof(record.ResponseModel), record.ResponseModel);
        Check(record.Id, nameof(record.Deployment), record.Deployment);
        Check(record.Id, nameof(record.Operation), record.Operation);
        Check(record.Id, nameof(record.CostSource), record.CostSource);
        Check(record.Id, nameof(record.ErrorType), record.ErrorType);
        Check(record.Id, nameof(record.ResponseId), record.ResponseId);
        Check(record.Id, record.Attribution);
    }

    /// <summary>Rejects an attempt that could not be recorded.</summary>
    internal static void Check(OpenAttempt attempt)
    {
        Check(attempt.Id, nameof(attempt.Provider), attempt.Provider);
        Check(attempt.Id, nameof(attempt.Model), attempt.Model);
        Check(attempt.Id, nameof(attempt.ModelGroup), attempt.ModelGroup);
        Check(attempt.Id, nameof(attempt.Deployment), attempt.Deployment);
        Check(attempt.Id, nameof(attempt.Operation), attempt.Operation);
        Check(attempt.Id, attempt.Attribution);
    }

    private static void Check(CallId id, Attribution whom)
    {
        Check(id, nameof(whom.KeyId), whom.KeyId);
        Check(id, nameof(whom.User), whom.User);
        Check(id, nameof(whom.Project), whom.Project);
        Check(id, nameof(whom.Session), whom.Session);
        Check(id, nameof(whom.Application), whom.Application);
        Check(id, nameof(whom.EndUser), whom.EndUser);
        Check(id, nameof(whom.Tags), whom.Tags);
    }

    private static void Check(CallId id, string field, string? text)
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
