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
