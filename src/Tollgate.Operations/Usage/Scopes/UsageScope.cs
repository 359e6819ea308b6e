using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>The usage that a request is about.</summary>
/// <param name="Range">The range of time.</param>
public sealed record UsageScope(TimeRange Range)
{
    private const int MaxSearch = 256,
        MaxValues = 1000;

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<UsageFilter> Filters { get; init; } = [];

    /// <summary>A text that one of the names of a record must contain; null or blank for none.</summary>
    public string? Search { get; init; }

    /// <summary>All conditions.</summary>
    /// <exception cref="OperationException">The search text or a set is too long.</exception>
    internal IReadOnlyList<UsageFilter> Where
    {
        get
        {
            foreach (var filter in Filters.OfType<DimensionFilter>())
                FieldRules.RequireRange("filter", filter.Values.Count, 0, MaxValues);
            if (string.IsNullOrWhiteSpace(Search))
                return Filters;
            return Search.Length <= MaxSearch
                ? [.. Filters, UsageFilter.Search(Search.Trim())]
                : throw FieldRules.CreateException("q", $"q must have at most {MaxSearch} characters.");
        }
    }

    /// <summary>The same conditions in another range.</summary>
    internal UsageScope In(TimeRange range) => this with { Range = range };
}
