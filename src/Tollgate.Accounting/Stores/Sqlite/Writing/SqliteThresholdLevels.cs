using System.Globalization;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// The levels of counters and the resulting alerts, on the writer's connection and in its transactions. For the
/// writer's thread only.
/// </summary>
internal sealed class SqliteThresholdLevels : IDisposable
{
    /// <summary>
    /// Not the row of a threshold, since a limit of zero has none: it marks a window that was charged by a process
    /// without the limit.
    /// </summary>
    private const string NeedsBackfill = "amount = '0' AND level = 0";

    private readonly SqliteStatement _read,
        _set,
        _prune,
        _alert,
        _mark,
        _marked,
        _unmark;

    public SqliteThresholdLevels(SqliteDatabase database)
    {
        _read = database.Prepare(
            "read a level",
            "SELECT level, notified_at FROM limit_levels WHERE limit_id = ?1 AND target = ifnull(?2, '') "
                + "AND window = ?3 AND amount = ?4"
        );
        _set = database.Prepare(
            "set a level",
            "INSERT INTO limit_levels VALUES (?1, ifnull(?2, ''), ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET level = "
                + "excluded.level, notified_at = excluded.notified_at"
        );
        _mark = database.Prepare(
            "mark a window",
            "INSERT INTO limit_levels VALUES (?1, ifnull(?2, ''), ?3, '0', 0, ?4) ON CONFLICT DO NOTHING"
        );
        _marked = database.Prepare(
            "find marked windows",
            $"SELECT target, window FROM limit_levels WHERE limit_id = ?1 AND {NeedsBackfill}"
        );
        _unmark = database.Prepare(
            "unmark windows",
            $"DELETE FROM limit_levels WHERE limit_id = ?1 AND {NeedsBackfill}"
        );
        _prune = database.Prepare(
            "prune old levels",
            "DELETE FROM limit_levels WHERE limit_id = ?1 AND target = ifnull(?2, '') AND window < ?3 AND window > 0"
        );
        _alert = database.Prepare(
            "raise an alert",
            "INSERT INTO alerts (id, key, kind, subject, text, crossing, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                + "?7) ON CONFLICT DO NOTHING"
        );
    }

    /// <summary>Checks a counter that has just changed, and raises an alert if it has reached a threshold.</summary>
    public void Evaluate(in ThresholdCheck reading)
    {
        if (reading.IsBelowThresholds)
            return;
        var amount = reading.Amount.ToString(CultureInfo.InvariantCulture);
        ThresholdLevel? told = null;
        _read.Restart().Add(reading.Limit.Id).Add(reading.Target).Add(reading.LevelWindow).Add(amount);
        while (_read.Next())
            told = new ThresholdLevel((int)_read.Number(0), _read.Number(1));
        var change = reading.Change(told);
        if (change.Level is not { } level)
            return;
        _set.Restart()
            .Add(reading.Limit.Id)
            .Add(reading.Target)
            .Add(reading.LevelWindow)
            .Add(amount)
            .Add(level.Percent)
            .Add(level.NotifiedAt)
            .Run();
        if (!change.RaisesAlert)
            return;
        var alert = reading.CreateAlert(change);
        _alert
            .Restart()
            .Add(alert.Id)
            .Add(alert.Key)
            .Add(alert.Kind.ToString())
            .Add(alert.Subject)
            .Add(alert.Text)
            .Add(CrossingJson.Write(alert.Crossing))
            .Add(alert.CreatedAt.ToMicros())
            .Run();
    }

    /// <summary>Marks a window that was charged without a check.</summary>
    public void MarkForBackfill(string limit, string target, long window, long now) =>
        _mark.Restart().Add(limit).Add(target).Add(window).Add(now).Run();

    /// <summary>Returns the marked windows of a limit and removes the marks.</summary>
    public List<(string Target, long Window)> TakeMarked(string limit)
    {
        List<(string, long)> windows = [];
        _marked.Restart().Add(limit);
        while (_marked.Next())
            windows.Add((_marked.Text(0) ?? "", _marked.Number(1)));
        if (windows.Count > 0)
            _unmark.Restart().Add(limit).Run();
        return windows;
    }

    /// <summary>Removes levels of windows before a given time.</summary>
    public void Prune(string limit, string target, long before) =>
        _prune.Restart().Add(limit).Add(target).Add(before).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])[_read, _set, _prune, _alert, _mark, _marked, _unmark])
            statement?.Dispose();
    }
}
