using Tollgate.Configuration.Problems;

namespace Tollgate.Configuration.Locations;

/// <summary>The one place for data, shared by all commands.</summary>
internal static class DataFolder
{
    /// <summary>
    /// What the flag says, else what a gate that is started here would take: the environment, <c>.env</c>, the file.
    /// </summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read, so that nobody knows which folder it
    /// names.</exception>
    public static string Resolve(string? flag)
    {
        if (!string.IsNullOrWhiteSpace(flag))
            return Path.GetFullPath(flag);
        var configuration = ConfigurationLoader.LoadWithoutRoutes(
            ConfigurationRequest.FromProcess(TimeProvider.System)
        );
        return configuration.HasErrors
            ? throw new InvalidDataException(
                $"The data folder is not known: "
                    + $"{configuration.Problems.First(static problem => problem.Kind == ProblemKind.Error)} Name it "
                    + $"with --data."
            )
            : configuration.Settings.DataFolder;
    }
}
