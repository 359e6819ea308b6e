using Tollgate.Configuration.Drafts;

namespace Tollgate.Configuration.Formats;

/// <summary>An item of <c>rate_limits</c>.</summary>
internal sealed class RateLimitDraft
{
    public string? Model { get; set; }

    public long? Limit { get; set; }

    public LimitPeriod? Period { get; set; }
}
