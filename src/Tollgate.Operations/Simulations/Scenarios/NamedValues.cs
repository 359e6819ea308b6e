using Tollgate.Analytics;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Yaml;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>
/// Reads values whose kind is given by a name: distributions and copulas by family, plans by kind, rates by model.
/// </summary>
internal sealed class NamedValues(ValueReader values, ModelRates rates)
{
    private readonly RecordReader _records = new(values);

    /// <summary>
    /// A number is a constant; otherwise a family with its parameters. A lognormal also accepts mean and cv.
    /// </summary>
    public object? Distribution(YamlValue value, string path)
    {
        if (value is YamlScalar)
            return Number(value, path) is { } number ? new Constant(number) : null;
        if (Parts(value, path, "family", DistributionFamilies.Names) is not var (family, parts))
            return null;
        if (parts is null)
            return null;
        if (family.Equals("lognormal", StringComparison.OrdinalIgnoreCase) && parts.ContainsKey("mean"))
            return LognormalFromMean(parts, value, path);
        return Try(value, path, () => DistributionFamilies.Create(family, parts));
    }

    public object? Copula(YamlValue value, string path)
    {
        if (Parts(value, path, "family", CopulaFamilies.Names) is not var (family, parts))
            return null;
        var name = family.Equals("gaussian", StringComparison.OrdinalIgnoreCase) ? "correlation" : "theta";
        if (parts is null)
            return null;
        return parts.Count == 1 && parts.TryGetValue(name, out var parameter)
            ? Try(value, path, () => CopulaFamilies.Create(family, parameter))
            : values.Fail(value.Position, path, $"The copula '{family}' has one parameter: {name}.");
    }

    /// <summary>A model name, a name and tier, or the rates themselves.</summary>
    public object? Rates(YamlValue value, string path)
    {
        if (value is YamlScalar { IsNull: false } scalar)
            return ByName(scalar.Text, ServiceTier.Standard, value, path);
        if (values.AsMap(value, path) is not { } map)
            return null;
        if (map.Find("model") is not YamlScalar model)
            return _records.Read(typeof(TokenRates), map, path, null, "model", "tier");
        var tier = map.Find("tier") is { } given
            ? values.Read(typeof(ServiceTier), given, $"{path}.tier")
            : ServiceTier.Standard;
        foreach (var pair in map.Pairs.Where(static pair => pair.Key is not ("model" or "tier")))
            values.Fail(
                pair.Position,
                $"{path}.{pair.Key}",
                $"'{pair.Key}' cannot be combined with 'model', whose rates come from the price book. "
                    + "Write one of them."
            );
        return tier is null ? null : ByName(model.Text, (ServiceTier)tier, model, path);
    }

    public object? Plan(YamlValue value, string path)
    {
        if (values.AsMap(value, path) is not { } map)
            return null;
        if (map.Find("kind") is not YamlScalar { IsNull: false } kind)
            return values.Fail(
                map.Position,
                $"{path}.kind",
                $"'kind' is missing: it must be one of {string.Join(", ", PlanKinds.Names)}."
            );
        return PlanKinds.Names.Contains(kind.Text, StringComparer.OrdinalIgnoreCase)
            ? _records.Read(PlanKinds.GetPlanType(kind.Text), map, path, null, "kind")
            : values.Fail(
                kind.Position,
                $"{path}.kind",
                $"'{kind.Text}' is unknown: it must be one of {string.Join(", ", PlanKinds.Names)}."
            );
    }

    private object? ByName(string name, ServiceTier tier, YamlValue value, string path)
    {
        try
        {
            return rates.Find(name, tier);
        }
        catch (FormatException exception)
        {
            return values.Fail(value.Position, path, exception.Message);
        }
    }

    private object? LognormalFromMean(Dictionary<string, double> parts, YamlValue value, string path)
    {
        if (parts.Count != 2 || !parts.TryGetValue("cv", out var cv))
            return values.Fail(value.Position, path, "A lognormal needs mu and sigma, or mean and cv.");
        if (!(parts["mean"] > 0))
            return values.Fail(
                value.Position,
                $"{path}.mean",
                FormattableString.Invariant($"The mean must be above 0, but is {parts["mean"]}.")
            );
        return cv > 0
            ? Lognormal.FromMean(parts["mean"], cv)
            : values.Fail(
                value.Position,
                $"{path}.cv",
                FormattableString.Invariant($"The cv, standard deviation over mean, must be above 0, but is {cv}.")
            );
    }

    /// <summary>Reads the name and its numeric parameters.</summary>
    private (string Name, Dictionary<string, double>? Parts)? Parts(
        YamlValue value,
        string path,
        string key,
        IReadOnlyCollection<string> names
    )
    {
        if (values.AsMap(value, path) is not { } map)
            return null;
        if (map.Find(key) is not YamlScalar { IsNull: false } name)
        {
            values.Fail(
                map.Position,
                $"{path}.{key}",
                $"'{key}' is missing: it must be one of {string.Join(", ", names)}."
            );
            return null;
        }

        if (!names.Contains(name.Text, StringComparer.OrdinalIgnoreCase))
        {
            values.Fail(
                name.Position,
                $"{path}.{key}",
                $"'{name.Text}' is unknown: it must be one of {string.Join(", ", names)}."
            );
            return null;
        }

        var parts = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var whole = true;
        foreach (var pair in map.Pairs.Where(pair => pair.Key != key))
        {
            if (Number(pair.Value, $"{path}.{pair.Key}") is { } number)
                parts[pair.Key] = number;
            else
                whole = false;
        }

        return (name.Text, whole ? parts : null);
    }

    private double? Number(YamlValue value, string path) => (double?)values.Read(typeof(double), value, path);

    private object? Try(YamlValue value, string path, Func<object> make)
    {
        try
        {
            return make();
        }
        catch (InvalidInputException refused)
        {
            foreach (var problem in refused.Problems)
                values.Fail(value.Position, $"{path}.{problem.Field}", $"'{problem.Field}' {problem.Reason}.");
            return null;
        }
    }
}
