using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>One of a few named values.</summary>
/// <param name="name">Its name in the URL.</param>
/// <param name="defaultValue">The value if it is absent.</param>
/// <param name="description">Its meaning, for the documentation.</param>
/// <param name="choices">The names and their values.</param>
internal sealed class ChoiceParameter<T>(
    string name,
    T defaultValue,
    string description,
    params IReadOnlyList<(string Name, T Value)> choices
) : ApiParameter<T>(name, description)
{
    private readonly IReadOnlyList<string> _names = [.. choices.Select(static choice => choice.Name)];

    /// <inheritdoc/>
    public override ParameterSchema Schema =>
        new("string")
        {
            Values = _names,
            Default = choices
                .Where(choice => EqualityComparer<T>.Default.Equals(choice.Value, defaultValue))
                .Select(static choice => choice.Name)
                .FirstOrDefault(),
        };

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        if (query.GetSingle(Name, errors) is not { } text)
            return defaultValue;
        foreach (var choice in choices)
            if (choice.Name == text)
                return choice.Value;
        errors.Add(CreateError(text, $"one of {string.Join(", ", _names)}", _names));
        return defaultValue;
    }
}
