using System.Globalization;

namespace Tollgate.Analytics.Flows;

/// <summary>A number of tokens, exact to 1e-9 token.</summary>
/// <param name="Nano">In units of 1e-9 token.</param>
public readonly record struct TokenAmount(Int128 Nano) : IComparable<TokenAmount>
{
    /// <summary>Units in a token.</summary>
    public const long PerToken = 1_000_000_000;

    /// <summary>As a number of tokens.</summary>
    public decimal Tokens => (decimal)(Nano / PerToken) + ((decimal)(long)(Nano % PerToken) / PerToken);

    /// <summary>The nearest whole number of tokens, half up.</summary>
    public Int128 Rounded => (Nano + (PerToken / 2)) / PerToken;

    /// <inheritdoc/>
    public int CompareTo(TokenAmount other) => Nano.CompareTo(other.Nano);

    /// <inheritdoc/>
    public override string ToString() => Tokens.ToString(CultureInfo.InvariantCulture);
}
