using Spectre.Console;
using Tollgate.Cli.Rendering;

namespace Tollgate.Tests.Cli;

public sealed class ResultTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task Prints_more_columns_than_a_narrow_terminal_has_room_for(int width)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        string[] titles = [.. Enumerable.Range(0, 30).Select(number => $"a_long_title_{number}")];
        var table = new ResultTable(
            titles,
            [
                [.. titles.Select((_, number) => number % 2 == 0 ? "模型" : "a text")],
            ]
        );

        await Task.Run(() => table.PrintTable(console)).WaitAsync(TimeSpan.FromSeconds(30));

        output.ToString().ShouldContain("模型");
    }
}
