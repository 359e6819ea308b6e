using System.Text;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Generation;

namespace Tollgate.Analytics.Tests.Flows;

/// <summary>
/// Files with everything that real ones have wrong with them, and options to read them by; the same for the same seed.
/// </summary>
internal sealed class RandomFlows(ulong seed)
{
    private static readonly string[] Names =
    [
        "flow_id",
        "created_at",
        "finished_at",
        "status",
        "type",
        "region",
        "user_id",
        "org_id",
        "tokens_in",
        "tokens_out",
        "llm_calls",
    ];

    private readonly SeededStream _random = new(seed);

    public FlowOptions Options(char delimiter) =>
        new()
        {
            Percentiles = [Pick(90m, 50m, 0m, 100m, 99.9m, 33.3m), 90m],
            Method = Pick(Enum.GetValues<PercentileMethod>()),
            Distribution = Pick(Enum.GetValues<TokenDistribution>()),
            Bucket = Pick(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)),
            BucketOffset = Pick(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(-30)),
            Prices = Pick(
                FlowPrices.Default,
                new FlowPrices(0, 0.000001m, "test"),
                new FlowPrices(1000, 999.999999m, "test")
            ),
            Columns = new FlowColumns { Group = Pick<string?>("type", "type", "REGION", null) },
            Where = Pick<FlowFilter[]>([], [], [new FlowFilter("status", "SUCCESS")]),
            Delimiter = delimiter,
            Threads = 1 + (int)_random.Next(3),
            Blocks = Pick(
                new BlockSizes(1200, 16),
                new BlockSizes(1200, 300),
                new BlockSizes(900, 900),
                BlockSizes.Usual
            ),
        };

    public byte[] File(char delimiter)
    {
        using var file = new MemoryStream();
        if (Is(5))
            file.Write("\uFEFF"u8);
        string[] columns = Is(3) ? [.. Names.OrderBy(_ => _random.Next()), "more"] : Names;
        Write(
            file,
            string.Join(delimiter, columns.Select(name => Is(9) ? $" {name.ToUpperInvariant()} " : name)),
            hasEnd: true
        );
        var rows = (int)_random.Next(40);
        for (var row = 0; row < rows; row++)
            Write(file, Row(columns, delimiter), hasEnd: row < rows - 1 || Is(2));
        var bytes = file.ToArray();
        return Is(6) ? bytes[..(int)_random.Next((ulong)bytes.Length + 1)] : bytes;
    }

    public bool Is(ulong oneIn) => _random.Next(oneIn) == 0;

    public T Pick<T>(params T[] choices) => choices[_random.Next((ulong)choices.Length)];

    public ulong Next(ulong below) => _random.Next(below);

    private void Write(Stream file, string line, bool hasEnd)
    {
        foreach (var letter in line)
        {
            // \uFDD0 stands for a byte that is no UTF-8.
            if (letter == '\uFDD0')
                file.WriteByte(0xC3);
            else
                file.Write(Encoding.UTF8.GetBytes(letter.ToString()));
        }

        if (hasEnd)
            file.Write(
                Pick(
                    "\n"u8.ToArray(),
                    "\n"u8.ToArray(),
                    "\r\n"u8.ToArray(),
                    "\n\n"u8.ToArray(),
                    "\r\n\r\n"u8.ToArray(),
                    "\r\r\n"u8.ToArray()
                )
            );
    }

    private string Row(string[] columns, char delimiter)
    {
        if (Is(60))
            return Pick(
                "",
                "x",
                "\"",
                "\"\"",
                new string('y', (int)_random.Next(2500)),
                "\"" + new string('z', (int)_random.Next(1500)),
                ",,,,,,,,,,"
            );
        var (start, end) = Times();
        var cells = columns.Select(name => Cell(name, start, end)).ToList();
        if (Is(40))
            cells.RemoveAt((int)_random.Next((ulong)cells.Count));
        if (Is(40))
            cells.Add("surplus");
        return string.Join(delimiter, cells);
    }

    private string Cell(string name, string start, string end) =>
        name switch
        {
            "created_at" => Quoted(start),
            "finished_at" => Quoted(end),
            "tokens_in" or "tokens_out" => Quoted(Tokens()),
            "type" => Quoted(
                Pick(
                    "chat",
                    "chat",
                    "batch",
                    "",
                    "búsqueda",
                    "a,b",
                    "two\nlines",
                    "say \"no\"",
                    "\uFDD0",
                    "tab\there",
                    "very long name of a type"
                )
            ),
            "status" => Quoted(Pick("SUCCESS", "SUCCESS", "FAILURE", "")),
            "region" => Pick("eu", "us", "mid\"quote"),
            _ => Pick("7", "abc", "", "\"q\"", "\"a\"\"b\"", "\"stray\"x", "\"\r\n\""),
        };

    private string Quoted(string text) =>
        Is(8) || text.AsSpan().ContainsAny("\n\",")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;

    private string Tokens() =>
        Pick(
            $"{_random.Next(200_000)}.0",
            $"{_random.Next(200_000)}",
            $"{_random.Next(2_000_000_000)}.{_random.Next(1_000_000_000):d9}",
            "",
            "0",
            "-0.0",
            "1e3",
            "1.5E-3",
            ".5",
            "5.",
            Is(4)
                ? Pick(
                    "-5",
                    "abc",
                    "NaN",
                    "1,5",
                    "1e99",
                    "4000000000",
                    "4000000000.000000001",
                    "9999999999",
                    "0.0000000005",
                    "0.00000000049",
                    "1e-400",
                    "+7",
                    "--1",
                    "1e",
                    ".",
                    " 12 ",
                    "１２",
                    "99999999999999999999",
                    "-1e-30"
                )
                : "17"
        );

    private (string Start, string End) Times()
    {
        var start = new DateTime(2024, 10, 1).AddTicks((long)_random.Next(30UL * 864_000_000_000));
        var length = Pick(
            0L,
            0L,
            600_000_000,
            (long)_random.Next(600_000_000),
            (long)_random.Next(72_000_000_000),
            (long)_random.Next(864_000_000_000)
        );
        if (Is(4))
            start = start.AddTicks(-(start.Ticks % 600_000_000));
        return (Time(start), Time(Is(50) ? start.AddSeconds(-1) : start.AddTicks(length)));
    }

    private string Time(DateTime time)
    {
        if (Is(30))
            return Pick(
                "",
                " ",
                "2024-10-32 12:11:55.863384 UTC",
                "2023-02-29 00:00:00",
                "yesterday",
                "2024-10-09 24:00:00",
                "9999-12-31 00:00:00",
                "0001-01-01",
                "2024-10-09 12:11.5",
                "12345678",
                "null",
                "2024-10-09 12:11:55.",
                "2024-10-09 12:11:60",
                "2024/10/09 12:11:55",
                "2024-10-09 12:11:55+24:00",
                "2024-1-9 12:11:55"
            );
        var micros = (time - DateTime.UnixEpoch).Ticks / 10;
        var format = Pick(
            "yyyy-MM-dd HH:mm:ss.ffffff 'UTC'",
            "yyyy-MM-dd HH:mm:ss.ffffff 'UTC'",
            "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd't'HH:mm:ss.f'+02:00'",
            "yyyy-MM-dd HH:mm:ss.ff '-0330'",
            "yyyy-MM-dd HH:mm:ss,ff'+01'",
            "yyyy-MM-dd HH:mm",
            "yyyy-MM-dd",
            "s",
            "ms",
            "us",
            "ns",
            "s.f"
        );
        return format switch
        {
            "s" => $"{micros / 1_000_000}",
            "ms" => $"{micros / 1000}",
            "us" => $"{micros}",
            "ns" => $"{micros}123",
            "s.f" => $"{micros / 1_000_000}.{micros % 1_000_000:d6}",
            _ => time.ToString(Is(20) ? $" {format} " : format, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
