using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores.Sql.Transcripts;

/// <summary>
/// The rows of a transcript log in the order of their columns, which is also the order of the initializers below.
/// </summary>
public static class TranscriptRow
{
    /// <summary>The columns of an entry, without its texts.</summary>
    public const string EntryDetails =
        "id, at, type, call_id, attempt, provider, model, key_id, user_name, project, session, application, "
        + "completion_id, message, truncated";

    /// <summary>The text columns of an entry, after the others.</summary>
    public const string EntryTexts = "prompt_text, response_text";

    /// <summary>The columns of a denial.</summary>
    public const string DenialColumns =
        "id, at, request_id, key_id, user_name, project, application, model, status, code, limit_name, message, times";

    /// <summary>Reads an entry with its texts.</summary>
    public static TranscriptEntry ReadEntry(ref RowCursor row) =>
        new()
        {
            Id = row.Id(),
            Time = row.Time(),
            Type = (TranscriptEntryType)row.Number(),
            Call = row.IdOrNull(),
            Attempt = (int?)row.NumberOrNull(),
            Provider = row.TextOrNull(),
            Model = row.TextOrNull(),
            KeyId = row.TextOrNull(),
            User = row.TextOrNull(),
            Project = row.TextOrNull(),
            Session = row.TextOrNull(),
            Application = row.TextOrNull(),
            CompletionId = row.TextOrNull(),
            Message = row.TextOrNull(),
            IsTruncated = row.Flag(),
            PromptText = row.TextOrNull(),
            ResponseText = row.TextOrNull(),
        };

    /// <summary>Reads a denial.</summary>
    public static DenialEntry ReadDenial(ref RowCursor row) =>
        new()
        {
            Id = row.Id(),
            Time = row.Time(),
            RequestId = row.TextOrNull(),
            KeyId = row.TextOrNull(),
            User = row.TextOrNull(),
            Project = row.TextOrNull(),
            Application = row.TextOrNull(),
            Model = row.TextOrNull(),
            Status = (int)row.Number(),
            Code = row.Text(),
            Limit = row.TextOrNull(),
            Message = row.TextOrNull(),
            Count = row.Number(),
        };
}
