namespace Tollgate.Operations.Providers;

/// <summary>The result of a test request to a provider; it contains nothing of the response's text.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Status">The status code of the response; null if there was none.</param>
/// <param name="DurationS">The time until the response, or until the test gave up, in seconds.</param>
/// <param name="Source">Where the tested key is from.</param>
public sealed record ProviderTestResult(
    string Provider,
    ProviderTestOutcome Outcome,
    int? Status,
    decimal DurationS,
    ProviderKeySource Source
);
