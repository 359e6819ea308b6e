using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>True or false.</summary>
internal sealed class BooleanParameter(string name, bool defaultValue, string description)
    : ApiParameter<bool>(name, description)
{
    /// <inheritdoc/>
    public override ParameterSchema Schema => new("boolean") { Default = defaultValue ? "true" : "false" };

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        if (query.GetSingle(Name, errors) is not { } text)
            return defaultValue;
        if (text is "true" or "false")
            return text == "true";
        errors.Add(CreateError(text, "true or false", ["true", "false"]));
        return defaultValue;
    }
}
