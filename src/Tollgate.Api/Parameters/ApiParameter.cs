using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>A parameter of a route, declared once: it is read, refused, and documented by this declaration.</summary>
/// <param name="name">Its name in the URL.</param>
/// <param name="description">Its meaning, for the documentation.</param>
internal abstract class ApiParameter(string name, string description)
{
    /// <summary>Its name in the URL.</summary>
    public string Name { get; } = name;

    /// <summary>Its meaning, for the documentation.</summary>
    public string Description { get; } = description;

    /// <summary>Its type and range, for the documentation.</summary>
    public abstract ParameterSchema Schema { get; }

    /// <summary>True if the name of a parameter in a URL is this one's.</summary>
    public virtual bool Matches(string name) => name == Name;

    /// <summary>Reads its value from the URL; adds to the errors if it is not valid.</summary>
    /// <param name="query">The parameters of the URL.</param>
    /// <param name="errors">The errors of the request.</param>
    public abstract object? Read(QueryParameters query, List<ProblemError> errors);

    /// <summary>Creates the error of a value that is not valid.</summary>
    protected ProblemError CreateError(string value, string expected, IReadOnlyList<string>? allowed = null) =>
        new()
        {
            Parameter = Name,
            Code = "invalid_value",
            Message = $"{Name} must be {expected}, not '{Shorten(value)}'.",
            Allowed = allowed,
        };

    private static string Shorten(string value) => value.Length <= 100 ? value : value[..100] + "…";
}

/// <summary>A parameter with values of one type.</summary>
/// <param name="name">Its name in the URL.</param>
/// <param name="description">Its meaning, for the documentation.</param>
internal abstract class ApiParameter<T>(string name, string description) : ApiParameter(name, description);
