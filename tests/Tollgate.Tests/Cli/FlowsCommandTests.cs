using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;
using System.Xml;
using Tollgate.Cli.Flows;
using Tollgate.Cli.ImportExport;
using Tollgate.Cli.Parsing;
using Tollgate.Operations;

namespace Tollgate.Tests.Cli;

public sealed class FlowsCommandTests : IDisposable
{
    private const string Header =
        "flow_id,created_at,finished_at,status,type,region,user_id,org_id,tokens_in,tokens_out,llm_calls";

    private readonly string _folder = Directory.CreateTempSubdirectory("tollgate-flows-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Prints_the_promised_table_and_sentence()
    {
        var file = Write(
            "flows.csv",
            "a,2024-01-01 12:34:10 UTC,2024-01-01 12:34:20 UTC,SUCCESS,chat,eu,u,o,5000.0,678.0,1",
            "b,2024-01-01 12:35:10 UTC,2024-01-01 12:35:20 UTC,SUCCESS,research,eu,u,o,2000000.0,0,1",
            "c,2024-01-01 12:34:10 UTC,2024-01-01 12:35:10 UTC,SUCCESS,chat,eu,u,o,x,1,1"
        );

        Run(file).ShouldBe(0);

        const string definition =
            "rounded: both ends rounded to the nearest minute, half up; equal shares from the start (inclusive) to the "
            + "end (exclusive), at least one.";
        _output
            .ToString()
            .ReplaceLineEndings("\n")
            .ShouldBe(
                $"""
                90th percentile LLM cost per flow type:
                +-----------+--------------------------+
                | flow_type | 90th_percentile_llm_cost |
                +-----------+--------------------------+
                | chat      |                  0.01928 |
                | research  |                     5.00 |
                +-----------+--------------------------+

                Peak token throughput occurs at 2024-01-01 12:35:00 with 2,000,000 tokens.

                3 rows read, 1 rejected.
                Prices: 2.50 USD in and 10.00 USD out per 1M tokens (default). Percentile by the method 'linear'.
                Definition: {definition}
                Tokens: 2,005,678 in flows with both times, 2,005,678 distributed.
                Rejected: 1 row: not_a_number.
                  {file}, line 4, column 'tokens_in': 'x' is not a number.

                """.ReplaceLineEndings("\n")
            );
    }

    [Fact]
    public void Prints_the_promised_json()
    {
        var file = Write(
            "flows.csv",
            "a,2024-01-01 12:34:10 UTC,2024-01-01 12:34:20 UTC,SUCCESS,chat,eu,u,o,5000.0,678.0,1",
            "b,,,S,chat,eu,u,o,-1,0,1"
        );

        Run(file, "--format", "json").ShouldBe(0);

        var report = JsonDocument.Parse(_output.ToString()).RootElement;
        report.GetProperty("file").GetString().ShouldBe(file);
        report.GetProperty("rows").GetInt64().ShouldBe(2);
        report.GetProperty("rejected").GetProperty("by_reason").GetProperty("negative").GetInt64().ShouldBe(1);
        report.GetProperty("rejected").GetProperty("first")[0].GetProperty("line").GetInt64().ShouldBe(3);
        report.GetProperty("types")[0].GetProperty("percentile_cost").GetDecimal().ShouldBe(0.01928m);
        report.GetProperty("peak").GetProperty("minute").GetString().ShouldBe("2024-01-01T12:34:00Z");
        report.GetProperty("tokens").GetProperty("distributed").GetDecimal().ShouldBe(5678);
    }

    [Fact]
    public void Reads_compressed_files_and_patterns()
    {
        Write("one.csv", "a,2024-01-01 12:34:10 UTC,2024-01-01 12:34:20 UTC,SUCCESS,chat,eu,u,o,1,0,1");
        using (var file = new GZipStream(File.Create(Path.Combine(_folder, "two.csv.gz")), CompressionMode.Compress))
            file.Write(File.ReadAllBytes(Path.Combine(_folder, "one.csv")));

        Run(Path.Combine(_folder, "*.csv*"), "--format", "csv").ShouldBe(0);

        Run(Path.Combine(_folder, "*.csv*"), "--format", "json").ShouldBe(0);
        _output.ToString().ShouldContain("\"rows\": 2");
    }

    [Fact]
    public void A_compressed_file_that_breaks_off_is_an_error_and_no_answer()
    {
        var whole = new MemoryStream();
        using (var file = new GZipStream(whole, CompressionMode.Compress, leaveOpen: true))
            for (var row = 0; row < 5000; row++)
                file.Write(
                    System.Text.Encoding.UTF8.GetBytes(
                        row == 0 ? Header + "\n" : $"{row * 7919},2024-01-01 12:34:10 UTC,,S,chat,eu,u,o,{row},0,1\n"
                    )
                );
        var path = Path.Combine(_folder, "cut.csv.gz");
        File.WriteAllBytes(path, whole.ToArray()[..((int)whole.Length / 2)]);

        Run(path).ShouldBe(1);
        _error.ToString().ShouldContain("cut.csv.gz' cannot be read");
    }

    [Fact]
    public void Draws_a_picture_and_a_page_that_contain_the_files_text()
    {
        var file = Write(
            "flows.csv",
            "a,2024-01-01 12:34:10 UTC,2024-01-01 12:34:20 "
                + "UTC,SUCCESS,<script>alert(1)</script>\u0007,eu,u,o,5000,678,1"
        );

        Run(file, "--plot", Path.Combine(_folder, "p.svg"), "--html", Path.Combine(_folder, "p.html")).ShouldBe(0);

        var svg = new XmlDocument();
        svg.Load(Path.Combine(_folder, "p.svg"));
        svg.InnerText.ShouldContain("2024-01-01 12:34:00: 5,678 tokens");
        File.ReadAllText(Path.Combine(_folder, "p.html")).ShouldNotContain("<script>");
    }

    [Fact]
    public void Draws_a_flow_of_ten_thousand_years_and_refuses_to_list_its_minutes()
    {
        var file = Write(
            "flows.csv",
            "a,0002-01-01 00:00:00 UTC,9998-01-01 00:00:00 UTC,SUCCESS,chat,eu,u,o,5000,678,1"
        );
        var series = Path.Combine(_folder, "s.csv");

        Run(file, "--plot", Path.Combine(_folder, "p.svg"), "--html", Path.Combine(_folder, "p.html")).ShouldBe(0);
        Run(file, "--series", series).ShouldBe(1);

        _error.ToString().ShouldContain("--series would have 5,257,388,160 lines, starting at 0002-01-01T00:00:00Z");
        File.Exists(series).ShouldBeFalse();
    }

    [Fact]
    public void Writes_the_series_and_the_rounded_flows()
    {
        var file = Write("flows.csv", "a,2024-01-01 12:34:40 UTC,2024-01-01 12:36:40 UTC,SUCCESS,chat,eu,u,o,4,0,1");

        Run(file, "--series", Path.Combine(_folder, "s.csv"), "--rounded", Path.Combine(_folder, "r.csv")).ShouldBe(0);

        File.ReadAllLines(Path.Combine(_folder, "s.csv"))
            .ShouldBe(["minute,tokens", "2024-01-01T12:35:00Z,2", "2024-01-01T12:36:00Z,2"]);
        File.ReadAllLines(Path.Combine(_folder, "r.csv"))[1]
            .ShouldEndWith(",2024-01-01 12:35:00 UTC,2024-01-01 12:37:00 UTC");
    }

    [Fact]
    public void Will_not_write_over_the_file_that_it_reads()
    {
        var file = Write("flows.csv", "a,,,S,chat,eu,u,o,4,0,1");

        Run(file, "--rounded", file).ShouldBe(1);
        _error.ToString().ShouldContain("is the input file");
        File.ReadAllLines(file).Length.ShouldBe(2);
    }

    [Fact]
    public void The_ledger_gives_the_same_answer_as_the_file_that_was_brought_in()
    {
        var file = Path.Combine(_folder, "flows.csv");
        Run("generate", "--rows", "500", "--out", file).ShouldBe(0);
        Run(file, "--model", "openai/gpt-4o", "--format", "markdown").ShouldBe(0);
        var ofFile = Answers();
        // One has an impossible date.
        Import(file, "--format", "flows", "--model", "gpt-4o", "--data", Path.Combine(_folder, "data")).ShouldBe(1);
        _output.GetStringBuilder().Clear();

        Run("ledger", "--data", Path.Combine(_folder, "data"), "--format", "markdown").ShouldBe(0);

        var same = Answers().Zip(ofFile).Count(pair => pair.First == pair.Second);
        same.ShouldBeGreaterThanOrEqualTo(ofFile.Length - 1);
        Answers()[^1].ShouldBe(ofFile[^1]);
    }

    [Fact]
    public void The_same_seed_writes_the_same_flows()
    {
        Run("generate", "--rows", "100", "--seed", "5", "--out", Path.Combine(_folder, "a.csv")).ShouldBe(0);
        Run("generate", "--rows", "100", "--seed", "5", "--out", Path.Combine(_folder, "b.csv")).ShouldBe(0);
        Run("generate", "--rows", "100", "--seed", "6", "--out", Path.Combine(_folder, "c.csv")).ShouldBe(0);

        File.ReadAllText(Path.Combine(_folder, "a.csv")).ShouldBe(File.ReadAllText(Path.Combine(_folder, "b.csv")));
        File.ReadAllText(Path.Combine(_folder, "a.csv")).ShouldNotBe(File.ReadAllText(Path.Combine(_folder, "c.csv")));
    }

    [Theory]
    [InlineData("--percentile", "101", "--percentile '101' is not a number from 0 to 100")]
    [InlineData("--columns", "start=x", "--columns 'start' is not a known column")]
    [InlineData("--columns", "type=a,type=b", "--columns names 'type' twice")]
    [InlineData("--price-in", "-1", "'-1' is not a valid price")]
    [InlineData("--timezone", "Mars/Base", "'Mars/Base' is not a valid time zone")]
    [InlineData("--delimiter", "ab", "is not one ASCII character")]
    [InlineData("--where", "status", "is not COLUMN=TEXT")]
    public void Wrong_use_is_named(string option, string value, string expected)
    {
        Run(Write("flows.csv"), option, value).ShouldBe(2);
        _error.ToString().ShouldContain(expected);
    }

    private string[] Answers() =>
        [
            .. _output
                .ToString()
                .ReplaceLineEndings("\n")
                .Split('\n')
                .Where(line =>
                    line.StartsWith("| workflow", StringComparison.Ordinal)
                    || line.StartsWith("Peak", StringComparison.Ordinal)
                ),
        ];

    private string Write(string name, params string[] rows)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, string.Join('\n', [Header, .. rows]) + "\n");
        return path;
    }

    private int Run(params string[] arguments) => Invoke(FlowsCommand.Create(TimeProvider.System), arguments);

    private int Import(params string[] arguments) => Invoke(ImportCommand.Create(TimeProvider.System), arguments);

    private int Invoke(Command command, string[] arguments)
    {
        var parsed = command.Parse(arguments);
        foreach (var error in parsed.Errors)
            _error.WriteLine(error.Message);
        if (parsed.Errors.Count > 0)
            return ExitCodes.UsageError;
        try
        {
            return parsed.Invoke(
                new InvocationConfiguration
                {
                    Output = _output,
                    Error = _error,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (Exception exception)
            when (exception is Tollgate.Analytics.Flows.FlowFileException or FormatException or OperationException)
        {
            _error.WriteLine(exception.Message);
            return ExitCodes.Failed;
        }
    }
}
