using System.Collections.Immutable;

namespace Tollgate.Metering.Limits;

/// <summary>One condition of a scope: a dimension and its value, or each value for itself.</summary>
/// <param name="Dimension">What is compared.</param>
/// <param name="Value">The value; null means that each value is counted for itself, and a call without one is not
/// concerned.</param>
public readonly record struct ScopeTerm(LimitDimension Dimension, string? Value)
{
    /// <summary>Such as <c>user=ann</c>, or <c>user=*</c> for each user.</summary>
    public override string ToString() => $"{Dimension.ToString().ToLowerInvariant()}={Value ?? "*"}";
}

/// <summary>Whom a limit concerns: all calls for which every term holds. Without terms that is every call.</summary>
public sealed class LimitScope : IEquatable<LimitScope>
{
    /// <summary>Every call together.</summary>
    public static readonly LimitScope Global = new([]);

    private LimitScope(ImmutableArray<ScopeTerm> terms) => Terms = terms;

    /// <summary>The terms, ordered by dimension, at most one for each.</summary>
    public ImmutableArray<ScopeTerm> Terms { get; }

    /// <summary>Whether some term counts each value for itself.</summary>
    public bool CountsEach => Terms.Any(static term => term.Value is null);

    /// <summary>A scope of some terms.</summary>
    /// <exception cref="ArgumentException">A dimension is named twice, a value is blank, or each tag is counted beside
    /// another each.</exception>
    public static LimitScope Of(params IEnumerable<ScopeTerm> terms)
    {
        var ordered = terms.OrderBy(static term => term.Dimension).ToImmutableArray();
        for (var index = 1; index < ordered.Length; index++)
            if (ordered[index].Dimension == ordered[index - 1].Dimension)
                throw new ArgumentException(
                    $"The scope names '{ordered[index].Dimension}' twice; a limit of its own for each value says what "
                        + $"is meant.",
                    nameof(terms)
                );
        foreach (var term in ordered)
            if (term.Value is { } value && string.IsNullOrWhiteSpace(value))
                throw new ArgumentException(
                    $"The scope's '{term.Dimension}' is blank. Name a value, or '*' for each.",
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

    /// <summary>The terms, such as <c>model=gpt-4o, user=*</c>; <c>global</c> where there are none.</summary>
    public override string ToString() => Terms.IsEmpty ? "global" : string.Join(", ", Terms);
}
