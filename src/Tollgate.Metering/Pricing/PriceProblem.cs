namespace Tollgate.Metering.Pricing;

/// <summary>What is wrong in a file of prices, and where.</summary>
/// <param name="Path">The place, such as <c>models[3].rates[0].usd_per_million.input</c>; empty for the file as a
/// whole.</param>
/// <param name="Message">What is wrong, with the value that was read.</param>
public readonly record struct PriceProblem(string Path, string Message)
{
    /// <summary>Both, such as <c>models[3].model: is missing</c>.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
