using Tollgate.Configuration.Settings;

namespace Tollgate.Tests.Configuration;

public sealed class PrecedenceTests : ConfigFolder
{
    [Fact]
    public void Without_anything_the_defaults_hold()
    {
        var configuration = Load();
        configuration.File.ShouldBeNull();
        configuration.HasErrors.ShouldBeFalse();
        configuration.Settings.Urls.ShouldBe(["http://127.0.0.1:8000"]);
        configuration.Settings.DataFolder.ShouldBe(Request.DefaultDataFolder);
        configuration.Settings.Gateway.Routing.Retries.ShouldBe(2);
    }

    [Fact]
    public void The_flag_goes_before_the_environment_that_before_dot_env_and_that_before_the_file()
    {
        Write("tollgate.yaml", "{routing: {retries: 1}, listen: {urls: ['http://127.0.0.1:1001']}}");
        Retries().ShouldBe(1);
        Write(".env", "TOLLGATE_ROUTING_RETRIES=2\nTOLLGATE_URLS=http://127.0.0.1:1002\n");
        Retries().ShouldBe(2);
        Environment["TOLLGATE_ROUTING_RETRIES"] = "3";
        Environment["TOLLGATE_URLS"] = "http://127.0.0.1:1003;http://127.0.0.1:1004";
        Retries().ShouldBe(3);
        Load().Settings.Urls.ShouldBe(["http://127.0.0.1:1003", "http://127.0.0.1:1004"]);
        Tollgate
            .Configuration.ConfigurationLoader.Load(Request with { Urls = "http://127.0.0.1:1005" })
            .Settings.Urls.ShouldBe(["http://127.0.0.1:1005"]);

        int Retries() => Load().Settings.Gateway.Routing.Retries;
    }

    [Fact]
    public void Dot_env_in_the_working_folder_goes_before_the_one_beside_the_file()
    {
        var file = Write("etc/gate.yaml", "data: ${WHERE}");
        Write("etc/.env", "WHERE=beside\nTOLLGATE_LOG_CALLS=true");
        Load(file).DataFolder.ShouldBe(Path.Combine(Folder, "etc", "beside"));
        Write(".env", "WHERE=working");
        Load(file).DataFolder.ShouldBe(Path.Combine(Folder, "etc", "working"));
        Load(file).Gateway.LogCalls.ShouldBeTrue();

        GatewaySettings Load(string path) =>
            Tollgate.Configuration.ConfigurationLoader.Load(Request with { ConfigFile = path }).Settings;
    }

    [Fact]
    public void A_variable_set_to_nothing_in_the_environment_hides_the_one_of_dot_env()
    {
        Write(".env", "OPENAI_API_KEY=sk-file");
        Environment["OPENAI_API_KEY"] = "";
        Load().Settings.Gateway.Routing.Providers.Keys.ShouldNotContain("openai");
    }

    [Fact]
    public void The_file_is_looked_for_in_the_working_folder_then_in_the_data_folder()
    {
        Environment["TOLLGATE_HOME"] = Path.Combine(Folder, "home");
        Write("home/tollgate.yaml", "routing: {retries: 7}");
        Load().Settings.Gateway.Routing.Retries.ShouldBe(7);
        Write("tollgate.yaml", "routing: {retries: 8}");
        Load().Settings.Gateway.Routing.Retries.ShouldBe(8);
        Environment["TOLLGATE_CONFIG"] = "home/tollgate.yaml";
        Load().Settings.Gateway.Routing.Retries.ShouldBe(7);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_data_variable_counts_as_not_set(string value)
    {
        Environment["TOLLGATE_HOME"] = value;

        Load().Settings.DataFolder.ShouldBe(Request.DefaultDataFolder);
    }

    [Fact]
    public void A_relative_folder_starts_from_the_file_and_that_of_a_flag_from_where_the_command_runs()
    {
        var file = Write("etc/gate.yaml", "data: data");
        var request = Request with { ConfigFile = file };
        Tollgate
            .Configuration.ConfigurationLoader.Load(request)
            .Settings.DataFolder.ShouldBe(Path.Combine(Folder, "etc", "data"));
        Tollgate
            .Configuration.ConfigurationLoader.Load(request with { Data = "data" })
            .Settings.DataFolder.ShouldBe(Path.Combine(Folder, "data"));
    }

    [Fact]
    public void A_wrong_value_of_a_variable_names_the_variable_its_place_and_not_the_value()
    {
        Write(".env", "TOLLGATE_ROUTING_RETRIES=hunter2");
        Environment["TOLLGATE_URLS"] = "nonsense";
        var errors = Errors(Load());
        errors.ShouldContain(
            $"{Folder}/.env: error: routing.retries: The value of TOLLGATE_ROUTING_RETRIES is not a whole number from "
                + $"0 to 20."
        );
        errors.ShouldContain(error => error.StartsWith("environment: error: listen.urls:", StringComparison.Ordinal));
        string.Concat(errors).ShouldNotContain("hunter2");
    }
}
