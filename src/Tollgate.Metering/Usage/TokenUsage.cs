using System.Runtime.CompilerServices;

namespace Tollgate.Metering.Usage;

/// <summary>
/// The usage of one call, as a vector over <see cref="UsageKind"/>. The components are disjoint, so totals are plain
/// sums. A value type without references: copying it is cheap, and adding two does not allocate.
/// </summary>
public struct TokenUsage : IEquatable<TokenUsage>
{
    /// <summary>The number of components.</summary>
    public const int KindCount = (int)UsageKind.Character + 1;

    /// <summary>The largest plausible count of one call and kind; a provider that reports more is in error.</summary>
    public const long MaxCount = 1_000_000_000_000;

    private Counts _counts;

    /// <summary>
    /// The count of one kind. It cannot be set to a negative value; only <see cref="Adjust"/> can produce one, for
    /// corrections.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is negative.</exception>
    public long this[UsageKind kind]
    {
        readonly get => _counts[(int)kind];
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _counts[(int)kind] = value;
        }
    }

    /// <summary>All input tokens, cached ones included (OpenTelemetry's <c>gen_ai.usage.input_tokens</c>).</summary>
    public readonly long InputTokens => Sum(UsageKind.InputText, UsageKind.CacheWrite1h);

    /// <summary>All output tokens, reasoning included.</summary>
    public readonly long OutputTokens => Sum(UsageKind.OutputText, UsageKind.OutputImage);

    /// <summary>Input and output tokens together.</summary>
    public readonly long TotalTokens => InputTokens + OutputTokens;

    /// <summary>Input tokens read from a prompt cache.</summary>
    public readonly long CachedTokens => this[UsageKind.CacheRead] + this[UsageKind.CacheReadAudio];

    /// <summary>True if every component is zero.</summary>
    public readonly bool IsZero => !((ReadOnlySpan<long>)_counts).ContainsAnyExcept(0);

    /// <summary>True if any component is negative, which is only valid in a correction.</summary>
    public readonly bool HasNegative => ((ReadOnlySpan<long>)_counts).ContainsAnyInRange(long.MinValue, -1);

    /// <summary>
    /// Adds to one kind, or subtracts from it: the result may be negative, as in a correction that takes tokens back.
    /// </summary>
    public void Adjust(UsageKind kind, long by) => _counts[(int)kind] += by;

    /// <summary>The componentwise sum.</summary>
    public static TokenUsage operator +(in TokenUsage left, in TokenUsage right)
    {
        var sum = left;
        for (var i = 0; i < KindCount; i++)
            sum._counts[i] += right._counts[i];
        return sum;
    }

    /// <summary>Equality by component.</summary>
    public static bool operator ==(in TokenUsage left, in TokenUsage right) => left.Equals(right);

    /// <summary>Inequality by component.</summary>
    public static bool operator !=(in TokenUsage left, in TokenUsage right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(TokenUsage other) => ((ReadOnlySpan<long>)_counts).SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is TokenUsage other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var count in (ReadOnlySpan<long>)_counts)
            hash.Add(count);
        return hash.ToHashCode();
    }

    /// <summary>The components that are not zero, such as <c>InputText=12 OutputText=5</c>.</summary>
    public override readonly string ToString()
    {
        var parts = new List<string>();
        for (var i = 0; i < KindCount; i++)
            if (_counts[i] != 0)
                parts.Add($"{(UsageKind)i}={_counts[i]}");
        return parts.Count == 0 ? "(none)" : string.Join(' ', parts);
    }

    private readonly long Sum(UsageKind first, UsageKind last)
    {
        long sum = 0;
        for (var i = (int)first; i <= (int)last; i++)
            sum += _counts[i];
        return sum;
    }

    [InlineArray(KindCount)]
    private struct Counts
    {
        private long _first;
    }
}
