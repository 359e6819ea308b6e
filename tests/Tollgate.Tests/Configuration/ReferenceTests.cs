using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Formats;
using Tollgate.Configuration.Reference;

namespace Tollgate.Tests.Configuration;

public sealed partial class ReferenceTests : ConfigFolder
{
    [Fact]
    public void The_committed_page_and_schema_are_the_generated_ones()
    {
        File.ReadAllText(RepositoryFile.Path("docs/configuration.md"))
            .ShouldBe(ReferencePage.Write(), "run: tollgate config docs > docs/configuration.md");
        File.ReadAllText(RepositoryFile.Path("docs/tollgate.schema.json"))
            .ShouldBe(SchemaFile.Write(), "run: tollgate config docs --schema > docs/tollgate.schema.json");
    }

    [Fact]
    public void The_example_on_the_page_loads_as_it_stands()
    {
        var example = ExampleBlock().Match(ReferencePage.Write()).Groups[1].Value;
        example.ShouldContain("models:");
        Environment["OPENAI_API_KEY"] = "a";
        Environment["AZURE_EU_KEY"] = "b";
        Load(example).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void The_schema_is_json_that_forbids_unknown_keys()
    {
        var schema = JsonNode.Parse(SchemaFile.Write())!;
        schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        schema["properties"]!["routing"]!["properties"]!["retries"]!["default"]!.GetValue<string>().ShouldBe("2");
    }

    [Fact]
    public void No_two_settings_share_a_variable_or_a_path()
    {
        var settings = SettingTree.Walk(TollgateFormat.Root.Settings).ToList();
        settings.Select(setting => setting.Path).ShouldBeUnique();
        settings.Select(setting => setting.Variable).OfType<string>().ShouldBeUnique();
    }

    [Fact]
    public void Every_variable_of_a_setting_is_looked_for() =>
        SettingTree
            .Walk(TollgateFormat.Root.Settings)
            .Select(setting => setting.Variable)
            .OfType<string>()
            .Where(variable => !variable.StartsWith(SettingVariables.Prefix, StringComparison.Ordinal))
            .ShouldBe(SettingVariables.ThirdPartyNames, ignoreOrder: true);

    [Fact]
    public void Every_default_reads_back_from_the_variable_as_itself()
    {
        foreach (
            var setting in SettingTree
                .Walk(TollgateFormat.Root.Settings)
                .Where(setting => setting is { Variable: not null, Setting.Default: not null })
        )
            Environment[setting.Variable!] = setting.Setting.Default!;
        var configuration = Load();
        Errors(configuration).ShouldBeEmpty();
        configuration.Settings.Gateway.Routing.IdleTimeout.ShouldBe(
            new Tollgate.Gateway.Routing.RoutingOptions().IdleTimeout
        );
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExampleBlock();
}
