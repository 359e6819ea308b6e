using Tollgate.Cli;

namespace Tollgate.Tests.Cli;

public sealed class CommandTableTests
{
    private static readonly CommandTable Table = AllCommands.Create(TimeProvider.System);

    public static TheoryData<string> Names => [.. Table.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_is_found_by_its_own_name(string name)
    {
        var command = Table.RootFor([name, "--help"]).Subcommands.ShouldHaveSingleItem();
        command.Name.ShouldBe(name);
        command.Description.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_command_reads_its_arguments_from_a_file(string name)
    {
        string[] args = [name, "@cf/meta/llama"];

        var parsed = CommandLine.Parse(Table.RootFor(args), args);

        parsed.Tokens.Select(token => token.Value).ShouldBe(args);
        parsed.Errors.ShouldNotContain(error => error.Message.Contains("esponse file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("trak")]
    [InlineData("[suggest:9]", "tollgate ")]
    public void All_commands_are_there_where_none_is_named(params string[] args) =>
        Table.RootFor(args).Subcommands.Select(command => command.Name).ShouldBe(Table.Names);
}
