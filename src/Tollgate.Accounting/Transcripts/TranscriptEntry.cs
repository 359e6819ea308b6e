namespace Tollgate.Accounting.Transcripts;

/// <summary>An entry in the transcript log: a prompt, a response or an event. Unknown values are null.</summary>
public sealed record TranscriptEntry
{
    /// <summary>The identity of the entry (UUIDv7); duplicates are stored once.</summary>
    public required Guid Id { get; init; }

    /// <summary>The type of the entry.</summary>
    public required TranscriptEntryType Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The id of the call, as returned to its caller and recorded in the ledger.</summary>
    public Guid? Call { get; init; }

    /// <summary>The attempt that produced the response. A prompt belongs to all attempts of its call.</summary>
    public int? Attempt { get; init; }

    /// <summary>The provider that responded.</summary>
    public string? Provider { get; init; }

    /// <summary>For a prompt the model in the request, for a response the model requested from the provider.</summary>
    public string? Model { get; init; }

    /// <summary>The public id of the virtual key, never the key.</summary>
    public string? KeyId { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The conversation.</summary>
    public string? Session { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>The prompt; for a call through the gateway, the request body.</summary>
    public string? PromptText { get; init; }

    /// <summary>The response: the JSON of a plain response, or the joined text of a stream's chunks.</summary>
    public string? ResponseText { get; init; }

    /// <summary>The provider's id of the response.</summary>
    public string? CompletionId { get; init; }

    /// <summary>The text of an event.</summary>
    public string? Message { get; init; }

    /// <summary>True if a text was truncated or incomplete.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>
    /// Returns a copy with texts of at most the given number of UTF-8 bytes, marked if one had to be truncated.
    /// </summary>
    public TranscriptEntry Truncate(int maxText)
    {
        var (prompt, answer, message) = (
            TranscriptText.Truncate(PromptText, maxText),
            TranscriptText.Truncate(ResponseText, maxText),
            TranscriptText.Truncate(Message, maxText)
        );
        return this with
        {
            PromptText = prompt,
            ResponseText = answer,
            Message = message,
            IsTruncated =
                IsTruncated
                || prompt?.Length < PromptText?.Length
                || answer?.Length < ResponseText?.Length
                || message?.Length < Message?.Length,
        };
    }
}
