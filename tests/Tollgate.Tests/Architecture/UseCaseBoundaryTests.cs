using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Tollgate.Tests.Architecture;

/// <summary>
/// The use cases know no face: no command line, no console, no HTTP server, no process environment. The commands know
/// no store: they parse, run one use case, and render.
/// </summary>
public class UseCaseBoundaryTests
{
    private static readonly string[] Faces =
    [
        "System.Console",
        "System.CommandLine",
        "System.IO.TextWriter",
        "Spectre.Console",
        "Microsoft.AspNetCore",
    ];

    private static readonly string[] ProcessMembers =
    [
        "System.Environment::GetEnvironmentVariable",
        "System.Environment::GetEnvironmentVariables",
        "System.Environment::get_UserName",
        "System.Environment::set_ExitCode",
        "System.Environment::Exit",
        "System.IO.Directory::GetCurrentDirectory",
    ];

    /// <summary>Stores are opened by use cases and by the composition of the gateway.</summary>
    private static readonly string[] StoreMembers =
    [
        "Tollgate.Accounting.Ledger.UsageLedger::Open",
        "Tollgate.Accounting.Registry.VirtualKeys::Open",
        "Tollgate.Accounting.Limits.Definitions.LimitDefinitions::Open",
        "Tollgate.Accounting.Stores.Opening.StoreOpening::",
        "Tollgate.Accounting.Registry.Users::Open",
        "Tollgate.Accounting.Registry.Projects::Open",
        "Tollgate.Accounting.Registry.Applications::Open",
        "Tollgate.Accounting.Registry.Conversations::Open",
    ];

    [Fact]
    public void Use_cases_know_no_command_line_no_console_and_no_http_server()
    {
        using var module = Read("Tollgate.Operations");

        module
            .GetTypeReferences()
            .Select(static type => type.FullName)
            .Where(static name => Faces.Any(face => name.StartsWith(face, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Use_cases_do_not_read_the_process_environment()
    {
        using var module = Read("Tollgate.Operations");

        Calls(module).Where(static call => StartsWithAny(call.Target, ProcessMembers)).ShouldBeEmpty();
    }

    [Fact]
    public void Commands_open_no_store()
    {
        using var module = Read("tollgate");

        Calls(module)
            .Where(static call => call.Caller.StartsWith("Tollgate.Cli.", StringComparison.Ordinal))
            .Where(static call => StartsWithAny(call.Target, StoreMembers))
            .ShouldBeEmpty();
    }

    private static ModuleDefinition Read(string assembly) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

    private static IEnumerable<(string Caller, string Target)> Calls(ModuleDefinition module) =>
        from type in module.GetAllTypes()
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        let target = instruction.Operand as MethodReference
        where target is not null
        select ($"{type.FullName}::{method.Name}", $"{target.DeclaringType.FullName}::{target.Name}");

    private static bool StartsWithAny(string name, string[] members) =>
        members.Any(member => name.StartsWith(member, StringComparison.Ordinal));
}
