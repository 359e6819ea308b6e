using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tollgate.Tests.Packaging;

/// <summary>The packages, as somebody uses them who has nothing but them.</summary>
[Trait("Needs", "Process")]
public sealed partial class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private static readonly string[] Ids =
    [
        "Tollgate.Accounting",
        "Tollgate.Accounting.Testing",
        "Tollgate.Accounting.ExtensionsAI",
        "Tollgate.Accounting.MySql",
        "Tollgate.Accounting.PostgreSql",
        "Tollgate.Analytics",
        "Tollgate.Client",
        "Tollgate.Metering",
    ];

    [Fact]
    public void The_library_is_packed_and_nothing_else()
    {
        foreach (var kind in new[] { "nupkg", "snupkg" })
            Directory
                .EnumerateFiles(feed.Packages, "*." + kind)
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
                .ShouldBe(Ids.Select(id => $"{id}.{feed.Version}.{kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_package_has_license_description_readme_documentation_and_symbols()
    {
        foreach (var id in Ids)
        {
            using var package = ZipFile.OpenRead(Path.Combine(feed.Packages, $"{id}.{feed.Version}.nupkg"));
            foreach (var name in new[] { "README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml" })
                package.GetEntry(name).ShouldNotBeNull($"{id}: {name}");
            using var symbols = ZipFile.OpenRead(Path.Combine(feed.Packages, $"{id}.{feed.Version}.snupkg"));
            symbols.GetEntry($"lib/net10.0/{id}.pdb").ShouldNotBeNull();

            using var stream = package.GetEntry(id + ".nuspec")!.Open();
            var metadata = XDocument.Load(stream).Root!.Elements().Single();
            var space = metadata.Name.Namespace;
            metadata.Element(space + "license")!.Value.ShouldBe("MIT");
            metadata.Element(space + "readme")!.Value.ShouldBe("README.md");
            metadata.Element(space + "description")!.Value.ShouldNotBe("Package Description");
            foreach (
                var dependency in metadata
                    .Descendants(space + "dependency")
                    .Where(dependency =>
                        dependency.Attribute("id")!.Value.StartsWith("Tollgate", StringComparison.Ordinal)
                    )
            )
                dependency.Attribute("version")!.Value.ShouldBe(feed.Version, id);
        }
    }

    [Fact]
    public async Task Packing_again_gives_the_same_bytes()
    {
        var again = feed.Packages + "-again";
        await feed.PackAsync(again);
        foreach (var file in Directory.EnumerateFiles(feed.Packages))
            File.ReadAllBytes(file)
                .SequenceEqual(File.ReadAllBytes(Path.Combine(again, Path.GetFileName(file))))
                .ShouldBeTrue(file);
    }

    [Fact]
    public async Task The_README_of_the_library_compiles_runs_and_prints_its_output()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/Tollgate.Accounting/README.md"));
        var project = await feed.ProjectAsync("readme", Program().Match(readme).Groups[1].Value, "Tollgate.Accounting");
        await feed.RunAsync(project, "build", "--nologo", "-v", "quiet", "-o", "out");
        (await feed.RunAsync(project, "out/readme.dll")).ShouldBe(Output().Match(readme).Groups[1].Value);
        File.Exists(Path.Combine(project, "usage/ledger.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_other_packages_restore_and_compile_together()
    {
        var project = await feed.ProjectAsync(
            "others",
            """
            using Microsoft.Extensions.AI;
            using Tollgate.Accounting;
            using Tollgate.Accounting.Stores;
            using Tollgate.Accounting.Testing;
            using Tollgate.Accounting.ExtensionsAI;
            using Tollgate.Accounting.Ledger;
            using Tollgate.Accounting.MySql;
            using Tollgate.Accounting.PostgreSql;
            using Tollgate.Accounting.Tracking;

            var options = new LedgerOptions().WithUrl("postgres://somebody@localhost/usage", PostgreSqlStores.Factory);
            Console.WriteLine($"{options.Store!.GetType().Name} {typeof(LedgerStoreCompliance).Name}");
            // Nobody listens there: that it says so takes the drivers and all that they load.
            string[] urls =
            [
                "postgres://somebody@127.0.0.1:1/usage",
                "mysql://somebody@127.0.0.1:1/usage?sslmode=disabled",
            ];
            foreach (var url in urls)
            {
                var unreachable = new LedgerOptions().WithUrl(url, PostgreSqlStores.Factory, MySqlStores.Factory);
                await using var store = unreachable.Store!;
                try
                {
                    await store.MigrateAsync();
                }
                catch (LedgerUnavailableException)
                {
                    Console.WriteLine($"{store.GetType().Name} is away");
                }
            }

            Func<IChatClient, UsageTracker, IChatClient> wrap = (client, tracker) => client.UseUsageTracking(tracker);
            """,
            "Tollgate.Accounting.Testing",
            "Tollgate.Accounting.ExtensionsAI",
            "Tollgate.Accounting.MySql",
            "Tollgate.Accounting.PostgreSql"
        );
        await feed.RunAsync(project, "build", "--nologo", "-v", "quiet", "-o", "out");
        (await feed.RunAsync(project, "out/others.dll")).ShouldBe(
            "PostgreSqlLedgerStore LedgerStoreCompliance\nPostgreSqlLedgerStore is away\nMySqlLedgerStore is away\n"
        );
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex(@"It prints:\n\n```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Output();
}
