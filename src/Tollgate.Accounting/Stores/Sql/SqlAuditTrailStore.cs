using System.Data.Common;
using System.Globalization;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// The audit trail in a SQL database. Its statements are the same in SQLite, PostgreSQL and MySQL; public because the
/// stores of the servers are packages of their own.
/// </summary>
/// <param name="connections">The database.</param>
/// <param name="migrate">Creates or upgrades its schema.</param>
/// <param name="insert">
/// The start of a statement that inserts rows and skips those that are already stored, up to the table's name.
/// </param>
/// <param name="onConflict">The end of that statement; may be empty.</param>
public sealed class SqlAuditTrailStore(
    ISqlConnections connections,
    Func<CancellationToken, Task> migrate,
    string insert = "INSERT INTO",
    string onConflict = "ON CONFLICT (id) DO NOTHING"
) : IAuditTrailStore
{
    private const string Columns = "id, at, actor_kind, actor, action, target, state_before, state_after";

    /// <inheritdoc/>
    public Task MigrateAsync(CancellationToken cancellationToken = default) => migrate(cancellationToken);

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditTrailEntry> entries, CancellationToken cancellationToken = default) =>
        entries.Count == 0
            ? Task.CompletedTask
            : connections.RunTransactionAsync(
                async connection =>
                {
                    foreach (var entry in entries)
                        await InsertAsync(connection, entry, cancellationToken);
                    return true;
                },
                cancellationToken
            );

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditTrailEntry>> ReadAsync(
        AuditTrailSelection selection,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(selection.Limit, 1);
        return connections.RunAsync(
            connection => ReadAsync(connection, selection, cancellationToken),
            cancellationToken
        );
    }

    private async Task InsertAsync(DbConnection connection, AuditTrailEntry entry, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"{insert} audit_trail ({Columns}) VALUES (@id, @at, @actor_kind, @actor, @action, @target, @state_before, "
            + $"@state_after) {onConflict}";
        command.With("@id", entry.Id.ToString("N"));
        command.With("@at", entry.Time.ToMicros());
        command.With("@actor_kind", entry.Actor.Kind.ToString().ToLowerInvariant());
        command.With("@actor", entry.Actor.Name);
        command.With("@action", entry.Action);
        command.With("@target", entry.Target);
        command.With("@state_before", entry.Before);
        command.With("@state_after", entry.After);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<AuditTrailEntry>> ReadAsync(
        DbConnection connection,
        AuditTrailSelection selection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        var conditions = new List<string>();
        Where("at >=", "@from", selection.From?.ToMicros());
        Where("at <", "@to", selection.To?.ToMicros());
        Where("actor_kind =", "@actor_kind", selection.Actor?.Kind.ToString().ToLowerInvariant());
        Where("actor =", "@actor", selection.Actor?.Name);
        Where("action =", "@action", selection.Action);
        Where("target =", "@target", selection.Target);
        Where("id <", "@before", selection.Before?.ToString("N"));
        command.CommandText =
            $"SELECT {Columns} FROM audit_trail {(conditions.Count == 0 ? "" : "WHERE ")}"
            + $"{string.Join(" AND ", conditions)} ORDER BY id DESC LIMIT "
            + selection.Limit.ToString(CultureInfo.InvariantCulture);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<AuditTrailEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(ReadEntry(reader));
        return entries;

        void Where(string comparison, string parameter, object? value)
        {
            if (value is null)
                return;
            conditions.Add($"{comparison} {parameter}");
            command.With(parameter, value);
        }
    }

    private static AuditTrailEntry ReadEntry(DbDataReader row) =>
        new()
        {
            Id = Guid.ParseExact(row.GetString(0), "N"),
            Time = StoredTime.ToTime(row.GetInt64(1)),
            Actor = new Actor(Enum.Parse<ActorKind>(row.GetString(2), ignoreCase: true), row.GetString(3)),
            Action = row.GetString(4),
            Target = row.GetString(5),
            Before = row.IsDBNull(6) ? null : row.GetString(6),
            After = row.IsDBNull(7) ? null : row.GetString(7),
        };
}
