using Tollgate.Configuration;
using Tollgate.Operations.Problems;
using Tollgate.Testing;

namespace Tollgate.Tests.Configuration;

/// <summary>A real folder with files in it, and an environment of its own.</summary>
public abstract class ConfigFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected string Folder => _folder.Path;

    private protected Dictionary<string, string> Environment { get; } = [];

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private protected ConfigurationRequest Request =>
        new()
        {
            WorkingFolder = Folder,
            Environment = Environment,
            DefaultDataFolder = Path.Combine(Folder, "default-data"),
            Now = new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero),
        };

    private protected LoadedConfiguration Load() => ConfigurationLoader.Load(Request);

    /// <summary>Loads <c>tollgate.yaml</c> of this text.</summary>
    private protected LoadedConfiguration Load(string yaml)
    {
        Write("tollgate.yaml", yaml);
        return Load();
    }

    private protected static string[] Errors(LoadedConfiguration configuration) =>
        Texts(configuration, ProblemKind.Error);

    private protected static string[] Warnings(LoadedConfiguration configuration) =>
        Texts(configuration, ProblemKind.Warning);

    private static string[] Texts(LoadedConfiguration configuration, ProblemKind kind) =>
        [.. configuration.Problems.Where(problem => problem.Kind == kind).Select(problem => problem.ToString())];
}
