using System.Globalization;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Converts filters to SQL, for the table of records or for rollups, where '' means none.</summary>
internal static class FilterSqlBuilder
{
    private const string Never = "1 = 0",
        Always = "1 = 1";

    private static readonly string Errors = Join(Enum.GetValues<CallOutcome>().Where(UsageTotals.IsError));

    private static readonly string IsRepriced = $"outcome = {(int)CallOutcome.Repriced}";

    /// <summary>Returns the conditions of records, each preceded by AND.</summary>
    public static string BuildForRecords(IReadOnlyList<UsageFilter> filters, IFilterSqlTerms terms) =>
        string.Concat(filters.Select(filter => $" AND {Build(filter, terms, isRollup: false)}"));

    /// <summary>Returns the conditions of rollups, each preceded by AND.</summary>
    public static string BuildForRollups(IReadOnlyList<UsageFilter> filters, IFilterSqlTerms terms) =>
        string.Concat(filters.Select(filter => $" AND {Build(filter, terms, isRollup: true)}"));

    private static string Build(UsageFilter filter, IFilterSqlTerms terms, bool isRollup) =>
        filter switch
        {
            DimensionFilter dimension => BuildDimension(dimension, terms, isRollup),
            AnyFilter { Filters.Count: 0 } => Never,
            AnyFilter any => $"({string.Join(" OR ", any.Filters.Select(part => Build(part, terms, isRollup)))})",
            PropertyFilter { Expected: true } property => BuildProperty(property.Property),
            PropertyFilter property => $"NOT {BuildProperty(property.Property)}",
            OutcomeFilter { Outcomes.Count: 0 } => Never,
            OutcomeFilter outcome => $"outcome IN ({Join(outcome.Outcomes)})",
            CostFilter cost => BuildRange("cost", Literal(cost.Min, terms), Literal(cost.Max, terms)),
            DurationFilter time => BuildRange("duration", Literal(time.Min), Literal(time.Max)),
            CallFilter call => $"call_id = {terms.Id(call.Call)}",
            ResponseFilter response => $"response_id = {terms.Text(response.ResponseId)}",
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Unknown filter."),
        };

    private static string BuildDimension(DimensionFilter filter, IFilterSqlTerms terms, bool isRollup)
    {
        var column = terms.ColumnFor(filter.Dimension);
        if (filter.Operator == DimensionOperator.Contains)
            return terms.Contains(column, filter.Values[0]!);
        var names = filter.Values.OfType<string>().Select(terms.Text).ToList();
        var hasNone = names.Count < filter.Values.Count;
        if (isRollup && hasNone)
            names.Add("''");
        var isIn = filter.Operator == DimensionOperator.In;
        if (isRollup)
            return BuildSet(column, names, isIn);
        if (isIn)
            return hasNone ? BuildNullable(column, names, " OR ", "IS NULL", isIn) : BuildSet(column, names, isIn);
        return hasNone
            ? BuildNullable(column, names, " AND ", "IS NOT NULL", isIn)
            : BuildNullable(column, names, " OR ", "IS NULL", isIn);
    }

    private static string BuildNullable(string column, List<string> names, string word, string test, bool isIn) =>
        names.Count == 0
            ? (isIn || word == " AND " ? $"{column} {test}" : Always)
            : $"({column} {test}{word}{BuildSet(column, names, isIn)})";

    /// <summary>A single value is compared by = rather than IN, which every index on the column serves.</summary>
    private static string BuildSet(string column, List<string> names, bool isIn) =>
        names.Count switch
        {
            0 => isIn ? Never : Always,
            1 => $"{column} {(isIn ? "=" : "<>")} {names[0]}",
            _ => $"{column} {(isIn ? "IN" : "NOT IN")} ({string.Join(", ", names)})",
        };

    private static string BuildProperty(UsageProperty property) =>
        property switch
        {
            UsageProperty.Error => $"(corrects_call IS NULL AND outcome IN ({Errors}))",
            UsageProperty.Unpriced =>
                $"(corrects_call IS NULL AND cost IS NULL OR corrects_call IS NOT NULL AND {IsRepriced})",
            UsageProperty.Estimated => $"(corrects_call IS NULL AND usage_source = {(int)UsageSource.Estimated})",
            UsageProperty.Streamed => "(streamed)",
            UsageProperty.Correction => "(corrects_call IS NOT NULL)",
            _ => throw new ArgumentOutOfRangeException(nameof(property), property, "Unknown property."),
        };

    private static string BuildRange(string column, string? min, string? max) =>
        (min, max) switch
        {
            (null, null) => $"{column} IS NOT NULL",
            (_, null) => $"{column} >= {min}",
            (null, _) => $"{column} <= {max}",
            _ => $"({column} >= {min} AND {column} <= {max})",
        };

    private static string? Literal(Money? cost, IFilterSqlTerms terms) => cost is { } known ? terms.Cost(known) : null;

    private static string? Literal(TimeSpan? duration) => duration?.ToMicros().ToString(CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<CallOutcome> outcomes) =>
        string.Join(", ", outcomes.Select(static outcome => ((int)outcome).ToString(CultureInfo.InvariantCulture)));
}
