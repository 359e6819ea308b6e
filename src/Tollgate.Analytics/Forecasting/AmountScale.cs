namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// The scale on which a method works. On a logarithmic scale, a weekend is lower by a percentage; on the plain one, by
/// an amount; the square root is in between.
/// </summary>
internal sealed class AmountScale
{
    private readonly double _offset;

    private AmountScale(string name, double offset = 0) => (Name, _offset) = (name, offset);

    public static readonly AmountScale Plain = new("amounts");

    public static readonly AmountScale SquareRoot = new("square roots");

    public string Name { get; }

    /// <summary>Logarithms of amounts to which a hundredth of a typical one is added, since a day may be 0.</summary>
    public static AmountScale LogarithmFor(ReadOnlySpan<double> amounts)
    {
        double sum = 0;
        foreach (var amount in amounts)
            sum += amount;
        return new AmountScale("logarithms", sum > 0 ? 0.01 * sum / amounts.Length : 1);
    }

    public double To(double amount) =>
        this == Plain ? amount
        : this == SquareRoot ? Math.Sqrt(amount)
        : Math.Log(amount + _offset);

    /// <summary>The amount of a value, which is never below 0.</summary>
    public double From(double value) =>
        this == Plain ? Math.Max(0, value)
        : this == SquareRoot ? Math.Max(0, value) * Math.Max(0, value)
        : Math.Max(0, Math.Exp(value) - _offset);

    public double[] To(ReadOnlySpan<double> amounts)
    {
        var values = new double[amounts.Length];
        for (var day = 0; day < values.Length; day++)
            values[day] = To(amounts[day]);
        return values;
    }
}
