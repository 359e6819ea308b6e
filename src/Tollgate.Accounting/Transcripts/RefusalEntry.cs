namespace Tollgate.Accounting.Transcripts;

/// <summary>A call that was refused, or several alike. Texts of the call are not in it.</summary>
public sealed record RefusalEntry
{
    /// <summary>
    /// The <see cref="Code"/> of a row that stands for refusals of too many different kinds to keep each.
    /// </summary>
    public const string Others = "(others)";

    /// <summary>The identity of the row; given to it when it is written.</summary>
    public Guid Id { get; init; }

    /// <summary>When the first of them was refused.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The id of the first refused call, as its caller saw it; null where there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The public id of the virtual key, where it was known.</summary>
    public string? KeyId { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>The model as the caller named it.</summary>
    public string? Model { get; init; }

    /// <summary>The HTTP status; 0 where the call did not come by HTTP.</summary>
    public int Status { get; init; }

    /// <summary>A stable word for the reason, such as <c>invalid_api_key</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The limit that refused; null where it was none.</summary>
    public string? Limit { get; init; }

    /// <summary>What the first caller was told.</summary>
    public string? Message { get; init; }

    /// <summary>How many refusals the row stands for.</summary>
    public long Count { get; init; } = 1;
}
