using System.Reflection;

namespace Tollgate.Tests.Architecture;

/// <summary>A change of the public API is a decision, visible in the same commit.</summary>
public class PublicApiTests
{
    private const string Variable = "TOLLGATE_WRITE_API";

    public static TheoryData<string> Libraries =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file).Contains("<IsPackable>true<", StringComparison.Ordinal))
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_API_of_a_library_is_the_one_written_beside_it(string library)
    {
        var file = Path.Combine(Repository.Root, "src", library, "PublicApi.txt");
        var api = PublicApi.Read(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable(Variable) == "1")
            File.WriteAllText(file, string.Join('\n', api) + "\n");

        var written = File.Exists(file) ? File.ReadAllLines(file) : [];
        var changes = api.Except(written)
            .Select(static line => "+ " + line)
            .Concat(written.Except(api).Select(static line => "- " + line));

        string.Join('\n', changes)
            .ShouldBeEmpty($"If the change is intended, run this test with {Variable}=1 and commit PublicApi.txt.");
    }
}
