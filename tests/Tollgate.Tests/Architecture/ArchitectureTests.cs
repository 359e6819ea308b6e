using System.Reflection;
using System.Text.RegularExpressions;

namespace Tollgate.Tests.Architecture;

/// <summary>The boundaries that the projects exist for.</summary>
public partial class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Theory]
    [InlineData("Tollgate.Metering", "")]
    [InlineData(
        "Tollgate.Accounting",
        "Tollgate.Metering Microsoft.Data.Sqlite SQLitePCLRaw.core SQLitePCLRaw.batteries_v2 "
            + "SQLitePCLRaw.provider.e_sqlite3 Microsoft.Extensions.DependencyInjection.Abstractions "
            + "Microsoft.Extensions.Hosting.Abstractions Microsoft.Extensions.Logging.Abstractions "
            + "Microsoft.Extensions.Options"
    )]
    [InlineData("Tollgate.Accounting.MySql", "Tollgate.Metering Tollgate.Accounting MySqlConnector")]
    [InlineData("Tollgate.Accounting.PostgreSql", "Tollgate.Metering Tollgate.Accounting Npgsql")]
    [InlineData(
        "Tollgate.Accounting.ExtensionsAI",
        "Tollgate.Metering Tollgate.Accounting Microsoft.Extensions.AI Microsoft.Extensions.AI.Abstractions "
            + "Microsoft.Extensions.DependencyInjection.Abstractions"
    )]
    [InlineData("Tollgate.Analytics", "Tollgate.Metering")]
    [InlineData("Tollgate.Client", "")]
    [InlineData(
        "Tollgate.Operations",
        "Tollgate.Metering Tollgate.Accounting Tollgate.Analytics Microsoft.Extensions.Logging.Abstractions YamlDotNet "
            + "Parquet"
    )]
    [InlineData(
        "Tollgate.Gateway",
        "Tollgate.Metering Tollgate.Accounting Microsoft.AspNetCore Microsoft.AspNetCore. Microsoft.Extensions."
    )]
    [InlineData("Tollgate.Identity", "Tollgate.Metering Tollgate.Accounting Microsoft.IdentityModel.")]
    [InlineData("Tollgate.SimulatedProvider", "Microsoft.AspNetCore Microsoft.AspNetCore. Microsoft.Extensions.")]
    public void Each_project_uses_nothing_but_what_it_may(string project, string allowed)
    {
        var may = allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var references = Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!);

        references
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .Where(name =>
                !may.Any(prefix =>
                    prefix.EndsWith('.') ? name.StartsWith(prefix, StringComparison.Ordinal) : name == prefix
                )
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void Metering_does_no_io_and_reads_no_clock()
    {
        string[] forbidden = ["System.IO.File", "System.Net", "System.Diagnostics.Process", "Microsoft.Win32"];
        Assembly
            .Load("Tollgate.Metering")
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .ShouldBeEmpty();
        FilesOf("Tollgate.Metering").Where(file => ClockOrFile().IsMatch(File.ReadAllText(file))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Tollgate.Metering")]
    [InlineData("Tollgate.Accounting")]
    [InlineData("Tollgate.Accounting.PostgreSql")]
    [InlineData("Tollgate.Accounting.MySql")]
    [InlineData("Tollgate.Accounting.ExtensionsAI")]
    [InlineData("Tollgate.Analytics")]
    [InlineData("Tollgate.Client")]
    [InlineData("Tollgate.Gateway")]
    [InlineData("Tollgate.Identity")]
    public void A_library_reads_no_environment_variable(string project) =>
        FilesOf(project)
            .Where(file => File.ReadAllText(file).Contains("GetEnvironmentVariable", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void No_folder_and_no_type_has_a_name_that_means_nothing()
    {
        Directory
            .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(IsOurs)
            .Where(file => Meaningless().IsMatch(Path.GetRelativePath(Source, file)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Money_is_never_binary_floating_point()
    {
        Directory
            .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(IsOurs)
            .SelectMany(file =>
                File.ReadLines(file)
                    .Select((line, index) => (File: Path.GetRelativePath(Source, file), Line: line, Number: index + 1))
            )
            .Where(place =>
                BinaryMoney().IsMatch(place.Line)
                && !place.File.EndsWith("OpenTelemetryInstruments.cs", StringComparison.Ordinal)
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void Files_are_short()
    {
        var lengths = Directory
            .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(IsOurs)
            .Select(file => File.ReadLines(file).Count())
            .Order()
            .ToList();

        lengths[lengths.Count / 2].ShouldBeLessThan(90);
        lengths[lengths.Count * 9 / 10].ShouldBeLessThan(250);
    }

    private static IEnumerable<string> FilesOf(string project) =>
        Directory.EnumerateFiles(Path.Combine(Source, project), "*.cs", SearchOption.AllDirectories).Where(IsOurs);

    private static bool IsOurs(string file) =>
        !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(TimeProvider|Stopwatch|File\.|Directory\.|HttpClient)\b")]
    private static partial Regex ClockOrFile();

    [GeneratedRegex(@"(Core|Common|Shared|Helpers?|Utils?|Utilities|Manager)(/|\.cs$)")]
    private static partial Regex Meaningless();

    [GeneratedRegex(@"\b(double|float)\b[^;(]*([Cc]ost|[Pp]rice|[Uu]sd|[Ss]pend)")]
    private static partial Regex BinaryMoney();
}
