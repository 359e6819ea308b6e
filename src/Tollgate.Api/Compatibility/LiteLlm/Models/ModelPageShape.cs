namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The response of <c>/v2/model/info</c>.</summary>
internal sealed record ModelPageShape
{
    /// <summary>The models of the page.</summary>
    public required IReadOnlyList<ModelShape> Data { get; init; }

    /// <summary>The number of all models.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int CurrentPage { get; init; }

    /// <summary>The maximum number of models on a page.</summary>
    public required int Size { get; init; }

    /// <summary>The number of pages.</summary>
    public required int TotalPages { get; init; }
}
