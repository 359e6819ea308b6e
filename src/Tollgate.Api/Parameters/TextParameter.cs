using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>A text, null if it is absent.</summary>
internal sealed class TextParameter(string name, string description) : ApiParameter<string?>(name, description)
{
    private const int MaxLength = 256;

    /// <summary>True if it must be present.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The maximum number of characters.</summary>
    public int Max { get; init; } = MaxLength;

    /// <inheritdoc/>
    public override ParameterSchema Schema => new("string") { IsRequired = IsRequired };

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        var text = query.GetSingle(Name, errors);
        if (text is null && IsRequired)
        {
            errors.Add(
                new ProblemError
                {
                    Parameter = Name,
                    Code = "missing",
                    Message = $"{Name} is missing. {Description}",
                }
            );
        }

        if (text is not null && (text.Length > Max || text.Contains('\0')))
            errors.Add(CreateError(text, $"a text of at most {Max} characters without U+0000"));
        return text;
    }
}
