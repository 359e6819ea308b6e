using System.Text.Json;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Packaging;

/// <summary>What the program contains is named with its license, in the program itself too.</summary>
public sealed class LicensesTests
{
    [Fact]
    public void Every_package_in_the_program_is_in_the_notices_with_its_version()
    {
        using var dependencies = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "tollgate.deps.json"))
        );
        var notices = File.ReadAllLines(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md"));

        var packages = dependencies
            .RootElement.GetProperty("targets")
            .EnumerateObject()
            .SelectMany(static target => target.Value.EnumerateObject())
            .Where(static library =>
                library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _)
            )
            .Select(static library => library.Name.Split('/'))
            .Where(static library => !library[0].StartsWith("Tollgate", StringComparison.OrdinalIgnoreCase))
            .ToList();

        packages.ShouldNotBeEmpty();
        packages
            .Where(package =>
                !notices.Any(line =>
                    line.Split('|') is [_, var names, var version, ..]
                    && names.Split(',', ' ').Contains(package[0])
                    && version.Trim() == package[1]
                )
            )
            .Select(static package => string.Join(' ', package))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task The_program_prints_all_licenses()
    {
        var run = await CommandRun.RunProgramAsync("licenses");

        var text = run.ShouldSucceed();
        text.ShouldContain(File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")).Trim());
        text.ShouldContain("Apache License");
        text.ShouldContain("SIL OPEN FONT LICENSE Version 1.1");
    }
}
