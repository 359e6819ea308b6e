using System.Diagnostics.CodeAnalysis;

namespace Tollgate.Accounting.Registry;

/// <summary>The public properties of a virtual key. The key itself is known only to its recipient.</summary>
public sealed record VirtualKey : VirtualKeyState
{
    /// <summary>Creates one from its properties.</summary>
    public VirtualKey() { }

    [SetsRequiredMembers]
    internal VirtualKey(string id, VirtualKeyState state)
        : base(state) => Id = id;

    /// <summary>The public id, under which usage is recorded.</summary>
    public required string Id { get; init; }

    /// <summary>True if it may call the model with this exact name.</summary>
    public bool Allows(string model) => AllowedModels is null || AllowedModels.Contains(model, StringComparer.Ordinal);

    /// <summary>Returns its status at a given time.</summary>
    public VirtualKeyStatus StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? VirtualKeyStatus.Revoked
        : ExpiresAt <= now ? VirtualKeyStatus.Expired
        : VirtualKeyStatus.Active;
}
