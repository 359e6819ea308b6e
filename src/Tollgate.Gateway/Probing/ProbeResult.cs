namespace Tollgate.Gateway.Probing;

/// <summary>The result of a test request. Nothing of the response's body is read.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Status">The status code of the response; null if there was none.</param>
/// <param name="Duration">The time until the response, or until the test gave up.</param>
public sealed record ProbeResult(ProbeOutcome Outcome, int? Status, TimeSpan Duration);
