using System.Text;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;

namespace Tollgate.Analytics.Tests.Flows;

public class FlowAnalysisTests
{
    private const string Header =
        "flow_id,created_at,finished_at,status,type,region,user_id,org_id,tokens_in,tokens_out,llm_calls\n";

    private static readonly int Factor = Environment.GetEnvironmentVariable("TOLLGATE_LONG") is null ? 1 : 100;

    [Fact]
    [Trait("Needs", "Time")]
    public void Agrees_exactly_with_the_slow_reference_on_thousands_of_defective_files()
    {
        for (ulong seed = 0; seed < (ulong)(3000 * Factor); seed++)
        {
            var random = new RandomFlows(seed);
            var delimiter = random.Pick(',', ',', ';', '\t');
            byte[][] files = random.Is(4) ? [random.File(delimiter), random.File(delimiter)] : [random.File(delimiter)];
            Compare(random.Options(delimiter), $"seed {seed}", files);
        }
    }

    [Fact]
    [Trait("Needs", "Time")]
    public void Every_file_cut_at_every_byte_is_read_as_far_as_it_goes()
    {
        for (ulong seed = 0; seed < (ulong)(3 * Factor); seed++)
        {
            var random = new RandomFlows(1_000_000 + seed);
            var (file, options) = (random.File(','), random.Options(','));
            for (var length = 0; length <= file.Length; length++)
                Compare(options, $"seed {seed}, {length} bytes", file[..length]);
        }
    }

    [Fact]
    [Trait("Needs", "Time")]
    public void All_bytes_are_read_or_reported()
    {
        for (ulong seed = 0; seed < (ulong)(2000 * Factor); seed++)
        {
            var random = new RandomFlows(2_000_000 + seed);
            var file = random.File(',');
            for (var change = random.Next(20); change > 0 && file.Length > 0; change--)
                file[random.Next((ulong)file.Length)] = random.Pick(
                    (byte)'"',
                    (byte)',',
                    (byte)'\n',
                    (byte)'\r',
                    (byte)0,
                    (byte)0xFF,
                    (byte)random.Next(256)
                );
            Compare(random.Options(','), $"seed {seed}", file);
        }
    }

    [Fact]
    public void Answers_both_questions()
    {
        var report = Run(
            "a,2024-01-01 12:34:10 UTC,2024-01-01 12:34:20 UTC,SUCCESS,chat,eu,u,o,1000000.0,100000.0,1\n"
                + "b,2024-01-01 12:36:00 UTC,2024-01-01 12:38:00 UTC,SUCCESS,chat,eu,u,o,400000.0,0.0,1\n"
        );

        report.Groups.ShouldHaveSingleItem().PercentileCosts.ShouldBe([3.25m]); // 1.00 + 0.9 × (3.50 − 1.00)
        report.Peak.ShouldBe(
            new BucketTokens(
                new DateTimeOffset(2024, 1, 1, 12, 34, 0, TimeSpan.Zero),
                new TokenAmount((Int128)1_100_000 * TokenAmount.PerToken)
            )
        );
        report
            .Series.Select(bucket => (bucket.Start.Minute, bucket.Tokens.Tokens))
            .ShouldBe([(34, 1_100_000m), (36, 200_000m), (37, 200_000m)]);
    }

    [Theory]
    [InlineData(TokenDistribution.Rounded, "35:3")]
    [InlineData(TokenDistribution.Touched, "34:1.5 35:1.5")]
    [InlineData(TokenDistribution.Seconds, "34:1 35:2")]
    public void Spreads_tokens_by_the_definition(TokenDistribution distribution, string expected)
    {
        // From 10 s before a minute's end to 20 s after it.
        var report = Run(
            "a,2024-01-01 12:34:50 UTC,2024-01-01 12:35:20 UTC,SUCCESS,chat,eu,u,o,3,0,1\n",
            new FlowOptions { Distribution = distribution }
        );

        string.Join(' ', report.Series.Select(bucket => $"{bucket.Start.Minute}:{bucket.Tokens.Tokens:0.###}"))
            .ShouldBe(expected);
        report.Distributed.ShouldBe(report.Total);
    }

    [Fact]
    public void A_remainder_goes_to_the_earliest_minutes_and_nothing_is_lost()
    {
        var report = Run("a,2024-01-01 12:00:00 UTC,2024-01-01 12:03:00 UTC,SUCCESS,chat,eu,u,o,0.00000001,0,1\n");

        report.Series.Select(bucket => (long)bucket.Tokens.Nano).ShouldBe([4, 3, 3]);
    }

    [Fact]
    public void A_flow_without_an_end_counts_for_its_cost_and_is_reported()
    {
        var report = Run("a,2024-01-01 12:34:10 UTC,,RUNNING,chat,eu,u,o,1000,0,1\n");

        report.Groups.ShouldHaveSingleItem().Flows.ShouldBe(1);
        report.Peak.ShouldBeNull();
        report.Excluded.ShouldBe([
            new ExcludedFlows(TimeGap.FinishedAtMissing, 1, new TokenAmount((Int128)1000 * TokenAmount.PerToken)),
        ]);
    }

    [Fact]
    public void A_wrong_row_is_named_with_its_line_and_column()
    {
        var report = Run("a,,,S,chat,eu,u,o,1,1,1\n\"two\nlines\",,,S,chat,eu,u,o,1,1,1\nc,,,S,chat,eu,u,o,1,abc,1\n");

        report
            .Rejected.First.ShouldHaveSingleItem()
            .Describe()
            .ShouldBe("flows.csv, line 5, column 'tokens_out': 'abc' is not a number.");
        report.Rows.ShouldBe(3);
    }

    [Fact]
    public void Strict_reading_stops_at_the_first_wrong_row()
    {
        var exception = Should.Throw<FlowFileException>(() =>
            Run("a,,,S,chat,eu,u,o,1,1,1\nb,,,S,chat,eu,u,o,-1,1,1\n", new FlowOptions { Strict = true })
        );

        exception.Message.ShouldStartWith("flows.csv, line 3, column 'tokens_in': '-1' is negative.");
    }

    [Theory]
    [InlineData("", "'flows.csv' is empty. Its first line must name the columns, such as created_at and tokens_in.")]
    [InlineData(
        "\n\r\n",
        "'flows.csv' is empty. Its first line must name the columns, such as created_at and tokens_in."
    )]
    [InlineData(
        "start,finished_at,type,tokens_in,tokens_out\n",
        "'flows.csv' has no column 'created_at'. Found: start, finished_at, type, tokens_in, tokens_out. If it has "
            + "another name, specify it: --columns created_at=NAME."
    )]
    [InlineData(
        "created_at;finished_at;type;tokens_in;tokens_out\n",
        "'flows.csv' has no column 'created_at'. Found: created_at;finished_at;type;tokens_in;tokens_out. Its fields "
            + "appear to be separated by ';': --delimiter ';'."
    )]
    [InlineData(
        "created_at,created_at,finished_at,type,tokens_in,tokens_out\n",
        "'flows.csv' has more than one column named 'created_at'. Rename one in its first line."
    )]
    public void A_file_that_cannot_be_read_is_refused_with_what_to_do(string text, string expected)
    {
        var options = new FlowOptions();

        Should
            .Throw<FlowFileException>(() =>
                FlowAnalysis.Run([Source("flows.csv", Encoding.UTF8.GetBytes(text))], options)
            )
            .Message.ShouldBe(expected);
    }

    [Fact]
    public void Empty_lines_before_the_header_are_read_over_however_they_arrive()
    {
        var text =
            "\n\r\n"
            + Header
            + "a,2024-01-01 12:34:10 UTC,2024-01-01 12:34:20 UTC,S,chat,eu,u,o,1,1,1\nb,,,S,chat,eu,u,o,-1,1,1\n";

        var report = FlowAnalysis.Run(
            [Source("flows.csv", Encoding.UTF8.GetBytes(text))],
            new FlowOptions { Blocks = new BlockSizes(1000, 2) }
        );

        report.Rows.ShouldBe(2);
        report.Rejected.First.ShouldHaveSingleItem().Line.ShouldBe(5);
    }

    [Fact]
    public void A_file_in_UTF16_is_refused()
    {
        var text = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Header)).ToArray();

        Should
            .Throw<FlowFileException>(() => FlowAnalysis.Run([Source("flows.csv", text)], new FlowOptions()))
            .Message.ShouldContain("UTF-16");
    }

    [Fact]
    public void Writes_the_flows_with_their_rounded_times_in_their_order()
    {
        var rows = Enumerable
            .Range(0, 500)
            .Select(row => $"{row},2024-01-01 12:34:{row % 60:d2} UTC,2024-01-01 13:00:30 UTC,S,chat,eu,u,o,1,1,1")
            .ToArray();
        using var rounded = new MemoryStream();
        FlowAnalysis.Run(
            [Source("flows.csv", Encoding.UTF8.GetBytes(Header + string.Join('\n', rows)))],
            new FlowOptions
            {
                Rounded = rounded,
                Threads = 4,
                Blocks = new BlockSizes(1000, 200),
            }
        );

        var lines = Encoding.UTF8.GetString(rounded.ToArray()).TrimEnd('\n').Split('\n');
        lines[0].ShouldBe(Header.TrimEnd() + ",created_at_rounded,finished_at_rounded");
        lines[1..]
            .ShouldBe(
                rows.Select(
                    (text, row) => $"{text},2024-01-01 12:{(row % 60 < 30 ? 34 : 35)}:00 UTC,2024-01-01 13:01:00 UTC"
                )
            );
    }

    private static FlowReport Run(string rows, FlowOptions? options = null) =>
        FlowAnalysis.Run([Source("flows.csv", Encoding.UTF8.GetBytes(Header + rows))], options ?? new FlowOptions());

    private static FlowSource Source(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes));

    private static void Compare(FlowOptions options, string what, params byte[][] files)
    {
        FlowReport real;
        try
        {
            real = FlowAnalysis.Run([.. files.Select((file, index) => Source($"{index}", file))], options);
        }
        catch (FlowFileException exception)
        {
            // The header itself is cut or broken: that is the one thing that ends an analysis.
            Array
                .Exists(files, file => !ReferenceHeader.IsUsable(file, options))
                .ShouldBeTrue($"{what}: {exception.Message}");
            return;
        }

        if (FlowReference.Run(options, files) is { } expected)
            FlowReference.Text(real).ShouldBe(expected, what);
        else
            real.Distributed.ShouldBe(real.Total, what);
    }
}
