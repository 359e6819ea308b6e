using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>
/// Several texts: the parameter is repeated, with or without <c>[]</c> after its name, as OpenAI's clients send it.
/// </summary>
internal sealed class RepeatedParameter(string name, string description)
    : ApiParameter<IReadOnlyList<string>>(name, description + " Repeat it for several.")
{
    private const int MaxCount = 100,
        MaxLength = 256;

    /// <summary>The allowed values; null for any.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <inheritdoc/>
    public override ParameterSchema Schema => new("string") { Values = Allowed };

    /// <inheritdoc/>
    public override bool Matches(string name) => name == Name || name == Name + "[]";

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        IReadOnlyList<string> values =
        [
            .. query
                .GetAll(Name)
                .Concat(query.GetAll(Name + "[]"))
                .OfType<string>()
                .Where(static value => value.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
        if (values.Count > MaxCount)
            errors.Add(CreateError($"{values.Count} values", $"repeated at most {MaxCount} times"));
        foreach (var value in values)
        {
            if (Allowed is not null && !Allowed.Contains(value, StringComparer.Ordinal))
                errors.Add(CreateError(value, $"one of {string.Join(", ", Allowed)}", Allowed));
            else if (value.Length > MaxLength || value.Contains('\0'))
                errors.Add(CreateError(value, $"a text of at most {MaxLength} characters without U+0000"));
        }

        return values;
    }
}
