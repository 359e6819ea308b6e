using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.ImportExport.Tables;
using Tollgate.Metering.Usage;
using Tollgate.Operations;
using Tollgate.Operations.ImportExport.ParquetFiles;

namespace Tollgate.Tests.ImportExport;

public sealed class ParquetExportTests
{
    [Fact]
    public void Holds_the_same_values_as_json_lines() =>
        Prop.ForAll<int>(seed => HoldsTheSameAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public async Task Types_every_column()
    {
        var table = await ParquetTable.ReadAsync(await WriteAsync([]));

        table.Rows.ShouldBeEmpty();
        table.Fields.Select(static field => field.Name).ShouldBe(UsageFields.Names);
        foreach (var (field, column) in table.Fields.Zip(UsageFields.Columns))
        {
            field.IsNullable.ShouldBe(column.IsOptional, column.Name);
            field.ClrType.ShouldBe(
                column.Type switch
                {
                    ColumnType.Integer => typeof(long),
                    ColumnType.Boolean => typeof(bool),
                    ColumnType.Decimal => typeof(decimal),
                    ColumnType.Time => typeof(DateTime),
                    _ => typeof(ReadOnlyMemory<char>),
                },
                column.Name
            );
        }
    }

    [Fact]
    public async Task Starts_a_row_group_after_a_number_of_rows_and_writes_the_same_bytes_again()
    {
        var record = GeneratedRecords.Create(1, 1)[0];
        var records = Enumerable.Repeat(record, ParquetRowWriter.RowGroupLength + 1).ToArray();

        var file = await WriteAsync(records);

        var table = await ParquetTable.ReadAsync(file);
        table.RowGroups.ShouldBe([ParquetRowWriter.RowGroupLength, 1]);
        table.Rows[^1]["call"].ShouldBe(record.Id.Call.ToString("D"));
        (await WriteAsync(records)).SequenceEqual(file).ShouldBeTrue();
    }

    [Fact]
    public async Task Starts_a_row_group_after_much_text()
    {
        var large = new string('x', 12 * 1024 * 1024);
        var record = GeneratedRecords.Create(1, 1)[0] with { ResponseId = large };

        var table = await ParquetTable.ReadAsync(await WriteAsync([record, record, record, record]));

        table.RowGroups.ShouldBe([3, 1]);
        table.Rows.ShouldAllBe(row => (string?)row["response_id"] == large);
    }

    [Fact]
    public async Task Keeps_extreme_values()
    {
        var usage = default(TokenUsage);
        usage.Adjust(UsageKind.InputText, -TokenUsage.MaxCount);
        var record = GeneratedRecords.Create(1, 1)[0] with
        {
            StartedAt = DateTimeOffset.MaxValue,
            Usage = usage,
            Local = new LocalTokens(long.MaxValue, long.MinValue, 0),
            Cost = Money.Round(-9_999_999_999_999_999.999999999999m),
            Attribution = Attribution.None,
        };

        var table = await ParquetTable.ReadAsync(
            await WriteAsync([record, record with { StartedAt = DateTimeOffset.MinValue }])
        );

        var row = table.Rows[0];
        row["started_at"].ShouldBe(new DateTime(DateTime.MaxValue.Ticks - 9, DateTimeKind.Utc));
        table.Rows[1]["started_at"].ShouldBe(DateTime.MinValue);
        row["input_text"].ShouldBe(-TokenUsage.MaxCount);
        (row["local_input"], row["local_output"]).ShouldBe((long.MaxValue, long.MinValue));
        row["cost_usd"].ShouldBe(-9_999_999_999_999_999.999999999999m);
        row["user"].ShouldBeNull();
    }

    [Theory]
    [InlineData("BilledCost", "100000000000000000000000000")]
    [InlineData("BilledCost", "0.0000000000001")]
    [InlineData("ListUnitPrice", "10000000000")]
    public async Task Refuses_a_value_that_its_column_cannot_hold_exactly(string column, string value)
    {
        var rows = new ParquetRowWriter(FocusColumns.Columns, new MemoryStream());
        var values = FocusColumns.Columns.Select(Sample).ToArray();
        await rows.AddAsync(values);
        values[FocusColumns.Names.ToList().IndexOf(column)] = decimal.Parse(value, CultureInfo.InvariantCulture);

        var refused = await Should.ThrowAsync<OperationException>(() => rows.AddAsync(values));

        refused.Message.ShouldStartWith($"Row 2, column {column}: the value is {value}, and the column holds at most");
    }

    [Fact]
    public async Task Refuses_an_absent_value_that_is_required()
    {
        var rows = new ParquetRowWriter(FocusColumns.Columns, new MemoryStream());
        var values = FocusColumns.Columns.Select(Sample).ToArray();
        values[0] = null;

        (await Should.ThrowAsync<OperationException>(() => rows.AddAsync(values))).Message.ShouldStartWith(
            "Row 1, column BilledCost: the value is absent"
        );
    }

    private static object? Sample(ExportColumn column) =>
        column.Type switch
        {
            ColumnType.Integer => 1L,
            ColumnType.Boolean => true,
            ColumnType.Decimal => 0.5m,
            ColumnType.Time => DateTimeOffset.UnixEpoch,
            _ => "text",
        };

    private static async Task HoldsTheSameAsync(int seed)
    {
        var records = GeneratedRecords.Create(seed, 1 + ((seed & int.MaxValue) % 40));
        using var text = new MemoryStream();
        await UsageExport.WriteJsonLinesAsync(records.ToAsyncEnumerable(), text);
        var lines = Encoding.UTF8.GetString(text.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var table = await ParquetTable.ReadAsync(await WriteAsync(records));

        table.Rows.Count.ShouldBe(lines.Length);
        foreach (var (row, line) in table.Rows.Zip(lines))
        {
            using var parsed = JsonDocument.Parse(line);
            foreach (var (name, value) in row)
                ReadPlain(value)
                    .ShouldBe(parsed.RootElement.TryGetProperty(name, out var json) ? ReadPlain(json) : null, name);
        }
    }

    private static object ReadPlain(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetDecimal();

    private static object? ReadPlain(object? value) =>
        value switch
        {
            bool flag => flag ? 1m : 0m,
            long number => (decimal)number,
            DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            _ => value,
        };

    private static async Task<byte[]> WriteAsync(IReadOnlyList<UsageRecord> records)
    {
        using var output = new MemoryStream();
        var count = await UsageExport.WriteAsync(
            records.ToAsyncEnumerable(),
            new ParquetRowWriter(UsageFields.Columns, output)
        );
        count.ShouldBe(records.Count);
        return output.ToArray();
    }
}
