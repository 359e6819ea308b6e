using System.Reflection;
using System.Runtime.CompilerServices;
using Tollgate.Analytics.Simulation;
using Tollgate.Metering;
using Tollgate.Operations.Yaml;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>Fills records: each key is a property or a constructor parameter, ignoring case and underscores.</summary>
internal sealed class RecordReader(ValueReader values)
{
    private static readonly Dictionary<string, object> NoValues = [];

    /// <param name="type">The record's type.</param>
    /// <param name="map">The file's values.</param>
    /// <param name="path">Their path.</param>
    /// <param name="given">Properties that already have a value; the file's is ignored.</param>
    /// <param name="besides">Other known keys that do not belong to this record.</param>
    public object? Read(
        Type type,
        YamlMap map,
        string path,
        IReadOnlyDictionary<string, object>? given = null,
        params string[] besides
    )
    {
        given ??= NoValues;
        var model = ScenarioModel.Get(type);
        var parameters = model.Constructor?.GetParameters();
        var slots = parameters is null
            ? Slots(model)
            :
            [
                .. parameters.Select(static parameter => new Slot(
                    parameter.Name!,
                    parameter.ParameterType,
                    !IsNullable(parameter),
                    null
                )),
            ];
        var read = new Dictionary<string, object>(given, StringComparer.OrdinalIgnoreCase);
        foreach (var pair in map.Pairs)
        {
            if (besides.Contains(NormalizeKey(pair.Key), StringComparer.OrdinalIgnoreCase))
                continue;
            if (
                Array.Find(slots, slot => slot.Name.Equals(NormalizeKey(pair.Key), StringComparison.OrdinalIgnoreCase))
                is not { } known
            )
                values.Fail(pair.Position, Join(path, pair.Key), Unknown(pair.Key, slots, besides));
            else if (
                !given.ContainsKey(known.Name)
                && !(pair.Value.IsNull && !known.IsRequired)
                && !read.TryAdd(known.Name, values.Read(known.Type, pair.Value, Join(path, known.Key))!)
            )
                values.Fail(
                    pair.Position,
                    Join(path, known.Key),
                    $"The key '{known.Key}' is defined twice. Remove one."
                );
        }

        foreach (var slot in slots.Where(slot => slot.IsRequired && !read.ContainsKey(slot.Name)))
            values.Fail(map.Position, Join(path, slot.Key), $"'{slot.Key}' is missing: {DescribeExpected(slot.Type)}.");
        return slots.Any(slot => slot.IsRequired && read.GetValueOrDefault(slot.Name) is null)
            ? null
            : Make(model, slots, read);
    }

    /// <summary>Removes the word separators of a key.</summary>
    public static string NormalizeKey(string key) =>
        key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static object Make(RecordModel model, Slot[] slots, Dictionary<string, object> read)
    {
        if (model.Constructor is { } constructor)
            return constructor.Invoke([.. slots.Select(slot => read.GetValueOrDefault(slot.Name))]);
        var made = model.Create();
        foreach (var slot in slots)
            if (read.GetValueOrDefault(slot.Name) is { } value)
                slot.Property!.SetValue(made, value);
        return made;
    }

    private static Slot[] Slots(RecordModel model) =>
        [
            .. model
                .Properties.Where(static property => property.SetMethod is not null)
                .Select(static property => new Slot(
                    property.Name,
                    property.PropertyType,
                    property.IsDefined(typeof(RequiredMemberAttribute)),
                    property
                )),
        ];

    private static bool IsNullable(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null;

    private static string Unknown(string key, Slot[] slots, string[] besides)
    {
        string[] known = [.. besides, .. slots.Select(static slot => slot.Key)];
        return $"'{key}' is not a known key here. "
            + (
                NameSuggestion.FindNearest(key, known) is { } near
                    ? $"Did you mean '{near}'?"
                    : $"Known: {string.Join(", ", known)}."
            );
    }

    private static string DescribeExpected(Type type) =>
        ScalarParser.CanParse(type)
            ? $"write {ScalarParser.DescribeExpected(type).ToLowerInvariant()}"
            : "write it here";

    /// <summary>Something that can be said about a record.</summary>
    private sealed record Slot(string Name, Type Type, bool IsRequired, PropertyInfo? Property)
    {
        /// <summary>As problems call it.</summary>
        public string Key => char.ToLowerInvariant(Name[0]) + Name[1..];
    }
}
