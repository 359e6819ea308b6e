namespace Tollgate.Tests.Architecture;

/// <summary>Inside a project, dependencies run one way.</summary>
public class NamespaceCircleTests
{
    public static TheoryData<string> Projects =>
        [
            .. Directory
                .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
                .Select(Path.GetFileNameWithoutExtension)
                .Where(name => name is "tollgate" || IsProject(name!))
                .Select(name => name!),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_two_namespaces_of_a_project_depend_on_each_other(string project) =>
        NamespaceDependencies.Read(Path.Combine(AppContext.BaseDirectory, project + ".dll")).Circles().ShouldBeEmpty();

    private static bool IsProject(string name) =>
        name.StartsWith("Tollgate.", StringComparison.Ordinal)
        && Directory.Exists(Path.Combine(Repository.Root, "src", name));
}
