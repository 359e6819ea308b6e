using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Text;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>
/// Reads conditions in the form field, operator, values, in the same way for the API and the dashboard.
/// </summary>
public static class UsageFilterParser
{
    private static readonly string[] Properties = ["error", "unpriced", "estimated", "streamed", "correction"];

    private static readonly string[] Others = ["status", "cost", "duration", "call_id", "response_id"];

    /// <summary>The fields: the dimensions, and what only records have.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [.. SnakeCase.All<UsageDimension>(), .. Properties, .. Others];

    /// <summary>Reads one condition.</summary>
    /// <param name="field">
    /// A dimension (<c>in</c>, <c>not_in</c>, <c>contains</c>), <c>status</c> (<c>in</c> with outcomes), <c>error</c>,
    /// <c>unpriced</c>, <c>estimated</c>, <c>streamed</c> or <c>correction</c> (<c>eq</c> with true or false),
    /// <c>cost</c> in US dollars or <c>duration</c> in seconds (<c>gte</c>, <c>lte</c>), <c>call_id</c> or
    /// <c>response_id</c> (<c>eq</c>).
    /// </param>
    /// <param name="comparison">The operator; <c>eq</c> is <c>in</c> with one value.</param>
    /// <param name="values">The values. Of a dimension, an empty one means "has none".</param>
    /// <exception cref="OperationException">One of them is not valid; the message names what is allowed.</exception>
    public static UsageFilter Parse(string field, string comparison, IReadOnlyList<string> values)
    {
        var dimension = Array.IndexOf(SnakeCase.All<UsageDimension>(), field);
        if (dimension >= 0)
            return ParseDimension((UsageDimension)dimension, field, comparison, values);
        var property = Array.IndexOf(Properties, field);
        if (property >= 0)
            return new PropertyFilter((UsageProperty)property, ParseFlag(field, comparison, values));
        return field switch
        {
            "status" => ParseStatus(field, comparison, values),
            "cost" => ParseCost(field, comparison, values),
            "duration" => ParseDuration(field, comparison, values),
            "call_id" => new CallFilter(
                Guid.TryParse(Single(field, comparison, values), out var call)
                    ? call
                    : throw Invalid(field, values[0], "the id of a call")
            ),
            "response_id" => new ResponseFilter(Single(field, comparison, values)),
            _ => throw FieldRules.CreateException(
                "filter",
                $"'{field}' is not a valid field of a filter. Write one of {string.Join(", ", Fields)}."
            ),
        };
    }

    private static DimensionFilter ParseDimension(
        UsageDimension dimension,
        string field,
        string comparison,
        IReadOnlyList<string> values
    )
    {
        var names = values.Select(static value => value.Length == 0 ? null : value);
        return comparison switch
        {
            "eq" or "in" => DimensionFilter.In(dimension, names),
            "not_in" => DimensionFilter.NotIn(dimension, names),
            "contains" when values is [{ Length: > 0 } text] => DimensionFilter.Contains(dimension, text),
            "contains" => throw Invalid(field, string.Join(',', values), "one text"),
            _ => throw UnknownOperator(field, comparison, "eq, in, not_in, contains"),
        };
    }

    private static OutcomeFilter ParseStatus(string field, string comparison, IReadOnlyList<string> values)
    {
        if (comparison is not ("eq" or "in"))
            throw UnknownOperator(field, comparison, "eq, in");
        var names = SnakeCase.All<CallOutcome>();
        return new OutcomeFilter([
            .. values.Select(value =>
                Array.IndexOf(names, value) is >= 0 and var outcome
                    ? (CallOutcome)outcome
                    : throw Invalid(field, value, $"one of {string.Join(", ", names)}")
            ),
        ]);
    }

    private static CostFilter ParseCost(string field, string comparison, IReadOnlyList<string> values)
    {
        var usd = Money.Round(ParseNumber(field, values));
        return comparison switch
        {
            "gte" => new CostFilter(usd, null),
            "lte" => new CostFilter(null, usd),
            _ => throw UnknownOperator(field, comparison, "gte, lte"),
        };
    }

    private static DurationFilter ParseDuration(string field, string comparison, IReadOnlyList<string> values)
    {
        var seconds = ParseNumber(field, values);
        if (seconds is < 0 or > 1_000_000_000)
            throw Invalid(field, values[0], "a number of seconds from 0 to 1000000000");
        var duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return comparison switch
        {
            "gte" => new DurationFilter(duration, null),
            "lte" => new DurationFilter(null, duration),
            _ => throw UnknownOperator(field, comparison, "gte, lte"),
        };
    }

    private static decimal ParseNumber(string field, IReadOnlyList<string> values) =>
        values is [var text]
        && decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
        && Math.Abs(number) <= 1_000_000_000_000
            ? number
            : throw Invalid(field, string.Join(',', values), "one number such as 0.5");

    private static bool ParseFlag(string field, string comparison, IReadOnlyList<string> values) =>
        Single(field, comparison, values) switch
        {
            "true" => true,
            "false" => false,
            var other => throw Invalid(field, other, "true or false"),
        };

    private static string Single(string field, string comparison, IReadOnlyList<string> values)
    {
        if (comparison != "eq")
            throw UnknownOperator(field, comparison, "eq");
        return values is [{ Length: > 0 and <= 256 } text]
            ? text
            : throw Invalid(field, string.Join(',', values), "one value of at most 256 characters");
    }

    private static OperationException Invalid(string field, string value, string allowed) =>
        FieldRules.CreateException(field, $"'{value}' is not a valid value of the filter '{field}'. Write {allowed}.");

    private static OperationException UnknownOperator(string field, string comparison, string allowed) =>
        FieldRules.CreateException(
            field,
            $"'{comparison}' is not a valid operator of the filter '{field}'. Write one of {allowed}."
        );
}
