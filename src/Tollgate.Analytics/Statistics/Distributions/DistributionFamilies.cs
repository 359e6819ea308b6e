namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The families by name, for readers of configuration and requests.</summary>
public static class DistributionFamilies
{
    private static readonly Dictionary<string, (string[] Parameters, Func<double[], Distribution> Make)> Known = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["lognormal"] = (["mu", "sigma"], values => new Lognormal(values[0], values[1])),
        ["gamma"] = (["shape", "scale"], values => new GammaDistribution(values[0], values[1])),
        ["weibull"] = (["shape", "scale"], values => new Weibull(values[0], values[1])),
        ["pareto"] = (["shape", "scale"], values => new Pareto(values[0], values[1])),
        ["burr-xii"] = (["c", "d", "scale"], values => new BurrXII(values[0], values[1], values[2])),
        ["beta"] = (["a", "b"], values => new BetaDistribution(values[0], values[1])),
        ["exponential"] = (["scale"], values => new Exponential(values[0])),
        ["normal"] = (["mu", "sigma"], values => new Normal(values[0], values[1])),
        ["truncated-normal"] = (["mu", "sigma"], values => new TruncatedNormal(values[0], values[1])),
        ["constant"] = (["value"], values => new Constant(values[0])),
    };

    /// <summary>The names of all families.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The names of a family's parameters, in the order of its record.</summary>
    /// <exception cref="InvalidInputException">No family has that name.</exception>
    public static IReadOnlyList<string> GetParameterNames(string family) => Find(family).Parameters;

    /// <summary>The parameters of a distribution by name, in the order of its record.</summary>
    public static IReadOnlyDictionary<string, double> GetParameters(Distribution distribution)
    {
        double[] values = distribution switch
        {
            Lognormal known => [known.Mu, known.Sigma],
            GammaDistribution known => [known.Shape, known.Scale],
            Weibull known => [known.Shape, known.Scale],
            Pareto known => [known.Shape, known.Scale],
            BurrXII known => [known.C, known.D, known.Scale],
            BetaDistribution known => [known.A, known.B],
            Exponential known => [known.Scale],
            Normal known => [known.Mu, known.Sigma],
            TruncatedNormal known => [known.Mu, known.Sigma],
            Constant known => [known.Value],
            _ => throw new InvalidInputException("distribution", $"'{distribution.Family}' has no named parameters"),
        };
        var parameters = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in GetParameterNames(distribution.Family).Zip(values))
            parameters.Add(name, value);
        return parameters;
    }

    /// <summary>Creates a distribution of the family with the parameters by name.</summary>
    /// <exception cref="InvalidInputException">
    /// The family is unknown, or a parameter is missing, unknown or invalid.
    /// </exception>
    public static Distribution Create(string family, IReadOnlyDictionary<string, double> parameters)
    {
        var (names, make) = Find(family);
        var check = new InputValidator();
        foreach (var given in parameters.Keys)
            check.Require(
                names.Contains(given),
                given,
                $"is not a parameter of {family}, which has {string.Join(", ", names)}"
            );
        foreach (var name in names)
            check.Require(parameters.ContainsKey(name), name, $"is missing: {family} requires it");
        check.ThrowIfAny();
        var made = make([.. names.Select(name => parameters[name])]);
        made.Check(check);
        check.ThrowIfAny();
        return made;
    }

    private static (string[] Parameters, Func<double[], Distribution> Make) Find(string family) =>
        Known.TryGetValue(family, out var found)
            ? found
            : throw new InvalidInputException(
                "family",
                $"'{family}' is unknown: it must be one of {string.Join(", ", Known.Keys)}"
            );
}
