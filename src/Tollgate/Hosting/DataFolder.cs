namespace Tollgate.Hosting;

/// <summary>The one place for data, shared by all commands.</summary>
internal static class DataFolder
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "TOLLGATE_HOME";

    /// <summary>What the flag says, else the environment, else the user's own data folder.</summary>
    public static string Resolve(string? flag)
    {
        if (!string.IsNullOrWhiteSpace(flag)) return Path.GetFullPath(flag);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home) return Path.GetFullPath(home);
        return Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "tollgate");
    }
}
