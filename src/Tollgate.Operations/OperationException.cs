namespace Tollgate.Operations;

/// <summary>Why a use case refused a request.</summary>
public enum OperationError
{
    /// <summary>The request is not valid: the message names the value and what is allowed.</summary>
    Invalid,

    /// <summary>The target does not exist.</summary>
    NotFound,

    /// <summary>The state of the target does not allow it.</summary>
    Conflict,

    /// <summary>A file or a saved result that it reads is not valid: the message names each problem.</summary>
    Unreadable,
}

/// <summary>A use case refused a request; nothing was changed.</summary>
/// <param name="error">The reason.</param>
/// <param name="message">The error, its place, and the allowed values, for the caller.</param>
/// <param name="resource">
/// The list that shows what is allowed, such as <c>keys</c>; null if no list does. Each face refers to its own.
/// </param>
public sealed class OperationException(OperationError error, string message, string? resource = null)
    : Exception(message)
{
    /// <summary>The reason.</summary>
    public OperationError Error { get; } = error;

    /// <summary>The field of the request that is refused, such as <c>max_budget</c>; null if it is not one.</summary>
    public string? Field { get; init; }

    /// <summary>The list that shows what is allowed, such as <c>keys</c>; null if no list does.</summary>
    public string? Resource { get; } = resource;
}
