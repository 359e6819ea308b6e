using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Testing.Gateways;

/// <summary>A limit as a configuration writes it.</summary>
/// <param name="Text">Such as <c>total_cost=10</c>.</param>
/// <param name="Model">The only model that it applies to; null for all.</param>
/// <param name="AlertAt">Its thresholds as a YAML list.</param>
public sealed record ConfiguredLimit(string Text, string? Model = null, string AlertAt = "[]")
{
    public Limit Limit { get; } =
        LimitText
            .Parse(Text)
            .ToLimit(Model is null ? LimitScope.Global : LimitScope.Create(new ScopeTerm(LimitDimension.Model, Model)));

    public string Yaml =>
        $"{{limit: {Text}, alert_at: {AlertAt}{(Model is null ? "" : $", scope: {{model: {Model}}}")}}}";

    public static implicit operator ConfiguredLimit(string text) => new(text);
}
