namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>A page of logs.</summary>
internal sealed record SpendPageShape
{
    /// <summary>The calls.</summary>
    public required IReadOnlyList<SpendLogShape> Data { get; init; }

    /// <summary>The number of all calls that match.</summary>
    public required long Total { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>The maximum number of calls on a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>The number of pages.</summary>
    public required long TotalPages { get; init; }

    /// <summary>Always false: the number of calls is exact.</summary>
    public bool TotalIsCapped { get; init; }
}
