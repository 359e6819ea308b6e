namespace Tollgate.Client;

/// <summary>A page of a list.</summary>
internal sealed record ListDocument<T>
{
    public IReadOnlyList<T> Data { get; init; } = [];

    public ListPosition? Page { get; init; }
}

/// <summary>The position of a page.</summary>
internal sealed record ListPosition
{
    public string? Next { get; init; }
}
