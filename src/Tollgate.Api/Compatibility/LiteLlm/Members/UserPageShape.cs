namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>A page of users.</summary>
internal sealed record UserPageShape
{
    /// <summary>The users.</summary>
    public required IReadOnlyList<UserShape> Users { get; init; }

    /// <summary>The number of all users that match.</summary>
    public required int Total { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>The maximum number of users on a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>The number of pages.</summary>
    public required int TotalPages { get; init; }
}
