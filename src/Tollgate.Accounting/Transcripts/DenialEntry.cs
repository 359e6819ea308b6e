namespace Tollgate.Accounting.Transcripts;

/// <summary>One or several identical denied calls. Contains no texts of the call.</summary>
public sealed record DenialEntry
{
    /// <summary>The <see cref="Code"/> of a row that combines denials of too many kinds to store separately.</summary>
    public const string OverflowKey = "(others)";

    /// <summary>The identity of the row; assigned when it is written.</summary>
    public Guid Id { get; init; }

    /// <summary>When the first of them was denied.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The id of the first denied call, as returned to its caller; null if there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The public id of the virtual key, if known.</summary>
    public string? KeyId { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>The model in the request.</summary>
    public string? Model { get; init; }

    /// <summary>The HTTP status; 0 if the call did not come by HTTP.</summary>
    public int Status { get; init; }

    /// <summary>A stable code for the reason, such as <c>invalid_api_key</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The limit that was exceeded; null if none.</summary>
    public string? Limit { get; init; }

    /// <summary>The message to the first caller.</summary>
    public string? Message { get; init; }

    /// <summary>The number of denials that the row represents.</summary>
    public long Count { get; init; } = 1;
}
