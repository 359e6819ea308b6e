namespace Tollgate.Configuration.Formats;

/// <summary>An item of <c>budget.alerts</c>.</summary>
internal sealed class AlertDraft
{
    public long? Threshold { get; set; }

    public string? Email { get; set; }
}
