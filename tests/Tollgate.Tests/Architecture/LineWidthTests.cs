namespace Tollgate.Tests.Architecture;

/// <summary>Code is read side by side in a diff, so a line of C# has at most 120 columns.</summary>
public class LineWidthTests
{
    private const int MaxColumns = 120;

    [Fact]
    public void No_line_of_code_is_wider_than_120_columns() =>
        SourceFiles
            .CSharp("src", "tests", "bench", "samples")
            .SelectMany(file =>
                File.ReadLines(file)
                    .Select((line, index) => (Line: line, Number: index + 1))
                    .Where(place => place.Line.Length > MaxColumns)
                    .Select(place => $"{SourceFiles.Relative(file)}:{place.Number}: {place.Line.Length} columns")
            )
            .ShouldBeEmpty();
}
