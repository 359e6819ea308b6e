namespace Tollgate.Api.Contracts.Alerts;

/// <summary>The deliveries that were scheduled again.</summary>
/// <param name="Deliveries">Their number.</param>
internal sealed record RetriedDeliveries(int Deliveries);
