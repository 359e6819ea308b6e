using System.Text.RegularExpressions;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Tests;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_README_explains_exactly_the_directives_that_exist()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var table = readme[
            readme.IndexOf("| key |", StringComparison.Ordinal)..readme.IndexOf("## The bill", StringComparison.Ordinal)
        ];
        var rows = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var keys = rows.SelectMany(row => Key().Matches(row.Split('|')[1])).Select(match => match.Groups[1].Value);
        keys.Order().ShouldBe(Directive.All.Keys.Order());
    }

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Key();
}
