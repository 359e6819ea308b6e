using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tollgate.Tests.Architecture;

/// <summary>
/// The public API of an assembly: one line a type and one line a member, sorted. Members that the compiler adds to a
/// record are left out, since the type's line implies them.
/// </summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Read(Assembly assembly) =>
        [
            .. assembly
                .GetExportedTypes()
                .SelectMany(type => Members(type).Select(member => $"{Name(type)}.{member}").Prepend(Describe(type)))
                .Order(StringComparer.Ordinal),
        ];

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Describe(Type type)
    {
        Type[] bases =
        [
            .. new[] { type.BaseType }
                .OfType<Type>()
                .Where(parent => parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum)),
            .. type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(face => face.IsVisible),
        ];
        var names = type.IsEnum ? "" : string.Join(", ", bases.Select(ApiSignature.Of).Order(StringComparer.Ordinal));
        return $"{Name(type)} [{Kind(type)}]{(names.Length == 0 ? "" : " : " + names)}";
    }

    private static string Kind(Type type) =>
        type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        return type.GetConstructors(Declared)
            .Where(IsVisible)
            .Select(made => $"new({ApiSignature.Parameters(made.GetParameters())}){Modifiers(made)}")
            .Concat(type.GetFields(Declared).Where(IsVisible).Select(Describe))
            .Concat(type.GetProperties(Declared).Where(IsVisible).Select(Describe))
            .Concat(type.GetEvents(Declared).Where(raised => IsVisible(raised.AddMethod!)).Select(Describe))
            .Concat(type.GetMethods(Declared).Where(IsVisible).Where(IsWritten).Select(Describe));
    }

    private static string Describe(FieldInfo field) =>
        $"{field.Name}{(field.IsLiteral ? " = " + ApiSignature.Value(field.GetRawConstantValue()) : "")} : "
        + $"{ApiSignature.Of(field)} [{(field.IsStatic ? "static " : "")}field]";

    private static string Describe(PropertyInfo property)
    {
        var indices = property.GetIndexParameters();
        var setter =
            property.SetMethod is not { } set || !IsVisible(set) ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;"
            : " set;";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? " [required]" : "";
        return $"{property.Name}{(indices.Length == 0 ? "" : $"[{ApiSignature.Parameters(indices)}]")} : "
            + $"{ApiSignature.Of(property)} {{ get;{setter} }}{required}"
            + Modifiers((property.GetMethod ?? property.SetMethod)!);
    }

    private static string Describe(EventInfo raised) =>
        $"{raised.Name} : {ApiSignature.Of(raised)} [event]{Modifiers(raised.AddMethod!)}";

    private static string Describe(MethodInfo method)
    {
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";
        var receiver = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{method.Name}{generic}({receiver}{ApiSignature.Parameters(method.GetParameters())}) : "
            + $"{ApiSignature.Result(method)}{Modifiers(method)}";
    }

    private static string Modifiers(MethodBase method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? " [protected]" : "")
        + (method.IsStatic ? " [static]" : "")
        + (method.DeclaringType!.IsInterface && !method.IsAbstract ? " [default]" : "")
        + (
            method.DeclaringType.IsInterface || !method.IsVirtual || method.IsFinal ? ""
            : method.IsAbstract ? " [abstract]"
            : ((MethodInfo)method).GetBaseDefinition() != method ? " [override]"
            : " [virtual]"
        );

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsVisible(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract";

    private static bool IsWritten(MethodInfo method) =>
        !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));
}
