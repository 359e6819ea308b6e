namespace Tollgate.Metering.Pricing;

/// <summary>A problem in a price file, and its location.</summary>
/// <param name="Path">
/// The location, such as <c>models[3].rates[0].usd_per_million.input</c>; empty for the file as a whole.
/// </param>
/// <param name="Message">The problem, including the value that was read.</param>
public readonly record struct PriceProblem(string Path, string Message)
{
    /// <summary>Both, such as <c>models[3].model: is missing</c>.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
