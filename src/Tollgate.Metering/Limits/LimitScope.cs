using System.Collections.Immutable;

namespace Tollgate.Metering.Limits;

/// <summary>One condition of a scope: a dimension with a value, or with a separate count for each value.</summary>
/// <param name="Dimension">The dimension to compare.</param>
/// <param name="Value">
/// The value; null means that each value is counted separately, and that the limit does not apply to a call without
/// one.
/// </param>
public readonly record struct ScopeTerm(LimitDimension Dimension, string? Value)
{
    /// <summary>Formats the term, such as <c>user=ann</c>, or <c>user=*</c> for each user.</summary>
    public override string ToString() => $"{Dimension.ToString().ToLowerInvariant()}={Value ?? "*"}";
}

/// <summary>The calls that a limit applies to: those for which every term matches. Without terms, every call.</summary>
public sealed class LimitScope : IEquatable<LimitScope>
{
    /// <summary>All calls together.</summary>
    public static readonly LimitScope Global = new([]);

    private LimitScope(ImmutableArray<ScopeTerm> terms) => Terms = terms;

    /// <summary>The terms, ordered by dimension, at most one per dimension.</summary>
    public ImmutableArray<ScopeTerm> Terms { get; }

    /// <summary>True if a term counts each value separately.</summary>
    public bool HasWildcard => Terms.Any(static term => term.Value is null);

    /// <summary>Creates a scope from terms.</summary>
    /// <exception cref="ArgumentException">
    /// A dimension is named twice, a value is blank, or the scope counts each tag and each value of another dimension.
    /// </exception>
    public static LimitScope Create(params IEnumerable<ScopeTerm> terms)
    {
        var ordered = terms.OrderBy(static term => term.Dimension).ToImmutableArray();
        for (var index = 1; index < ordered.Length; index++)
            if (ordered[index].Dimension == ordered[index - 1].Dimension)
                throw new ArgumentException(
                    $"The scope names '{ordered[index].Dimension}' twice. Create a separate limit for each value.",
                    nameof(terms)
                );
        foreach (var term in ordered)
            if (term.Value is { } value && string.IsNullOrWhiteSpace(value))
                throw new ArgumentException(
                    $"The scope's '{term.Dimension}' is blank. Specify a value, or '*' for each.",
                    nameof(terms)
                );
        return ordered.IsEmpty ? Global : new LimitScope(ordered);
    }

    /// <inheritdoc/>
    public bool Equals(LimitScope? other) => other is not null && Terms.AsSpan().SequenceEqual(other.Terms.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LimitScope);

    /// <inheritdoc/>
    public override int GetHashCode() => Terms.Aggregate(Terms.Length, HashCode.Combine);

    /// <summary>The terms, such as <c>model=gpt-4o, user=*</c>; <c>global</c> if there are none.</summary>
    public override string ToString() => Terms.IsEmpty ? "global" : string.Join(", ", Terms);
}
