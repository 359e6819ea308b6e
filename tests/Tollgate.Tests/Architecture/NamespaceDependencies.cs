using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Tollgate.Tests.Architecture;

/// <summary>
/// Which namespace of a compiled assembly uses which other namespace of it, with one example of a type for each pair.
/// Signatures, attributes, and method bodies count; constants do not, because the compiler copies them.
/// </summary>
internal sealed class NamespaceDependencies
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = [];
    private readonly ModuleDefinition _module;

    private NamespaceDependencies(ModuleDefinition module)
    {
        _module = module;
        foreach (var type in module.GetAllTypes())
            Read(type);
    }

    public static NamespaceDependencies Read(string assemblyFile)
    {
        using var module = ModuleDefinition.ReadModule(assemblyFile);
        return new NamespaceDependencies(module);
    }

    /// <summary>
    /// The groups of namespaces that depend on each other, each as one line with an example for each pair.
    /// </summary>
    public IReadOnlyList<string> Circles() =>
        [
            .. StronglyConnected(_uses.ToDictionary(pair => pair.Key, pair => pair.Value.Keys.ToList()))
                .Where(circle => circle.Count > 1)
                .Select(Describe),
        ];

    private string Describe(IReadOnlyList<string> circle) =>
        string.Join(
            "; ",
            from origin in circle.Order(StringComparer.Ordinal)
            from use in _uses[origin]
            where circle.Contains(use.Key)
            select $"{origin} -> {use.Key} ({use.Value})"
        );

    private void Read(TypeDefinition type)
    {
        Add(type, type.BaseType);
        foreach (var implemented in type.Interfaces)
            Add(type, implemented.InterfaceType);
        foreach (var attribute in type.CustomAttributes)
            Add(type, attribute.AttributeType);
        foreach (var field in type.Fields)
            Add(type, field.FieldType);
        foreach (var method in type.Methods)
            Read(type, method);
    }

    private void Read(TypeDefinition type, MethodDefinition method)
    {
        Add(type, method.ReturnType);
        foreach (var parameter in method.Parameters)
            Add(type, parameter.ParameterType);
        if (!method.HasBody)
            return;
        foreach (var variable in method.Body.Variables)
            Add(type, variable.VariableType);
        foreach (var handler in method.Body.ExceptionHandlers)
            Add(type, handler.CatchType);
        foreach (var instruction in method.Body.Instructions)
            Read(type, instruction);
    }

    private void Read(TypeDefinition type, Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case TypeReference used:
                Add(type, used);
                break;
            case MethodReference called:
                Add(type, called.DeclaringType);
                Add(type, called.ReturnType);
                foreach (var parameter in called.Parameters)
                    Add(type, parameter.ParameterType);
                if (called is GenericInstanceMethod generic)
                    foreach (var argument in generic.GenericArguments)
                        Add(type, argument);
                break;
            case FieldReference field:
                Add(type, field.DeclaringType);
                Add(type, field.FieldType);
                break;
        }
    }

    private void Add(TypeDefinition from, TypeReference? to)
    {
        switch (to)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (var argument in generic.GenericArguments)
                    Add(from, argument);
                break;
        }

        var target = to.GetElementType();
        if (target.Scope != _module || target is GenericParameter)
            return;
        var (origin, used) = (NamespaceOf(from), NamespaceOf(target));
        if (origin == used || !origin.StartsWith("Tollgate", StringComparison.Ordinal))
            return;
        if (!used.StartsWith("Tollgate", StringComparison.Ordinal))
            return;
        if (!_uses.TryGetValue(origin, out var uses))
            _uses[origin] = uses = [];
        uses.TryAdd(used, $"{Outermost(from).Name} uses {Outermost(target).Name}");
    }

    private static string NamespaceOf(TypeReference type) => Outermost(type).Namespace;

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    /// <summary>Tarjan's algorithm.</summary>
    private static List<List<string>> StronglyConnected(Dictionary<string, List<string>> graph)
    {
        var (order, low) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        var stack = new Stack<string>();
        var groups = new List<List<string>>();
        foreach (var node in graph.Keys)
            if (!order.ContainsKey(node))
                Visit(node);
        return groups;

        void Visit(string node)
        {
            order[node] = low[node] = order.Count;
            stack.Push(node);
            foreach (var next in graph.GetValueOrDefault(node, []))
            {
                if (!order.ContainsKey(next))
                    Visit(next);
                if (stack.Contains(next))
                    low[node] = Math.Min(low[node], low[next]);
            }

            if (low[node] != order[node])
                return;
            var circle = new List<string>();
            do circle.Add(stack.Pop());
            while (circle[^1] != node);
            groups.Add(circle);
        }
    }
}
