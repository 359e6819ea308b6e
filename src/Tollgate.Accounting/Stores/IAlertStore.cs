using Tollgate.Accounting.Alerts;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// Alerts and the messages about them, in the database whose transactions decide the crossing of limits, so that all
/// gates on it together tell each once. All methods may be called from any thread and by several processes.
/// </summary>
public interface IAlertStore
{
    /// <summary>Puts an alert on record; false where one with its key is there.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached; it may be tried again.</exception>
    Task<bool> AddAsync(Alert alert, CancellationToken cancellation = default);

    /// <summary>
    /// Makes messages of the alerts that have none yet, each once, whoever asks first; gives their number. An alert
    /// older than <see cref="DeliveryRetry.Patience"/> gets none.
    /// </summary>
    /// <param name="routes">Where an alert goes; it may be nowhere.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<int> RouteAsync(Func<Alert, IReadOnlyList<AlertRoute>> routes, CancellationToken cancellation = default);

    /// <summary>
    /// Takes messages that are due, the oldest first. Nobody else gets them before the lease ends; then they are due
    /// again, for whoever took them may have died.
    /// </summary>
    /// <param name="sender">Who takes them.</param>
    /// <param name="channels">The channels that the sender can use.</param>
    /// <param name="lease">How long.</param>
    /// <param name="limit">The most messages.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<AlertDelivery>> ClaimAsync(
        Guid sender,
        IReadOnlyList<string> channels,
        TimeSpan lease,
        int limit,
        CancellationToken cancellation = default
    );

    /// <summary>Notes that a message was taken by its recipient. It holds whoever has the lease by now.</summary>
    Task SentAsync(Guid delivery, CancellationToken cancellation = default);

    /// <summary>Notes that an attempt failed; changes nothing where the sender no longer has the lease.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="sender">Who tried.</param>
    /// <param name="error">Why it failed, without secrets.</param>
    /// <param name="after">When to try again; null gives it up.</param>
    /// <param name="cancellation">Stops it.</param>
    Task FailedAsync(
        Guid delivery,
        Guid sender,
        string error,
        TimeSpan? after,
        CancellationToken cancellation = default
    );

    /// <summary>Makes messages that failed due at once, given up or not; gives their number.</summary>
    /// <param name="alert">Of which alert; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<int> RetryAsync(Guid? alert, CancellationToken cancellation = default);

    /// <summary>The alerts with their messages, the newest first.</summary>
    Task<IReadOnlyList<AlertState>> ListAsync(int limit, CancellationToken cancellation = default);

    /// <summary>How the messages stand.</summary>
    Task<AlertCounts> CountAsync(CancellationToken cancellation = default);

    /// <summary>Forgets alerts, and their messages, that are older; gives the number of the alerts.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation = default);
}
