namespace Tollgate.Accounting.Stores;

/// <summary>A data folder whose gateways count limits for themselves, because the store behind them does not.</summary>
/// <param name="Id">The folder's identity.</param>
/// <param name="Name">The machine and folder, for operators.</param>
public sealed record InstanceHeartbeat(Guid Id, string Name)
{
    /// <summary>A folder without a heartbeat for this long is assumed to have no running gateway.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
}
