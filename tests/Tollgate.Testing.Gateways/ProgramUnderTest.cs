namespace Tollgate.Testing.Gateways;

/// <summary>
/// The built program: by default the one beside the tests, which the .NET runtime runs. <c>TOLLGATE_PROGRAM</c> names
/// another, such as the published native one, to run the same tests against it.
/// </summary>
public static class ProgramUnderTest
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("TOLLGATE_PROGRAM");

    /// <summary>True if the tests run against a published program.</summary>
    public static bool IsPublished => !string.IsNullOrEmpty(Published);

    /// <summary>The words that start it, before its arguments.</summary>
    public static IReadOnlyList<string> Command { get; } =
        IsPublished ? [Published!] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "tollgate.dll")];

    /// <summary>The same as a command of a shell.</summary>
    public static string ShellCommand => string.Join(' ', Command.Select(static word => $"'{word}'"));
}
