using System.Globalization;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.ImportExport.Tables;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.ImportExport;

/// <summary>Exports of one ledger, read by DuckDB and compared with the CSV exports of the same period.</summary>
[Trait("Needs", "Npm")]
public sealed class ParquetReaderTests : IAsyncLifetime, IDisposable
{
    private const int Count = 2000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public async ValueTask InitializeAsync()
    {
        var options = new LedgerOptions { DataFolder = _folder.Path };
        await using var ledger = await UsageLedger.OpenAsync(options);
        await ledger.AppendAsync(GeneratedRecords.Create(7, Count));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("csv", "parquet")]
    [InlineData("focus", "focus-parquet")]
    public async Task Has_the_sums_and_the_values_of_the_csv_export(string text, string binary)
    {
        var columns = text == "focus" ? FocusColumns.Columns : UsageFields.Columns;
        var rows = ReadCsv(await ExportAsync(text));
        var parquet = await ExportAsync(binary);

        var statements = columns.Select(column => $"SELECT {Aggregate(column)} FROM '{parquet}'").ToArray();
        var results = await DuckDb.QueryAsync(statements);

        foreach (var ((column, result), i) in columns.Zip(results).Select((pair, i) => (pair, i)))
            result[0].Select(TrimZeros).ShouldBe(Expected(column, rows.Select(row => row[i])), column.Name);
        rows.Count.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("focus-parquet")]
    public async Task Has_the_types_that_an_analyst_expects(string format)
    {
        var columns = format == "parquet" ? UsageFields.Columns : FocusColumns.Columns;

        var described = await DuckDb.QueryAsync(
            $"SELECT column_name, column_type FROM (DESCRIBE FROM '{await ExportAsync(format)}')"
        );

        described[0]
            .Select(static row => $"{row[0]} {row[1]}")
            .ShouldBe(columns.Select(static column => $"{column.Name} {TypeOf(column)}"));
    }

    /// <summary>Readers skip row groups by the range of a column; a wrong one would hide rows.</summary>
    [Fact]
    public async Task Finds_every_row_by_a_time()
    {
        var rows = ReadCsv(await ExportAsync("csv"));
        var parquet = await ExportAsync("parquet");

        var results = await DuckDb.QueryAsync(
            $"SELECT count(*) FROM '{parquet}' WHERE started_at >= '2026-07-01T00:00:00Z'"
        );

        results[0][0][0].ShouldBe($"{rows.Count(row => string.CompareOrdinal(row[2], "2026-07-01T") >= 0)}");
    }

    /// <summary>The order of UTF-16 is not that of UTF-8 with these characters.</summary>
    [Fact]
    public async Task Finds_every_row_by_a_text()
    {
        var user = UsageFields.Names.ToList().IndexOf("user");
        var users = ReadCsv(await ExportAsync("csv")).Select(row => row[user]).ToList();
        var parquet = await ExportAsync("parquet");

        var results = await DuckDb.QueryAsync(
            $"SELECT count(*) FROM '{parquet}' WHERE \"user\" = '😀'",
            $"SELECT count(*) FROM '{parquet}' WHERE \"user\" > '日本語（全角）'"
        );

        results[0][0][0].ShouldBe($"{users.Count(static name => name == "😀")}");
        results[1][0][0].ShouldBe($"{users.Count(static name => name is "😀" or "\uFEFF\uE000")}");
    }

    [Fact]
    public async Task Reads_an_empty_export()
    {
        var parquet = await ExportAsync("parquet", "--from", "2020-01-01", "--to", "2020-01-02");

        (await DuckDb.QueryAsync($"SELECT count(*), sum(cost_usd) FROM '{parquet}'"))[0][0][0].ShouldBe("0");
    }

    private static string TypeOf(ExportColumn column) =>
        column.Type switch
        {
            ColumnType.Integer => "BIGINT",
            ColumnType.Boolean => "BOOLEAN",
            ColumnType.Decimal => $"DECIMAL(38,{column.Scale})",
            ColumnType.Time => "TIMESTAMP WITH TIME ZONE",
            _ => "VARCHAR",
        };

    /// <summary>The sum of numbers, and of anything else the length of its texts; and the number of values.</summary>
    private static string Aggregate(ExportColumn column) =>
        column.Type switch
        {
            ColumnType.Integer or ColumnType.Decimal =>
                $"coalesce(sum(\"{column.Name}\"), 0), count(\"{column.Name}\")",
            ColumnType.Boolean => $"count(*) FILTER (\"{column.Name}\"), 0",
            ColumnType.Time => $"min(epoch_us(\"{column.Name}\")), max(epoch_us(\"{column.Name}\"))",
            _ => $"coalesce(sum(strlen(\"{column.Name}\")), 0), count(nullif(\"{column.Name}\", ''))",
        };

    private static string?[] Expected(ExportColumn column, IEnumerable<string> values)
    {
        var present = values.Where(static value => value.Length > 0).ToList();
        return column.Type switch
        {
            ColumnType.Integer or ColumnType.Decimal =>
            [
                TrimZeros(present.Sum(Number).ToString(CultureInfo.InvariantCulture)),
                $"{present.Count}",
            ],
            ColumnType.Boolean => [$"{present.Count(static value => value is "1" or "true")}", "0"],
            ColumnType.Time => [$"{present.Min(Micros)}", $"{present.Max(Micros)}"],
            _ => [$"{present.Sum(System.Text.Encoding.UTF8.GetByteCount)}", $"{present.Count}"],
        };
    }

    private static string? TrimZeros(string? number) =>
        number?.Contains('.') == true ? number.TrimEnd('0').TrimEnd('.') : number;

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static long Micros(string text) =>
        (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    private static List<List<string>> ReadCsv(string path)
    {
        var csv = new CsvReader(new StringReader(File.ReadAllText(path)));
        var rows = new List<List<string>>();
        csv.Read();
        while (csv.Read() is { } row)
            rows.Add([.. row]);
        return rows;
    }

    private async Task<string> ExportAsync(string format, params string[] arguments)
    {
        var path = Path.Combine(_folder.Path, $"{format}.{(format is "csv" or "focus" ? "csv" : "parquet")}");
        var command = await CommandRun.RunProgramAsync([
            "export",
            "--format",
            format,
            "-o",
            path,
            "--data",
            _folder.Path,
            .. arguments,
        ]);
        command.ShouldSucceed();
        return path;
    }
}
