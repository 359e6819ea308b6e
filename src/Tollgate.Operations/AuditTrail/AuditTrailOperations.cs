using System.Text.Json;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.AuditTrail;

/// <summary>A change and who made it, with the state before and after as JSON.</summary>
/// <param name="Id">The identity (UUIDv7).</param>
/// <param name="Time">When it was made.</param>
/// <param name="Actor">The actor.</param>
/// <param name="Action">The action, such as <c>key.create</c>.</param>
/// <param name="Target">The id or name of what it was done to.</param>
/// <param name="Before">The target before; null if it did not exist or has no such state.</param>
/// <param name="After">The target after; null if it no longer exists.</param>
public sealed record RecordedChange(
    Guid Id,
    DateTimeOffset Time,
    Actor Actor,
    string Action,
    string Target,
    JsonElement? Before,
    JsonElement? After
);

/// <summary>Reads the audit trail.</summary>
/// <param name="workspace">The ledger whose database holds it.</param>
public sealed class AuditTrailOperations(Workspace workspace)
{
    /// <summary>Returns the selected changes, newest first.</summary>
    public async Task<IReadOnlyList<RecordedChange>> ListAsync(
        AuditTrailSelection selection,
        CancellationToken cancellationToken
    )
    {
        var store = workspace.Options.Ledger.OpenAuditTrail();
        await store.MigrateAsync(cancellationToken);
        return [.. (await store.ReadAsync(selection, cancellationToken)).Select(Create)];
    }

    /// <summary>Records a change that was made outside the use cases, such as to an account.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="action">A noun, a period and a verb, such as <c>account.create</c>.</param>
    /// <param name="target">The id or name of what was changed.</param>
    /// <param name="before">Its state before, as JSON without secrets; null if it did not exist.</param>
    /// <param name="after">Its state after, as JSON without secrets; null if it no longer exists.</param>
    public Task RecordAsync(Actor actor, string action, string target, string? before, string? after) =>
        workspace.AuditTrail.WriteAsync(actor, new AuditedChange(action, target, before, after));

    private static RecordedChange Create(AuditTrailEntry entry) =>
        new(entry.Id, entry.Time, entry.Actor, entry.Action, entry.Target, Parse(entry.Before), Parse(entry.After));

    private static JsonElement? Parse(string? state)
    {
        if (state is null)
            return null;
        using var json = JsonDocument.Parse(state);
        return json.RootElement.Clone();
    }
}
