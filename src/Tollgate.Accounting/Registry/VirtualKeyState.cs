using System.Diagnostics.CodeAnalysis;

namespace Tollgate.Accounting.Registry;

/// <summary>The properties of a virtual key that exists.</summary>
public abstract record VirtualKeyState : VirtualKeyProperties
{
    private protected VirtualKeyState() { }

    [SetsRequiredMembers]
    private protected VirtualKeyState(VirtualKeyProperties properties)
        : base(properties) => Prefix = "";

    /// <summary>The first characters of the key, by which its owner recognizes it.</summary>
    public required string Prefix { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When its secret was last replaced; null if it never was.</summary>
    public DateTimeOffset? RotatedAt { get; init; }
}
