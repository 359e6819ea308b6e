using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>
/// Any number of a scenario by its path, such as <c>workload.users</c>, <c>workload.inputTokens.sigma</c> or
/// <c>plans[team].fee</c>: the same paths as in a scenario's problems. An element of a list is identified by its index
/// from 0, or by its name or model.
/// </summary>
public static class ScenarioParameter
{
    /// <summary>The number at a path.</summary>
    /// <exception cref="InvalidInputException">The number does not exist.</exception>
    public static double Get(Scenario scenario, string path)
    {
        object? at = scenario;
        foreach (var step in Steps(path))
            at = Child(at, step, path).Value;
        return IsNumber(at) ? Convert.ToDouble(at, CultureInfo.InvariantCulture) : throw CreateException(path);
    }

    /// <summary>
    /// The same scenario with a different number at a path. The number is validated when the scenario is run.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The number does not exist, or it is an integer and the value is not.
    /// </exception>
    public static Scenario With(Scenario scenario, string path, double value) =>
        (Scenario)Changed(scenario, [.. Steps(path)], value, path);

    /// <summary>The paths of all numbers that the scenario's workload and plans contain.</summary>
    public static IReadOnlyList<string> Paths(Scenario scenario)
    {
        var paths = new List<string>();
        Collect(scenario.Workload, "workload", paths);
        foreach (var plan in scenario.Plans)
            Collect(plan, $"plans[{plan.Name}]", paths);
        return paths;
    }

    private static object Changed(object at, string[] steps, double value, string path)
    {
        if (steps.Length == 0)
            return Converted(at, value, path);
        var (child, property, place) = Child(at, steps[0], path);
        if (child is null)
            throw CreateException(path);
        var changed = Changed(child, steps[1..], value, path);
        if (property is null)
        {
            var list = (IList)at;
            var copy = ScenarioModel.CreateArray(
                at.GetType().IsArray ? at.GetType().GetElementType()! : at.GetType().GetGenericArguments()[0],
                list.Count
            );
            list.CopyTo(copy, 0);
            copy.SetValue(changed, place);
            return copy;
        }
        var clone = ScenarioModel.Find(at.GetType())?.Clone(at) ?? throw CreateException(path);
        if (property.SetMethod is null)
            throw CreateException(path);
        property.SetValue(clone, changed);
        return clone;
    }

    private static (object? Value, PropertyInfo? Property, int Place) Child(object? at, string step, string path)
    {
        if (at is IList list)
        {
            var place =
                int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number < list.Count
                    ? number
                    : list.Cast<object>().ToList().FindIndex(item => GetName(item) == step);
            return place >= 0 ? (list[place], null, place) : throw CreateException(path);
        }
        var property = at is null ? null : ScenarioModel.Find(at.GetType())?.Find(step);
        return property is null ? throw CreateException(path) : (property.GetValue(at), property, 0);
    }

    private static string? GetName(object item) =>
        ScenarioModel.Find(item.GetType()) is { } record
            ? (record.Find("Name") ?? record.Find("Model"))?.GetValue(item) as string
            : null;

    private static object Converted(object at, double value, string path) =>
        at switch
        {
            double => value,
            decimal when Math.Abs(value) < 1e20 => (decimal)value,
            int when value == Math.Truncate(value) && Math.Abs(value) <= int.MaxValue => (int)value,
            int => throw new InvalidInputException(path, InputValidator.FormatRule(value, "must be a whole number")),
            _ => throw CreateException(path),
        };

    private static bool IsNumber(object? value) => value is double or decimal or int;

    private static void Collect(object? at, string path, List<string> paths)
    {
        if (at is null or string or Enum || paths.Count > 10_000)
            return;
        if (IsNumber(at))
            paths.Add(path);
        else if (at is double[])
            return;
        else if (at is IList list)
            for (var i = 0; i < list.Count; i++)
                Collect(list[i], $"{path}[{GetName(list[i]!) ?? i.ToString(CultureInfo.InvariantCulture)}]", paths);
        else
            foreach (var property in ScenarioModel.Find(at.GetType())?.Properties ?? [])
                if (property.SetMethod is not null)
                    Collect(
                        property.GetValue(at),
                        $"{path}.{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}",
                        paths
                    );
    }

    private static string[] Steps(string path) => path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);

    private static InvalidInputException CreateException(string path) =>
        new(
            "parameter",
            $"'{path}' is not a number of the scenario: it must be a path such as workload.volume or plans[NAME].fee"
        );
}
