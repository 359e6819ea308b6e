using Tollgate.Accounting.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Operations;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>
/// Conditions on records: <c>filter[model][in]=gpt-4o,gpt-4o-mini</c>. <c>filter[model]=x</c> is <c>eq</c>. Several
/// values are separated by commas, or sent as repeated parameters, whose values may then contain commas.
/// </summary>
internal sealed class FilterParameter()
    : ApiParameter<IReadOnlyList<UsageFilter>>(
        "filter[field][operator]",
        "A condition on records. Fields: "
            + string.Join(", ", UsageFilterParser.Fields)
            + ". Operators: eq, in, not_in, contains, gte, lte. An empty value means that there is none."
    )
{
    private const string Prefix = "filter[";

    /// <inheritdoc/>
    public override ParameterSchema Schema => new("string");

    /// <inheritdoc/>
    public override bool Matches(string name) => TrySplit(name, out _, out _);

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        var filters = new List<UsageFilter>();
        foreach (var name in query.Names)
        {
            if (!TrySplit(name, out var field, out var comparison))
                continue;
            try
            {
                filters.Add(UsageFilterParser.Parse(field, comparison, ReadValues(query, name, comparison)));
            }
            catch (OperationException exception)
            {
                errors.Add(
                    new ProblemError
                    {
                        Parameter = name,
                        Code = "invalid_value",
                        Message = exception.Message,
                    }
                );
            }
        }

        return filters;
    }

    private static IReadOnlyList<string> ReadValues(QueryParameters query, string name, string comparison)
    {
        var values = query.GetAll(name);
        return comparison is "in" or "not_in" && values.Count == 1
            ? (values[0] ?? "").Split(',')
            : [.. values.Select(static value => value ?? "")];
    }

    /// <summary>Splits <c>filter[field][operator]</c>, or <c>filter[field]</c>.</summary>
    private static bool TrySplit(string name, out string field, out string comparison)
    {
        (field, comparison) = ("", "eq");
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(']'))
            return false;
        var parts = name[Prefix.Length..^1].Split("][");
        field = parts[0];
        if (parts.Length == 2)
            comparison = parts[1];
        return parts.Length <= 2 && field.Length > 0;
    }
}
