using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Api.Authorization;
using Tollgate.Api.OpenApi;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.OpenApi;

/// <summary>
/// The description of the API is that of its code. <c>TOLLGATE_WRITE_API=1</c> writes the files again after a change.
/// </summary>
[Trait("Needs", "Process")]
public sealed class DocumentTests
{
    private const string Mark = "<!-- routes -->\n";

    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("TOLLGATE_WRITE_API") == "1";

    private static string Docs { get; } = FindDocs();

    [Fact]
    public void Describes_every_route_as_openapi_json()
    {
        var path = Path.Combine(Docs, "openapi.json");
        var document = OpenApiDocument.Create(RouteTable.All, ApiVersion.Text);
        if (IsWriting)
            File.WriteAllText(path, document);

        File.ReadAllText(path).ShouldBe(document);
    }

    [Fact]
    public void Lists_every_route_with_its_rights_in_the_documentation()
    {
        var path = Path.Combine(Docs, "api.md");
        var page = File.ReadAllText(path);
        var expected = page[..(page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + CreateTable();
        if (IsWriting)
            File.WriteAllText(path, expected);

        File.ReadAllText(path).ShouldBe(expected);
    }

    [Fact]
    public void Refers_only_to_schemas_that_exist()
    {
        var document = JsonNode.Parse(OpenApiDocument.Create(RouteTable.All, ApiVersion.Text))!;

        foreach (var part in document.ToJsonString().Split("\"$ref\":\"#/").Skip(1))
        {
            var path = part[..part.IndexOf('"', StringComparison.Ordinal)];
            var found = path.Split('/').Aggregate(document, static (node, name) => node?[name]!);
            found.ShouldNotBeNull(path);
        }
    }

    [Fact]
    [Trait("Needs", "Npm")]
    public async Task Compiles_as_a_generated_client()
    {
        using var folder = new TemporaryFolder();
        var types = folder.File("api.ts");
        await RunAsync("openapi-typescript", Path.Combine(Docs, "openapi.json"), "-o", types);
        await RunAsync("tsc", "--noEmit", "--strict", types);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Docs, "../tests/clients/node_modules/.bin", program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output + await errors);
    }

    public static TheoryData<string> WithBody =>
        [.. RouteTable.All.Where(static route => route.Body is not null).Select(static route => route.ToString())];

    [Theory]
    [MemberData(nameof(WithBody))]
    public void Has_an_example_that_matches_the_contract(string name)
    {
        var route = RouteTable.All.Single(route => route.ToString() == name);

        route.Example.ShouldNotBeNull();
        ContractReader.Check(Encoding.UTF8.GetBytes(route.Example!), route.Body!).ShouldBeEmpty();
    }

    private static string CreateTable()
    {
        var table = new StringBuilder("\n| route | needs | reach | audit |\n| --- | --- | --- | --- |\n");
        foreach (var route in RouteTable.All.Where(static route => route.Instead is null))
            table.Append(
                $"| `{route}` | {FormatPermission(route.Access)} | {FormatReach(route.Access)} | "
                    + $"{(route.Audit is { } action ? $"`{action}`" : "")} |\n"
            );
        return table.ToString();
    }

    private static string FormatPermission(RouteAccess access) =>
        access switch
        {
            { Permission: { } permission, AdmitsKeys: true } => $"`{permission.ToName()}`, or a virtual key",
            { Permission: { } permission } => $"`{permission.ToName()}`",
            { Reach: RouteReach.Nothing } => "nothing",
            _ => "any credential",
        };

    private static string FormatReach(RouteAccess access) =>
        access.Reach switch
        {
            RouteReach.Nothing => "",
            RouteReach.Self => "own",
            RouteReach.Within => "within reach",
            _ => "everything",
        };

    private static string FindDocs([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../docs"));
}
