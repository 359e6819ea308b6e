namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>Collected usage: of a call, or of a user's month.</summary>
/// <param name="Input">Input tokens, including cached ones.</param>
/// <param name="Cached">Input tokens read from a cache.</param>
/// <param name="Output">Output tokens.</param>
/// <param name="Requests">Requests.</param>
/// <param name="Succeeded">Requests that succeeded.</param>
internal readonly record struct CollectedTokens(
    double Input,
    double Cached,
    double Output,
    double Requests,
    double Succeeded
)
{
    public static CollectedTokens operator +(in CollectedTokens left, in CollectedTokens right) =>
        new(
            left.Input + right.Input,
            left.Cached + right.Cached,
            left.Output + right.Output,
            left.Requests + right.Requests,
            left.Succeeded + right.Succeeded
        );
}
