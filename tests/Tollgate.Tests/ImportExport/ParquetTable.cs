using Parquet;
using Parquet.Schema;

namespace Tollgate.Tests.ImportExport;

/// <summary>A Parquet file as the package's reader has it.</summary>
/// <param name="Fields">The columns.</param>
/// <param name="RowGroups">The number of rows of each row group.</param>
/// <param name="Rows">The values by column name.</param>
internal sealed record ParquetTable(
    IReadOnlyList<DataField> Fields,
    IReadOnlyList<long> RowGroups,
    IReadOnlyList<Dictionary<string, object?>> Rows
)
{
    public static async Task<ParquetTable> ReadAsync(byte[] file)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file));
        var fields = reader.Schema.DataFields;
        var (groups, rows) = (new List<long>(), new List<Dictionary<string, object?>>());
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            groups.Add(group.RowCount);
            var columns = new List<object?[]>();
            foreach (var field in fields)
                columns.Add(await ReadAsync(group, field));
            for (var row = 0; row < group.RowCount; row++)
                rows.Add(fields.Zip(columns).ToDictionary(pair => pair.First.Name, pair => pair.Second[row]));
        }

        return new ParquetTable(fields, groups, rows);
    }

    private static async Task<object?[]> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType == typeof(long))
            return await ReadValuesAsync<long>(group, field);
        if (field.ClrType == typeof(bool))
            return await ReadValuesAsync<bool>(group, field);
        if (field.ClrType == typeof(decimal))
            return await ReadValuesAsync<decimal>(group, field);
        if (field.ClrType == typeof(DateTime))
            return await ReadValuesAsync<DateTime>(group, field);
        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory()!);
        return texts;
    }

    private static async Task<object?[]> ReadValuesAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        if (field.IsNullable)
        {
            var values = new T?[group.RowCount];
            await group.ReadAsync<T>(field, values.AsMemory());
            return [.. values.Select(static value => (object?)value)];
        }

        var required = new T[group.RowCount];
        await group.ReadAsync<T>(field, required.AsMemory());
        return [.. required.Select(static value => (object?)value)];
    }
}
