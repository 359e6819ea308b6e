using System.Globalization;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>A whole number in a range, null if it is absent.</summary>
internal sealed class OptionalIntegerParameter(string name, int min, int max, string description)
    : ApiParameter<int?>(name, description)
{
    /// <summary>True if it must be present.</summary>
    public bool IsRequired { get; init; }

    /// <inheritdoc/>
    public override ParameterSchema Schema =>
        new("integer")
        {
            Min = min,
            Max = max,
            IsRequired = IsRequired,
        };

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        if (query.GetSingle(Name, errors) is not { } text)
        {
            if (IsRequired)
                errors.Add(
                    new ProblemError
                    {
                        Parameter = Name,
                        Code = "missing",
                        Message = $"{Name} is missing. {Description}",
                    }
                );
            return null;
        }

        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= min
            && value <= max
        )
            return value;
        errors.Add(CreateError(text, $"a whole number from {min} to {max}"));
        return null;
    }
}
