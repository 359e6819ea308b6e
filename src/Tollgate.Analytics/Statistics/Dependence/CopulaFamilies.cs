namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>The copulas by name, for readers of configuration and requests.</summary>
public static class CopulaFamilies
{
    /// <summary>The names of all families.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["gaussian", "clayton", "gumbel"];

    /// <summary>
    /// Creates the copula of a family with its one parameter: the correlation of the Gaussian, theta of the others.
    /// </summary>
    /// <exception cref="InvalidInputException">The family is unknown or the parameter is invalid.</exception>
    public static Copula Create(string family, double parameter)
    {
        Copula copula = family.ToLowerInvariant() switch
        {
            "gaussian" => new GaussianCopula(parameter),
            "clayton" => new ClaytonCopula(parameter),
            "gumbel" => new GumbelCopula(parameter),
            _ => throw new InvalidInputException(
                "family",
                $"'{family}' is unknown: it must be one of {string.Join(", ", Names)}"
            ),
        };
        var check = new InputValidator();
        copula.Check(check);
        check.ThrowIfAny();
        return copula;
    }
}
