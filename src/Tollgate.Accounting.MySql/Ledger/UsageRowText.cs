using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>Writes records in the order of <see cref="UsageColumnSql.Usage"/>.</summary>
internal static class UsageRowText
{
    public static void Add(this ValuesBuilder row, UsageRecord record)
    {
        var caller = record.Attribution;
        row.Add(record.Id.Call)
            .Add(record.Id.Attempt)
            .Add(record.StartedAt.ToMicros())
            .AddAll(record.Provider, record.Model, record.ModelGroup, record.Deployment, record.Operation)
            .Add(record.Streamed ? 1 : 0)
            .Add((int)record.ServiceTier)
            .AddAll(
                caller.KeyId,
                caller.User,
                caller.Project,
                caller.Session,
                caller.Application,
                caller.EndUser,
                caller.Tags
            )
            .Add(record.Usage)
            .Add(record.Duration.ToMicros())
            .Add(record.TimeToFirstToken?.ToMicros())
            .Add(record.ResponseModel)
            .Add((int)record.UsageSource)
            .Add(record.Local.Input)
            .Add(record.Local.Output)
            .Add(record.Local.Total)
            .Add(record.Cost?.Usd)
            .Add(record.CostSource)
            .Add((int)record.Outcome)
            .Add(record.StatusCode)
            .AddAll(record.ErrorType, record.ResponseId);
        if (record.Corrects is { } corrected)
            row.Add(corrected.Call).Add(corrected.Attempt);
        else
            row.AddNull().AddNull();
    }
}
