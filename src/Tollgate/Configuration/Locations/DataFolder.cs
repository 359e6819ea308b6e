using Tollgate.Operations.Problems;

namespace Tollgate.Configuration.Locations;

/// <summary>The single location for data, shared by all commands.</summary>
internal static class DataFolder
{
    /// <summary>
    /// Resolves the data folder: the flag if given, otherwise what a gateway started here would use (environment,
    /// <c>.env</c>, configuration file).
    /// </summary>
    /// <exception cref="InvalidDataException">The configuration cannot be read, so the folder is unknown.</exception>
    public static string Resolve(string? flag)
    {
        if (!string.IsNullOrWhiteSpace(flag))
            return Path.GetFullPath(flag);
        var configuration = ConfigurationLoader.LoadWithoutRoutes(
            ConfigurationRequest.FromProcess(TimeProvider.System)
        );
        return configuration.HasErrors
            ? throw new InvalidDataException(
                $"Cannot determine the data folder: "
                    + $"{configuration.Problems.First(static problem => problem.Kind == ProblemKind.Error)} Name it "
                    + $"with --data."
            )
            : configuration.Settings.DataFolder;
    }
}
