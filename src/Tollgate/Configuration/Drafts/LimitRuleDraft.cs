using Tollgate.Configuration.Declaration;
using Tollgate.Metering.Limits;

namespace Tollgate.Configuration.Drafts;

/// <summary>A limit as written in <c>tollgate.yaml</c>.</summary>
internal sealed class LimitRuleDraft : Optional
{
    public string? Limit { get; set; }

    public string? Metric { get; set; }

    public string? Amount { get; set; }

    public string? Window { get; set; }

    public List<ScopeTerm> Scope { get; } = [];

    public LimitMode? Mode { get; set; }

    public IReadOnlyList<string> AlertAt { get; set; } = [];

    public string? TimeZone { get; set; }

    public string? Anchor { get; set; }

    public string? Burst { get; set; }

    public string? IncreaseAmount { get; set; }

    public string? IncreaseUntil { get; set; }
}
