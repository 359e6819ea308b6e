using Tollgate.Accounting.Usage;
using Tollgate.Operations.Text;
using Tollgate.Operations.Usage.Figures;

namespace Tollgate.Operations.Usage.Series;

/// <summary>Refuses series that would be too large or mean nothing.</summary>
internal static class SeriesRules
{
    /// <summary>The maximum number of lines over time.</summary>
    public const int MaxTop = 25;

    /// <summary>The maximum number of lines of a single bucket.</summary>
    public const int MaxTopOfOne = 1000;

    /// <summary>The number of lines if none is requested.</summary>
    public const int DefaultTop = 8;

    /// <summary>The longest range by a dimension with many values.</summary>
    private const int MaxDaysOfMany = 7;

    /// <exception cref="OperationException">The request is not valid.</exception>
    public static void Validate(SeriesRequest request)
    {
        if (request.Measures.Count == 0)
            throw FieldRules.CreateException(
                "measures",
                $"measures must name at least one of {string.Join(", ", SnakeCase.All<UsageMeasure>())}."
            );
        if (request.Subgroup is not null && request.Group is null)
            throw FieldRules.CreateException("subgroup", "subgroup needs a group: write 'group' as well.");
        if (request.Subgroup is { } same && same == request.Group)
            throw FieldRules.CreateException(
                "subgroup",
                $"subgroup must differ from group, but both are '{SnakeCase.From(same)}'."
            );
        var maxTop = request.Bucket == SeriesBucket.None ? MaxTopOfOne : MaxTop;
        FieldRules.RequireRange("top", request.Top ?? DefaultTop, 1, maxTop);
        foreach (var measure in request.Measures.Where(static measure => !measure.IsAdditive()))
            if (request.IsCumulative)
                throw FieldRules.CreateException(
                    "cumulative",
                    $"'{SnakeCase.From(measure)}' cannot be cumulative, because averages and shares do not add up."
                );
        foreach (var group in request.Groups.Where(HasManyValues))
            RequireShort(request, group);
    }

    private static void RequireShort(SeriesRequest request, UsageDimension group)
    {
        if (request.Top is null || request.Scope.Range.Length.TotalDays > MaxDaysOfMany)
            throw FieldRules.CreateException(
                group == request.Group ? "group" : "subgroup",
                FormattableString.Invariant(
                    $"'{SnakeCase.From(group)}' has too many values for a chart. Set 'top', and choose a range of at "
                ) + FormattableString.Invariant($"most {MaxDaysOfMany} days.")
            );
    }

    private static bool HasManyValues(UsageDimension dimension) =>
        dimension is UsageDimension.Session or UsageDimension.EndUser;
}
