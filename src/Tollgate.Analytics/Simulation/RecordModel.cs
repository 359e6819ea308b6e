using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Tollgate.Analytics.Simulation;

/// <summary>A record of a scenario, whose members are accessed by name. Native compilation keeps them.</summary>
public sealed class RecordModel
{
    private const DynamicallyAccessedMemberTypes Kept =
        DynamicallyAccessedMemberTypes.PublicProperties
        | DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.PublicMethods;

    [DynamicallyAccessedMembers(Kept)]
    private readonly Type _type;

    private readonly Func<int, Array> _createArray;
    private readonly MethodInfo? _clone;

    private RecordModel([DynamicallyAccessedMembers(Kept)] Type type, Func<int, Array> createArray)
    {
        (_type, _createArray) = (type, createArray);
        _clone = type.GetMethod("<Clone>$");
        Constructor = Array.Find(type.GetConstructors(), static candidate => candidate.GetParameters().Length > 0);
        Properties =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(static property => property.GetIndexParameters().Length == 0),
        ];
    }

    /// <summary>The record's type.</summary>
    public Type Type => _type;

    /// <summary>Its public properties.</summary>
    public IReadOnlyList<PropertyInfo> Properties { get; }

    /// <summary>Its constructor with parameters, if it has one: it is then created by position.</summary>
    public ConstructorInfo? Constructor { get; }

    /// <summary>Creates the model of a type.</summary>
    public static RecordModel For<[DynamicallyAccessedMembers(Kept)] T>() =>
        new(typeof(T), static length => new T[length]);

    /// <summary>Creates the model of a plan that is not part of the library.</summary>
    internal static RecordModel ForCustomPlan([DynamicallyAccessedMembers(Kept)] Type plan) =>
        new(plan, static _ => throw new NotSupportedException("Plans of a scenario are of various types."));

    /// <summary>Creates a record without parameters.</summary>
    public object Create() => Activator.CreateInstance(_type)!;

    /// <summary>Creates an array of such records.</summary>
    public Array CreateArray(int length) => _createArray(length);

    /// <summary>
    /// Copies a record, so that its properties can be changed; null if the type cannot be copied. A boxed value is a
    /// copy already.
    /// </summary>
    public object? Clone(object record) => _type.IsValueType ? record : _clone?.Invoke(record, null);

    /// <summary>Finds a property by its name, ignoring case.</summary>
    public PropertyInfo? Find(string name) =>
        Properties.FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
