namespace Tollgate.Accounting.Transcripts;

/// <summary>One entry of the audit log: who asked what, or what came back. What is not known is null.</summary>
public sealed record AuditEntry
{
    /// <summary>The identity of the entry (UUIDv7); the same one twice is stored once.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it records.</summary>
    public required AuditEntryType Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The call, by the id that its caller saw and the ledger has.</summary>
    public Guid? Call { get; init; }

    /// <summary>The attempt that was answered. A prompt belongs to all attempts of its call.</summary>
    public int? Attempt { get; init; }

    /// <summary>The provider that answered.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// Of a prompt the model that the caller named, of an answer the one that was asked for at the provider.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>The public id of the virtual key, never the key.</summary>
    public string? KeyId { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The session.</summary>
    public string? Session { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>What was asked; of a call through the gate, the request's body.</summary>
    public string? PromptText { get; init; }

    /// <summary>What came back: of a plain answer its JSON, of a stream the text of its parts, joined.</summary>
    public string? AnswerText { get; init; }

    /// <summary>The provider's own id of the answer.</summary>
    public string? CompletionId { get; init; }

    /// <summary>What somebody wrote of it.</summary>
    public string? Message { get; init; }

    /// <summary>Whether a text was cut, or parts of it did not arrive.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The same with texts of at most so many bytes of UTF-8, marked where one had to be cut.</summary>
    public AuditEntry Within(int maxText)
    {
        var (prompt, answer, message) = (
            AuditText.Cut(PromptText, maxText),
            AuditText.Cut(AnswerText, maxText),
            AuditText.Cut(Message, maxText)
        );
        return this with
        {
            PromptText = prompt,
            AnswerText = answer,
            Message = message,
            IsTruncated =
                IsTruncated
                || prompt?.Length < PromptText?.Length
                || answer?.Length < AnswerText?.Length
                || message?.Length < Message?.Length,
        };
    }
}
