namespace Tollgate.Client;

/// <summary>One error of a request that is not valid.</summary>
public sealed record ProblemError
{
    /// <summary>The parameter of the URL; null if the error is in the body.</summary>
    public string? Parameter { get; init; }

    /// <summary>The place in the body as a JSON Pointer; null if the error is not in the body.</summary>
    public string? Pointer { get; init; }

    /// <summary>The kind of error for programs.</summary>
    public string Code { get; init; } = "";

    /// <summary>The error for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>The allowed values, if there are few; otherwise null.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }
}
