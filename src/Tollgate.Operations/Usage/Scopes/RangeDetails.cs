namespace Tollgate.Operations.Usage.Scopes;

/// <summary>The range of a result.</summary>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="TimeZone">The IANA name of the time zone of its days.</param>
/// <param name="Range">The name that was requested, such as <c>24h</c>; null for two fixed times.</param>
public sealed record RangeDetails(DateTimeOffset From, DateTimeOffset To, string TimeZone, string? Range)
{
    /// <summary>Describes a range.</summary>
    public static RangeDetails Create(TimeRange range) => new(range.From, range.To, range.Zone.Id, range.Name);
}
