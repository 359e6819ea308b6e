using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>Several values of an enumeration, separated by commas.</summary>
internal sealed class ListParameter<T>(string name, IReadOnlyList<T> defaultValue, string description)
    : ApiParameter<IReadOnlyList<T>>(name, $"{description} Values: {string.Join(", ", NameParameter<T>.Names)}.")
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override ParameterSchema Schema => new("string");

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        if (query.GetSingle(Name, errors) is not { } text)
            return defaultValue;
        var values = new List<T>();
        foreach (var part in text.Split(','))
        {
            if (NameParameter<T>.Find(part.Trim()) is { } value)
                values.Add(value);
            else
                errors.Add(
                    CreateError(
                        part,
                        $"a list of {string.Join(", ", NameParameter<T>.Names)}, separated by commas",
                        NameParameter<T>.Names
                    )
                );
        }

        return values;
    }
}
