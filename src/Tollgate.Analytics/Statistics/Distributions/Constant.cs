namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>Always the same value.</summary>
/// <param name="Value">The value, 0 or more.</param>
public sealed record Constant(double Value) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "constant";

    /// <inheritdoc/>
    public override double Mean => Value;

    /// <inheritdoc/>
    public override double Variance => 0;

    /// <inheritdoc/>
    public override double LogDensity(double value) =>
        value == Value ? double.PositiveInfinity : double.NegativeInfinity;

    /// <inheritdoc/>
    public override double Cumulative(double value) => value < Value ? 0 : 1;

    /// <inheritdoc/>
    public override double Quantile(double probability) => Value;

    /// <inheritdoc/>
    public override void Check(InputValidator check) => check.NotNegative("value", Value);

    internal override void FromUniforms(Span<double> values) => values.Fill(Value);

    internal override void FromNormalScores(Span<double> values) => values.Fill(Value);
}
