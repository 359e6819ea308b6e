using Npgsql;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>The statement for one page of a selection.</summary>
internal sealed class SelectionSql
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public SelectionSql(UsageSelection selection, int limit)
    {
        var (comparison, direction) = selection.Order == UsageOrder.OldestFirst ? (">", "ASC") : ("<", "DESC");
        Text = $"SELECT {UsageColumns.List(UsageColumns.Usage)} FROM usage WHERE {string.Join(" AND ", Conditions(selection, comparison))} " +
            $"ORDER BY started_at {direction}, call_id {direction}, attempt {direction} LIMIT {Add(PostgreSqlCommands.Number(limit))}";
    }

    public string Text { get; }

    public NpgsqlParameter[] Parameters => [.. _parameters];

    private IEnumerable<string> Conditions(UsageSelection selection, string comparison)
    {
        yield return "true";
        if (selection.Period.From is { } from) yield return $"started_at >= {Add(PostgreSqlCommands.Time(from))}";
        if (selection.Period.To is { } to) yield return $"started_at < {Add(PostgreSqlCommands.Time(to))}";
        // As a comparison of rows, which the index answers by one descent.
        if (selection.After is { } after)
            yield return $"(started_at, call_id, attempt) {comparison} ({Place(after)})";
        foreach (var condition in selection.Where) yield return UsageConditions.Of(condition, Add);
    }

    private string Place(UsagePosition after)
    {
        var (time, id) = (Add(PostgreSqlCommands.Time(after.StartedAt)), Add(PostgreSqlCommands.Id(after.Id.Call)));
        return $"{time}, {id}, {Add(PostgreSqlCommands.Number(after.Id.Attempt))}::int";
    }

    private string Add(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return $"${_parameters.Count}";
    }
}
