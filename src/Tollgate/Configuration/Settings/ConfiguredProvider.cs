using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;

namespace Tollgate.Configuration.Settings;

/// <summary>A provider that is known or that the file declares.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Template">A deployment without a model; null if it is not configured.</param>
/// <param name="Reason">Why it is not configured; null if it is.</param>
internal sealed record ConfiguredProvider(string Id, Deployment? Template, string? Reason)
{
    /// <summary>True if the file declares it.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>The dialect that it speaks.</summary>
    public required WireDialect Dialect { get; init; }

    /// <summary>Its address; null if it has none yet.</summary>
    public required Uri? Address { get; init; }

    /// <summary>The variables that may hold its key.</summary>
    public required IReadOnlyList<string> KeyVariables { get; init; }
}
