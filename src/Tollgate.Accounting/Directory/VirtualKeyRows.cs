using System.Globalization;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores.Sqlite;

namespace Tollgate.Accounting.Directory;

/// <summary>The rows of virtual keys. Every change raises the version in its own transaction.</summary>
internal static class VirtualKeyRows
{
    private const string RaiseVersion = "UPDATE directory_version SET version = version + 1 WHERE name = 'virtual_keys'; COMMIT;";

    public static void Insert(string databasePath, in KeyHash hash, VirtualKey key)
    {
        using var connection = SqliteConnections.OpenForWrites(databasePath);
        using var command = connection.Command(
            $"""
            BEGIN IMMEDIATE;
            INSERT INTO virtual_keys (id, hash, prefix, name, user, project, allowed_models, created_at, expires_at)
            VALUES ($id, $hash, $prefix, $name, $user, $project, $models, $created, $expires);
            {RaiseVersion}
            """,
            ("$id", key.Id), ("$hash", hash.ToArray()), ("$prefix", key.Prefix), ("$name", key.Name), ("$user", key.User),
            ("$project", key.Project), ("$models", key.AllowedModels is null ? null : string.Join('\n', key.AllowedModels)),
            ("$created", key.CreatedAt.ToMicros()), ("$expires", key.ExpiresAt?.ToMicros()));
        command.ExecuteNonQuery();
    }

    public static void Revoke(string databasePath, string id, long now)
    {
        using var connection = SqliteConnections.OpenForWrites(databasePath);
        using var command = connection.Command(
            $"BEGIN IMMEDIATE; UPDATE virtual_keys SET revoked_at = $now WHERE id = $id AND revoked_at IS NULL; {RaiseVersion}",
            ("$id", id), ("$now", now));
        command.ExecuteNonQuery();
    }

    public static long ReadVersion(SqliteConnection connection) =>
        Convert.ToInt64(connection.Scalar("SELECT version FROM directory_version WHERE name = 'virtual_keys'"), CultureInfo.InvariantCulture);

    public static List<KeyValuePair<KeyHash, VirtualKey>> Read(SqliteConnection connection)
    {
        using var command = connection.Command(
            "SELECT hash, id, prefix, name, user, project, allowed_models, created_at, expires_at, revoked_at FROM virtual_keys ORDER BY created_at, id");
        using var reader = command.ExecuteReader();
        var keys = new List<KeyValuePair<KeyHash, VirtualKey>>();
        while (reader.Read()) keys.Add(new(new KeyHash(reader.GetFieldValue<byte[]>(0)), Key(new RowCursor(reader, from: 1))));
        return keys;
    }

    private static VirtualKey Key(RowCursor row) => new()
    {
        Id = row.Text(),
        Prefix = row.Text(),
        Name = row.Text(),
        User = row.TextOrNull(),
        Project = row.TextOrNull(),
        AllowedModels = row.TextOrNull()?.Split('\n'),
        CreatedAt = row.Time(),
        ExpiresAt = row.TimeOrNull(),
        RevokedAt = row.TimeOrNull(),
    };
}
