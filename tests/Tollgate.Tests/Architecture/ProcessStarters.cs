using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Tollgate.Tests.Architecture;

/// <summary>The test classes of an assembly that start a process, directly or through a type that they use.</summary>
internal static class ProcessStarters
{
    private const string Start = "System.Diagnostics.Process::Start";

    /// <summary>Types that start a process only for a published program, which the quick run never has.</summary>
    private static readonly HashSet<string> StartersOfPublishedPrograms =
    [
        "Tollgate.Testing.Gateways.CommandRun",
        "Tollgate.Testing.Gateways.ProgramGateway",
    ];

    /// <summary>The classes with tests that start processes and lack the trait that says so.</summary>
    public static IReadOnlyList<string> WithoutTrait(string assemblyFile)
    {
        using var module = ModuleDefinition.ReadModule(assemblyFile);
        using var gateways = ReadGateways(assemblyFile);
        var types = module.Types.Concat(gateways?.Types ?? []).DistinctBy(type => type.FullName).ToList();
        var users = types.ToDictionary(type => type.FullName, _ => new HashSet<string>());
        foreach (var type in types)
            foreach (var used in Uses(type))
                users.GetValueOrDefault(used)?.Add(type.FullName);

        var starters = new HashSet<string>();
        var pending = new Stack<string>(types.Where(StartsProcess).Select(type => type.FullName));
        while (pending.TryPop(out var name))
        {
            if (StartersOfPublishedPrograms.Contains(name) || !starters.Add(name))
                continue;
            foreach (var user in users[name])
                pending.Push(user);
        }

        return
        [
            .. types
                .Where(type => starters.Contains(type.FullName) && !type.IsAbstract)
                .Where(type => HasTests(type) && !HasTrait(type))
                .Select(type => type.FullName)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Types that start processes for several test projects; null for a project that uses none.</summary>
    private static ModuleDefinition? ReadGateways(string assemblyFile)
    {
        var file = Path.Combine(Path.GetDirectoryName(assemblyFile)!, "Tollgate.Testing.Gateways.dll");
        return File.Exists(file) ? ModuleDefinition.ReadModule(file) : null;
    }

    private static bool StartsProcess(TypeDefinition type) =>
        Instructions(type)
            .Any(instruction => instruction.Operand is MethodReference method && method.FullName.Contains(Start));

    /// <summary>The outermost types that a type calls, takes as parameters, or derives from.</summary>
    private static IEnumerable<string> Uses(TypeDefinition type)
    {
        var bodies = Instructions(type)
            .Select(instruction =>
                instruction.Operand switch
                {
                    TypeReference used => used,
                    MemberReference member => member.DeclaringType,
                    _ => null,
                }
            );
        var parameters = type.Methods.SelectMany(method => method.Parameters).Select(value => value.ParameterType);
        return bodies.Concat(parameters).Append(type.BaseType).Where(used => used is not null).Select(Outermost!);
    }

    private static IEnumerable<Instruction> Instructions(TypeDefinition type) =>
        AllTypes(type)
            .SelectMany(each => each.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions);

    private static IEnumerable<TypeDefinition> AllTypes(TypeDefinition type) =>
        type.NestedTypes.SelectMany(AllTypes).Prepend(type);

    private static bool HasTests(TypeDefinition type) =>
        Bases(type)
            .SelectMany(each => each.Methods)
            .SelectMany(method => method.CustomAttributes)
            .Any(attribute => attribute.AttributeType.Name is "FactAttribute" or "TheoryAttribute");

    private static bool HasTrait(TypeDefinition type) =>
        Bases(type)
            .SelectMany(each => each.CustomAttributes)
            .Any(attribute =>
                attribute.AttributeType.Name == "TraitAttribute" && attribute.ConstructorArguments[0].Value is "Needs"
            );

    private static IEnumerable<TypeDefinition> Bases(TypeDefinition type)
    {
        for (var each = type; each is not null; each = BaseInSameModule(each))
            yield return each;
    }

    private static TypeDefinition? BaseInSameModule(TypeDefinition type) =>
        type.BaseType?.Scope == type.Module ? type.BaseType.Resolve() : null;

    private static string Outermost(TypeReference type)
    {
        var element = type.GetElementType();
        while (element.DeclaringType is { } outer)
            element = outer;
        return element.FullName;
    }
}
