using Tollgate.Configuration.Variables;
using Tollgate.Operations.Problems;

namespace Tollgate.Tests.Configuration;

public sealed class DotEnvFileTests : ConfigFolder
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A = b ", "b")]
    [InlineData("export A=b", "b")]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A=# comment", "")]
    [InlineData("A=", "")]
    [InlineData("A='b # c'", "b # c")]
    [InlineData("A='b' # c", "b")]
    [InlineData("A=\"b\\n\\\"c\\\"\"", "b\n\"c\"")]
    [InlineData("A='b\\n'", "b\\n")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A=1\r\nA=2\r\n", "2")]
    public void A_line_is_read_as_a_shell_would(string text, string value)
    {
        var problems = new ProblemList();
        DotEnvFile.Read(Write(".env", text), problems).Values["A"].ShouldBe(value);
        problems.All.ShouldBeEmpty();
    }

    [Fact]
    public void The_shipped_example_parses_has_the_promised_values_and_no_key()
    {
        var problems = new ProblemList();
        var values = DotEnvFile.Read(RepositoryFile.Path(".env.example"), problems).Values;
        problems.All.ShouldBeEmpty();
        values["MAX_REQUESTS_PER_MINUTE"].ShouldBe("60");
        values["MAX_TOKENS_PER_MINUTE"].ShouldBe("90000");
        values["MAX_COST_PER_REQUEST"].ShouldBe("0.50");
        values["DAILY_SPENDING_LIMIT"].ShouldBe("10.00");
        values["ENABLE_COST_TRACKING"].ShouldBe("true");
        foreach (
            var name in new[]
            {
                "OPENAI_API_KEY",
                "ANTHROPIC_API_KEY",
                "GEMINI_API_KEY",
                "GOOGLE_API_KEY",
                "GROQ_API_KEY",
                "TOGETHER_API_KEY",
                "OPENAI_ORG_ID",
                "GOOGLE_CLOUD_PROJECT",
                "COST_LIMITS",
                "DEFAULT_LLM_PROVIDER",
            }
        )
            values[name].ShouldBe("");
    }

    [Fact]
    public void A_copy_of_the_example_is_a_configuration_without_errors()
    {
        File.Copy(RepositoryFile.Path(".env.example"), Path.Combine(Folder, ".env"));
        var configuration = Load();
        configuration.HasErrors.ShouldBeFalse();
        configuration.Settings.Urls.ShouldBe(["http://127.0.0.1:8000"]);
    }
}
