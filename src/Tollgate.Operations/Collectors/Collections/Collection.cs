namespace Tollgate.Operations.Collectors.Collections;

/// <summary>Usage that was collected from the providers' own reports, as it is kept.</summary>
public sealed record Collection
{
    /// <summary>The id of the job that collected it.</summary>
    public required string CollectionId { get; init; }

    /// <summary>The number of lines.</summary>
    public required int Records { get; init; }

    /// <summary>The sums.</summary>
    public required CollectionStatistics Statistics { get; init; }

    /// <summary>The lines, by day, provider, and model.</summary>
    public required IReadOnlyList<CollectedLine> Lines { get; init; }

    /// <summary>Creates it from the lines of reports.</summary>
    /// <param name="id">The id of the job.</param>
    /// <param name="reported">The lines.</param>
    public static Collection Create(string id, IReadOnlyList<ReportedUsage> reported)
    {
        IReadOnlyList<CollectedLine> lines = [.. reported.Select(CollectedLine.Create)];
        return new Collection
        {
            CollectionId = id,
            Records = lines.Count,
            Statistics = CollectionStatistics.Create(lines),
            Lines = lines,
        };
    }
}
