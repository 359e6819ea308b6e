namespace Tollgate.Accounting.Stores;

/// <summary>A data folder whose gates count limits for themselves, because the store behind them does not.</summary>
/// <param name="Id">The folder's identity.</param>
/// <param name="Name">Machine and folder, for operators.</param>
public sealed record LimitFolder(Guid Id, string Name)
{
    /// <summary>After this long without a word from its gates a folder is taken to have none.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
}
