namespace Tollgate.Api.Responses;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The value of <c>after</c> for the next page; null at the end.</param>
/// <param name="Previous">The value of <c>before</c> for the previous page; null at the start.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next = null, string? Previous = null);
