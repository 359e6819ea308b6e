using System.CommandLine;
using System.Text;
using Tollgate.Cli.Usage;

namespace Tollgate.Tests.Cli;

public sealed class TokensCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tollgate-tokens-").FullName;
    private readonly StringWriter _output = new();
    private string _input = "";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Counts_a_file()
    {
        var file = Path.Combine(_folder, "prompt.txt");
        File.WriteAllText(file, "antidisestablishmentarianism");
        Run("--model", "gpt-4o", file).ShouldBe(0);
        _output.ToString().ShouldBe("6\n");
    }

    [Theory]
    [InlineData]
    [InlineData("-")]
    public void Counts_the_standard_input_where_no_file_is_named(params string[] file)
    {
        _input = "2 + 2 = 4";
        Run(["--model", "gpt-4", .. file]).ShouldBe(0);
        _output.ToString().ShouldBe("7\n");
    }

    [Theory]
    [InlineData("gpt-4o", """{"model":"gpt-4o","encoding":"o200k_base","exact":true,"tokens":8,"bytes":27}""")]
    [InlineData("gpt-4", """{"model":"gpt-4","encoding":"cl100k_base","exact":true,"tokens":9,"bytes":27}""")]
    [InlineData(
        "claude-sonnet-4-5",
        """{"model":"claude-sonnet-4-5","encoding":"estimate","exact":false,"tokens":7,"bytes":27}"""
    )]
    public void Says_in_json_how_it_counted(string model, string json)
    {
        _input = "お誕生日おめでとう";
        Run("--model", model, "--format", "json").ShouldBe(0);
        _output.ToString().ShouldBe(json + "\n");
    }

    [Theory]
    [InlineData]
    [InlineData("--model", "gpt-4o", "--format", "table")]
    public void Wrong_usage_is_an_error_of_parsing(params string[] arguments) =>
        Command().Parse(["count", .. arguments]).Errors.ShouldNotBeEmpty();

    private int Run(params string[] arguments) =>
        Command().Parse(["count", .. arguments]).Invoke(new InvocationConfiguration { Output = _output });

    private Command Command() => TokensCommand.Create(() => new MemoryStream(Encoding.UTF8.GetBytes(_input)));
}
