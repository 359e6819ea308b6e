using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tollgate.Operations.Workspaces;

/// <summary>A change by an operation, for the audit trail.</summary>
/// <param name="Action">A noun, a period and a verb, such as <c>key.create</c>.</param>
/// <param name="Target">The id or name of what was changed.</param>
/// <param name="Before">Its state before, as JSON; null if it did not exist.</param>
/// <param name="After">Its state after, as JSON; null if it no longer exists.</param>
internal sealed record AuditedChange(string Action, string Target, string? Before = null, string? After = null)
{
    /// <summary>Creates a change from records.</summary>
    public static AuditedChange Create<T>(string action, string target, T? before, T? after, JsonTypeInfo<T> type)
        where T : class =>
        new(
            action,
            target,
            before is null ? null : JsonSerializer.Serialize(before, type),
            after is null ? null : JsonSerializer.Serialize(after, type)
        );
}
