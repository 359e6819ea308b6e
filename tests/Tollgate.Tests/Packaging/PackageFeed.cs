using System.Diagnostics;
using Tollgate.Testing;

namespace Tollgate.Tests.Packaging;

/// <summary>
/// The packages, packed once into a folder that serves as a feed. Their version is new with each run and they are
/// restored into a folder of this run, so that nothing which an earlier run left anywhere can stand in for them.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    public string Version { get; } = $"0.1.0-test.{Guid.CreateVersion7():N}";

    public string Packages => _folder.File("feed");

    public async ValueTask InitializeAsync() => await PackAsync(Packages);

    /// <summary>As docs/library.md says, but with what is built already.</summary>
    public Task PackAsync(string folder) =>
        RunAsync(
            Repository.Root,
            "pack",
            "Tollgate.slnx",
            "-c",
            Configuration,
            "--no-build",
            "-o",
            folder,
            $"-p:PackageVersion={Version}"
        );

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a project outside the repository that references packages of ours and nothing else.</summary>
    public async Task<string> ProjectAsync(string name, string program, params string[] packages)
    {
        var project = Directory.CreateDirectory(_folder.File(name)).FullName;
        var references = packages.Select(package =>
            $"""<PackageReference Include="{package}" Version="{Version}" />"""
        );
        await File.WriteAllTextAsync(
            Path.Combine(project, "nuget.config"),
            $"""
            <configuration>
              <packageSources><add key="ours" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """
        );
        await File.WriteAllTextAsync(
            Path.Combine(project, name + ".csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """
        );
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program);
        return project;
    }

    /// <summary>Runs the SDK, and gives what it printed.</summary>
    public async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = folder == Repository.Root ? MachinePackages : _folder.File("restored");
        // Of this process's own build, where it runs below one.
        foreach (
            var name in start
                .Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                .ToList()
        )
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Patience);
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(timeout.Token),
            process.StandardError.ReadToEndAsync(timeout.Token)
        );
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        process.ExitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    /// <summary>What the tests were built as; the packages are of the same build.</summary>
    private static string Configuration =>
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
