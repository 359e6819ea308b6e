namespace Tollgate.Tests.Architecture;

/// <summary>
/// <c>./test.sh --quick</c> leaves out the tests with a trait "Needs". A class that starts processes must have it, or
/// the quick run is not quick for long.
/// </summary>
public sealed class QuickRunTests
{
    /// <summary>Whole projects that the quick run leaves out: each of their tests has a server.</summary>
    private static readonly string[] ServerProjects =
    [
        "Tollgate.Accounting.MySql.Tests",
        "Tollgate.Accounting.PostgreSql.Tests",
    ];

    /// <summary>The test assemblies that are built; a developer may build a single project.</summary>
    public static TheoryData<string> Assemblies()
    {
        var output = Path.GetRelativePath(
            Path.Combine(Repository.Root, "tests", "Tollgate.Tests"),
            AppContext.BaseDirectory
        );
        return
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests")
                .Where(folder => !ServerProjects.Contains(Path.GetFileName(folder)))
                .Select(folder => Path.Combine(folder, output, Path.GetFileName(folder) + ".dll"))
                .Where(File.Exists),
        ];
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_class_that_starts_processes_has_a_trait(string assembly) =>
        ProcessStarters
            .WithoutTrait(assembly)
            .ShouldBeEmpty("each needs [Trait(\"Needs\", \"Server\")] or [Trait(\"Needs\", \"Process\")]");
}
