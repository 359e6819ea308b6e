using System.Text.Json;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>One value of an enumeration by its name in lower case with underscores; null if it is absent.</summary>
internal sealed class NameParameter<T>(string name, string description) : ApiParameter<T?>(name, description)
    where T : struct, Enum
{
    /// <summary>The names.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        .. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
    ];

    /// <inheritdoc/>
    public override ParameterSchema Schema => new("string") { Values = Names };

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        if (query.GetSingle(Name, errors) is not { } text)
            return null;
        if (Find(text) is { } value)
            return value;
        errors.Add(CreateError(text, $"one of {string.Join(", ", Names)}", Names));
        return null;
    }

    /// <summary>Returns the value with a name; null if there is none.</summary>
    public static T? Find(string text)
    {
        for (var index = 0; index < Names.Count; index++)
            if (Names[index] == text)
                return Enum.GetValues<T>()[index];
        return null;
    }
}
