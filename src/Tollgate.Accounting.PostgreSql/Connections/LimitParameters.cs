using System.Numerics;
using Npgsql;
using NpgsqlTypes;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// Passes columns of rows as parameters: one array each, hence one statement however many rows there are.
/// </summary>
internal static class LimitParameters
{
    public static NpgsqlParameter Texts<T>(IReadOnlyCollection<T> rows, Func<T, string> text) =>
        Array(rows, text, NpgsqlDbType.Text);

    public static NpgsqlParameter Numbers<T>(IReadOnlyCollection<T> rows, Func<T, long> number) =>
        Array(rows, number, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Ids<T>(IReadOnlyCollection<T> rows, Func<T, Guid> id) =>
        Array(rows, id, NpgsqlDbType.Uuid);

    /// <summary>Amounts, which may not fit into a <see cref="decimal"/>.</summary>
    public static NpgsqlParameter Amounts<T>(IReadOnlyCollection<T> rows, Func<T, Int128> amount) =>
        Array(rows, row => (BigInteger)amount(row), NpgsqlDbType.Numeric);

    public static NpgsqlParameter AmountsOrNull<T>(IReadOnlyCollection<T> rows, Func<T, Int128?> amount) =>
        Array(rows, row => amount(row) is { } value ? (BigInteger?)(BigInteger)value : null, NpgsqlDbType.Numeric);

    public static NpgsqlParameter SingleAmount(Int128 amount) =>
        new() { Value = (BigInteger)amount, NpgsqlDbType = NpgsqlDbType.Numeric };

    public static NpgsqlParameter TextOrNull(string? text) =>
        new()
        {
            Value = text is null ? DBNull.Value : PostgreSqlStoredText.Normalize(text),
            NpgsqlDbType = NpgsqlDbType.Text,
        };

    public static Int128 ReadAmount(NpgsqlDataReader reader, int column) =>
        (Int128)reader.GetFieldValue<BigInteger>(column);

    private static NpgsqlParameter Array<T, TValue>(
        IReadOnlyCollection<T> rows,
        Func<T, TValue> value,
        NpgsqlDbType type
    ) => new() { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
