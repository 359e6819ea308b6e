using System.Data.Common;
using System.Globalization;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The statements on <c>sign_in_sessions</c>.</summary>
internal sealed class SqlSignInSessions(string insert, string onConflict)
{
    /// <summary>One statement, so that of several callers with the same expected secret one changes the row.</summary>
    public const string ReplaceSecret = """
        UPDATE sign_in_sessions SET secret_hash = @hash, seen_at = @now
        WHERE id = @id AND secret_hash = @expected AND ended_at IS NULL AND expires_at > @now
        """;

    private const string Columns =
        "id, account, kind, secret_hash, method, created_at, seen_at, expires_at, ended_at, end_reason, address, agent";

    public Task<int> InsertAsync(DbConnection connection, SignInSession session, CancellationToken cancellationToken) =>
        connection
            .CreateCommand(
                $"{insert} sign_in_sessions ({Columns}) VALUES (@id, @account, @kind, @secret_hash, @method, "
                    + $"@created_at, @seen_at, @expires_at, NULL, NULL, @address, @agent) {onConflict}"
            )
            .With("@id", session.Id.ToString("N"))
            .With("@account", session.Account)
            .With("@kind", session.Kind.ToString().ToLowerInvariant())
            .With("@secret_hash", session.SecretHash)
            .With("@method", session.Method.ToString().ToLowerInvariant())
            .With("@created_at", session.CreatedAt.ToMicros())
            .With("@seen_at", session.SeenAt.ToMicros())
            .With("@expires_at", session.ExpiresAt.ToMicros())
            .With("@address", session.Address)
            .With("@agent", session.Agent)
            .RunOnceAsync(cancellationToken);

    public static async Task<SignInSession?> FindAsync(
        DbConnection connection,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection
            .CreateCommand($"SELECT {Columns} FROM sign_in_sessions WHERE id = @id")
            .With("@id", id.ToString("N"));
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    public static async Task<IReadOnlyList<SignInSession>> ListAsync(
        DbConnection connection,
        SignInSessionSelection selection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        var conditions = new List<string>();
        Where("account = @account", "@account", selection.Account);
        Where("ended_at IS NULL AND expires_at > @live_at", "@live_at", selection.LiveAt?.ToMicros());
        Where("seen_at > @seen_after", "@seen_after", selection.SeenAfter?.ToMicros());
        Where("id < @before", "@before", selection.Before?.ToString("N"));
        command.CommandText =
            $"SELECT {Columns} FROM sign_in_sessions {(conditions.Count == 0 ? "" : "WHERE ")}"
            + $"{string.Join(" AND ", conditions)} ORDER BY id DESC LIMIT "
            + selection.Limit.ToString(CultureInfo.InvariantCulture);
        return await ReadAsync(command, cancellationToken);

        void Where(string condition, string parameter, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            command.With(parameter, value);
        }
    }

    public static async Task<List<Guid>> ReadOpenAsync(
        DbConnection connection,
        string account,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection
            .CreateCommand("SELECT id FROM sign_in_sessions WHERE account = @account AND ended_at IS NULL ORDER BY id")
            .With("@account", account);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            ids.Add(Guid.ParseExact(reader.GetString(0), "N"));
        return ids;
    }

    public static Task<int> TouchAsync(
        DbConnection connection,
        Guid id,
        DateTimeOffset seenAt,
        CancellationToken cancellationToken
    ) =>
        connection
            .CreateCommand(
                "UPDATE sign_in_sessions SET seen_at = @seen_at "
                    + "WHERE id = @id AND seen_at < @seen_at AND ended_at IS NULL"
            )
            .With("@id", id.ToString("N"))
            .With("@seen_at", seenAt.ToMicros())
            .RunOnceAsync(cancellationToken);

    public static async Task<bool> EndAsync(
        DbConnection connection,
        Guid id,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await connection
            .CreateCommand(
                "UPDATE sign_in_sessions SET ended_at = @now, end_reason = @reason WHERE id = @id AND ended_at IS NULL"
            )
            .With("@id", id.ToString("N"))
            .With("@reason", reason)
            .With("@now", now.ToMicros())
            .RunOnceAsync(cancellationToken) == 1;

    private static async Task<IReadOnlyList<SignInSession>> ReadAsync(
        DbCommand command,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sessions = new List<SignInSession>();
        while (await reader.ReadAsync(cancellationToken))
            sessions.Add(ReadSession(reader));
        return sessions;
    }

    private static SignInSession ReadSession(DbDataReader row) =>
        new()
        {
            Id = Guid.ParseExact(row.GetString(0), "N"),
            Account = row.GetString(1),
            Kind = Enum.Parse<SignInKind>(row.GetString(2), ignoreCase: true),
            SecretHash = row.GetString(3),
            Method = Enum.Parse<SignInMethod>(row.GetString(4), ignoreCase: true),
            CreatedAt = StoredTime.ToTime(row.GetInt64(5)),
            SeenAt = StoredTime.ToTime(row.GetInt64(6)),
            ExpiresAt = StoredTime.ToTime(row.GetInt64(7)),
            EndedAt = row.IsDBNull(8) ? null : StoredTime.ToTime(row.GetInt64(8)),
            EndReason = row.IsDBNull(9) ? null : row.GetString(9),
            Address = row.IsDBNull(10) ? null : row.GetString(10),
            Agent = row.IsDBNull(11) ? null : row.GetString(11),
        };
}
