using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>The parameters of a request's URL.</summary>
/// <param name="query">The parameters as ASP.NET Core has parsed them.</param>
internal sealed class QueryParameters(IQueryCollection query)
{
    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => query.Keys;

    /// <summary>Returns all values of a name; empty if it is absent.</summary>
    public StringValues GetAll(string name) => query[name];

    /// <summary>Returns the value of a name; null if it is absent or empty. Adds an error if it occurs twice.</summary>
    public string? GetSingle(string name, List<ProblemError> errors)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            errors.Add(
                new ProblemError
                {
                    Parameter = name,
                    Code = "repeated",
                    Message = $"{name} occurs {values.Count} times. Send it once.",
                }
            );
        }

        return values.Count == 1 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
    }

    /// <summary>Adds an error for each name that no declared parameter has.</summary>
    public void RefuseUnknown(IReadOnlyList<ApiParameter> declared, List<ProblemError> errors)
    {
        foreach (var name in query.Keys)
        {
            if (declared.Any(parameter => parameter.Matches(name)))
                continue;
            IReadOnlyList<string> allowed = [.. declared.Select(static parameter => parameter.Name)];
            var nearest = NearestName.Find(name, allowed);
            var hint = (nearest, allowed.Count) switch
            {
                ({ } near, _) => $" Did you mean {near}?",
                (null, 0) => " This route has no parameters.",
                _ => $" This route has {string.Join(", ", allowed)}.",
            };
            errors.Add(
                new ProblemError
                {
                    Parameter = name,
                    Code = "unknown_parameter",
                    Message = $"There is no parameter '{name}'.{hint}",
                    Allowed = allowed,
                }
            );
        }
    }
}
