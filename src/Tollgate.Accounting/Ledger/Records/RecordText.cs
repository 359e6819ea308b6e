using Tollgate.Accounting.InFlight;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Records;

/// <summary>
/// What the texts of a record may be: the same in every store, so that what is durable here never meets a server that
/// cannot hold it. What a caller states and breaks this is refused; what a provider states is made to fit, since its
/// call is spent already.
/// </summary>
public static class RecordText
{
    /// <summary>The most characters (UTF-16 units) of one text.</summary>
    public const int MaxLength = 256;

    /// <summary>
    /// A text that fits: cut to <see cref="MaxLength"/>, not in the middle of a character, and U+0000 replaced by
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

    /// <summary>Refuses a record of which a text does not fit.</summary>
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

    /// <summary>Refuses an attempt that could not be booked.</summary>
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
                $"The record {id} cannot be booked: {field} must have at most {MaxLength} characters, but has "
                    + $"{text.Length}: '{text[..40]}…'.",
                field
            );
        if (text.Contains('\0'))
            throw new ArgumentException(
                $"The record {id} cannot be booked: {field} must not hold the character U+0000, but is "
                    + $"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}'.",
                field
            );
    }
}
