using Tollgate.Operations.Collectors.Sources;

namespace Tollgate.Tests.Collectors;

public class ReportSourcesTests
{
    [Theory]
    [InlineData("openai", "https://api.openai.com/")]
    [InlineData("anthropic", "https://api.anthropic.com/")]
    public void An_admin_key_is_not_sent_to_the_address_that_clients_use(string provider, string expected)
    {
        var sources = Sources(
            ("OPENAI_BASE_URL", "http://127.0.0.1:8000/v1"),
            ("ANTHROPIC_BASE_URL", "http://127.0.0.1:8000")
        );

        sources.Create(provider).Access.BaseAddress.AbsoluteUri.ShouldBe(expected);
    }

    [Fact]
    public void An_address_that_is_meant_for_reports_is_taken()
    {
        Sources(("OPENAI_ADMIN_BASE_URL", "https://reports.example/v1"))
            .Create("openai")
            .Access.BaseAddress.AbsoluteUri.ShouldBe("https://reports.example/");
    }

    private static ReportSources Sources(params (string Name, string Value)[] variables) =>
        new(
            new[] { ("OPENAI_ADMIN_KEY", "sk-admin"), ("ANTHROPIC_ADMIN_KEY", "sk-ant-admin") }
                .Concat(variables)
                .ToDictionary(static pair => pair.Item1, static pair => pair.Item2)
                .GetValueOrDefault,
            baseUrl: null,
            project: null
        );
}
