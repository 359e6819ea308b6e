using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Series;

namespace Tollgate.Dashboard.Pages.Explore;

/// <summary>A question to the ledger, as the URL of the page has it.</summary>
public sealed record ExploreQuery
{
    /// <summary>The measure.</summary>
    public required UsageMeasure Measure { get; init; }

    /// <summary>The dimension of the lines.</summary>
    public required UsageDimension Group { get; init; }

    /// <summary>The length of the buckets.</summary>
    public required SeriesBucket Bucket { get; init; }

    /// <summary>The maximum number of lines.</summary>
    public required int Top { get; init; }

    /// <summary>True if each point includes all earlier ones.</summary>
    public required bool IsCumulative { get; init; }

    /// <summary>The numbers of lines that can be chosen.</summary>
    public static IReadOnlyList<int> Tops { get; } = [5, 8, 15, 25];

    internal static ExploreQuery Read(IQueryCollection query) =>
        new()
        {
            Measure =
                Find<UsageMeasure>(query["measure"]) is { } measure
                && ExploreModel.Measures.Any(known => known.Measure == measure)
                    ? measure
                    : UsageMeasure.Cost,
            Group = Find<UsageDimension>(query["group"]) ?? UsageDimension.Model,
            Bucket = Find<SeriesBucket>(query["bucket"]) ?? SeriesBucket.Auto,
            Top = int.TryParse(query["top"], out var top) && Tops.Contains(top) ? top : 8,
            IsCumulative = query["cumulative"] == "true",
        };

    private static T? Find<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
