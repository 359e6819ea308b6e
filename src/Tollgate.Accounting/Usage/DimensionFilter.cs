using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Compares one dimension of a record with values. Null among the values means "has none".</summary>
public sealed record DimensionFilter : UsageFilter
{
    private DimensionFilter(UsageDimension dimension, DimensionOperator comparison, IReadOnlyList<string?> values) =>
        (Dimension, Operator, Values) = (dimension, comparison, values);

    /// <summary>The dimension.</summary>
    public UsageDimension Dimension { get; }

    /// <summary>The comparison.</summary>
    public DimensionOperator Operator { get; }

    /// <summary>The values, each once; for <see cref="DimensionOperator.Contains"/> the only text.</summary>
    public IReadOnlyList<string?> Values { get; }

    /// <inheritdoc/>
    public override bool IsRolledUp => UsageDimensions.IsRolledUp(Dimension);

    /// <inheritdoc/>
    public override bool IsNever => Operator == DimensionOperator.In && Values.Count == 0;

    /// <summary>Matches records whose value is one of a set. An empty set matches nothing.</summary>
    public static DimensionFilter In(UsageDimension dimension, IEnumerable<string?> values) =>
        new(dimension, DimensionOperator.In, Distinct(values));

    /// <summary>
    /// Matches records whose value is not in a set; also those without a value, unless null is in the set. An empty set
    /// matches everything.
    /// </summary>
    public static DimensionFilter NotIn(UsageDimension dimension, IEnumerable<string?> values) =>
        new(dimension, DimensionOperator.NotIn, Distinct(values));

    /// <summary>Matches records whose value contains a text; ASCII letters match in either case.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static DimensionFilter Contains(UsageDimension dimension, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new(dimension, DimensionOperator.Contains, [text]);
    }

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) => Matches(record.GetValue(Dimension));

    /// <inheritdoc/>
    public override bool Matches(Func<UsageDimension, string?> valueOf) => Matches(valueOf(Dimension));

    /// <summary>Converts the ASCII letters of a text to lower case.</summary>
    internal static string FoldCase(string text) =>
        string.Create(
            text.Length,
            text,
            static (folded, original) =>
            {
                for (var i = 0; i < folded.Length; i++)
                    folded[i] = char.IsAsciiLetterUpper(original[i]) ? (char)(original[i] | 0x20) : original[i];
            }
        );

    private bool Matches(string? value) =>
        Operator switch
        {
            DimensionOperator.In => Values.Contains(value),
            DimensionOperator.NotIn => !Values.Contains(value),
            _ => value is not null && FoldCase(value).Contains(FoldCase(Values[0]!), StringComparison.Ordinal),
        };

    /// <summary>No record has an empty value, which rollups use for "none".</summary>
    private static IReadOnlyList<string?> Distinct(IEnumerable<string?> values) =>
        [.. values.Where(static value => value != "").Distinct(StringComparer.Ordinal)];
}
