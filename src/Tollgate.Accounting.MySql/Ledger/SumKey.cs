using System.Security.Cryptography;
using System.Text;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>The key of kept sums: a slot of 15 minutes and five names, '' meaning none.</summary>
internal readonly record struct SumKey(
    long Slot,
    string Key,
    string Model,
    string Provider,
    string User,
    string Project
)
{
    public static SumKey FromRecord(UsageRecord record)
    {
        var attribution = record.Attribution;
        return new(
            UsageSlot.Floor(record.StartedAt).ToMicros(),
            MySqlStoredText.Normalize(attribution.KeyId ?? ""),
            MySqlStoredText.Normalize(record.Model),
            MySqlStoredText.Normalize(record.Provider),
            MySqlStoredText.Normalize(attribution.User ?? ""),
            MySqlStoredText.Normalize(attribution.Project ?? "")
        );
    }

    /// <summary>In the order of <see cref="UsageColumnSql.RollupNames"/>.</summary>
    public string[] Names => [Key, Model, Provider, User, Project];

    /// <summary>Stands for the names in the table's key. The lengths keep ('ab', 'c') apart from ('a', 'bc').</summary>
    public byte[] NamesHash() =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Names.Select(static name => $"{name.Length}:{name}"))));
}
