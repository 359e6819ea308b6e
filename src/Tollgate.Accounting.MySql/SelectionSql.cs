using MySql.Data.MySqlClient;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.MySql;

/// <summary>The statement for one page of a selection.</summary>
internal sealed class SelectionSql
{
    private readonly List<MySqlParameter> _parameters = [];

    public SelectionSql(UsageSelection selection, int limit)
    {
        var (comparison, direction) = selection.Order == UsageOrder.OldestFirst ? (">", "ASC") : ("<", "DESC");
        Text = $"SELECT {UsageColumns.List(UsageColumns.Usage)} FROM usage_records WHERE {string.Join(" AND ", Conditions(selection, comparison))} " +
            $"ORDER BY started_at {direction}, call_id {direction}, attempt {direction} LIMIT {Add(MySqlCommands.Number(limit))}";
    }

    public string Text { get; }

    public MySqlParameter[] Parameters => [.. _parameters];

    private IEnumerable<string> Conditions(UsageSelection selection, string comparison)
    {
        yield return "true";
        if (selection.Period.From is { } from) yield return $"started_at >= {Add(MySqlCommands.Time(from))}";
        if (selection.Period.To is { } to) yield return $"started_at < {Add(MySqlCommands.Time(to))}";
        // As a comparison of rows, which the index answers by one descent.
        if (selection.After is { } after)
            yield return $"(started_at, call_id, attempt) {comparison} ({Add(MySqlCommands.Time(after.StartedAt))}, {Add(MySqlCommands.Id(after.Id.Call))}, {Add(MySqlCommands.Number(after.Id.Attempt))})";
        foreach (var condition in selection.Where) yield return UsageConditions.Of(condition, Add);
    }

    private string Add(MySqlParameter parameter)
    {
        _parameters.Add(parameter);
        return $"@p{_parameters.Count}";
    }
}
