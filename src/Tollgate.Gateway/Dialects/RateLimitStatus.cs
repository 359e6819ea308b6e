namespace Tollgate.Gateway.Dialects;

/// <summary>The status of one rate limit, as the headers of a response report it.</summary>
/// <param name="Kind">The quantity limited: <c>requests</c> or <c>tokens</c>.</param>
/// <param name="Limit">The maximum of the window.</param>
/// <param name="Remaining">The part that is not used yet.</param>
/// <param name="ResetsAt">The end of the window; null for a limit without one.</param>
internal readonly record struct RateLimitStatus(string Kind, string Limit, string Remaining, DateTimeOffset? ResetsAt);
