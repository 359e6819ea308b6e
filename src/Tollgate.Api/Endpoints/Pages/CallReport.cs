namespace Tollgate.Api.Endpoints.Pages;

/// <summary>A call with its attempts, as its caller may see it.</summary>
/// <param name="RequestId">The call's id.</param>
/// <param name="CostUsd">The cost of all attempts in US dollars; null if one of them is unpriced.</param>
/// <param name="Attempts">The attempts, in order.</param>
internal sealed record CallReport(Guid RequestId, decimal? CostUsd, IReadOnlyList<AttemptReport> Attempts);
