using System.Globalization;
using System.Reflection;

namespace Tollgate.Tests.Architecture;

/// <summary>Writes types and parameters as in C#, with short names and with nullability.</summary>
internal static class ApiSignature
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(FieldInfo field) => Of(field.FieldType, Nullability.Create(field));

    public static string Of(PropertyInfo property) => Of(property.PropertyType, Nullability.Create(property));

    public static string Of(EventInfo raised) => Of(raised.EventHandlerType!, Nullability.Create(raised));

    public static string Result(MethodInfo method) => Of(method.ReturnType, Nullability.Create(method.ReturnParameter));

    public static string Parameters(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(Of));

    public static string Of(Type type) => Of(type, null);

    /// <summary>A constant or a default, as one would write it.</summary>
    public static string Value(object? value) =>
        value switch
        {
            null => "default",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            Enum name => $"{name.GetType().Name}.{name}",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var passing =
            !type.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : "ref ";
        var all = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var rest = parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "";
        return $"{passing}{all}{Of(type, Nullability.Create(parameter))} {parameter.Name}{rest}";
    }

    private static string Of(Type type, NullabilityInfo? info)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, info);
        if (System.Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying, null) + "?";
        var suffix = !type.IsValueType && info?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return Of(type.GetElementType()!, info?.ElementType) + "[]" + suffix;
        if (!type.IsGenericType)
            return (Keywords.GetValueOrDefault(type) ?? type.Name) + suffix;
        var arguments = type.GetGenericArguments()
            .Select((argument, index) => Of(argument, info?.GenericTypeArguments.ElementAtOrDefault(index)));
        return type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal)
            ? $"({string.Join(", ", arguments)})"
            : $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>{suffix}";
    }
}
