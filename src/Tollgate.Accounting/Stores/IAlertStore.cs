using Tollgate.Accounting.Alerts;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// Alerts and their messages, in the database whose transactions decide when a limit's threshold is crossed, so that
/// all gateways on it raise each alert exactly once. All methods may be called from any thread and by several
/// processes.
/// </summary>
public interface IAlertStore
{
    /// <summary>Stores an alert; returns false if one with its key exists.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached; the call may be
    /// retried.</exception>
    Task<bool> AddAsync(Alert alert, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates the messages of alerts that have none yet, once for each alert, whichever process is first; returns
    /// their number. An alert older than <see cref="AlertRetryPolicy.Timeout"/> gets none.
    /// </summary>
    /// <param name="routes">Returns the routes of an alert; may be empty.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<int> RouteAsync(Func<Alert, IReadOnlyList<AlertRoute>> routes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Claims due messages, oldest first. No other sender gets them before the lease expires; then they are due again,
    /// because the sender may have crashed.
    /// </summary>
    /// <param name="sender">The claiming sender.</param>
    /// <param name="channels">The channels that the sender can use.</param>
    /// <param name="lease">The duration of the lease.</param>
    /// <param name="limit">The maximum number of messages.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<IReadOnlyList<AlertDelivery>> ClaimAsync(
        Guid sender,
        IReadOnlyList<string> channels,
        TimeSpan lease,
        int limit,
        CancellationToken cancellationToken = default
    );

    /// <summary>Marks a message as accepted by its recipient, whichever sender holds the lease by now.</summary>
    Task MarkSentAsync(Guid delivery, CancellationToken cancellationToken = default);

    /// <summary>Records a failed attempt; changes nothing if the sender no longer holds the lease.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="sender">The sender that tried.</param>
    /// <param name="error">Why it failed, without secrets.</param>
    /// <param name="after">The delay before the next attempt; null abandons the message.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task MarkFailedAsync(
        Guid delivery,
        Guid sender,
        string error,
        TimeSpan? after,
        CancellationToken cancellationToken = default
    );

    /// <summary>Makes failed messages due at once, abandoned or not; returns their number.</summary>
    /// <param name="alert">The alert; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<int> RetryAsync(Guid? alert, CancellationToken cancellationToken = default);

    /// <summary>Returns the alerts with their messages, newest first.</summary>
    Task<IReadOnlyList<AlertWithDeliveries>> ListAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>Counts the messages by state.</summary>
    Task<AlertCounts> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes older alerts and their messages; returns the number of alerts.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
