using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// A virtual key as stored in its entry, whose name is the id of the key. The key itself is not stored, only its
/// SHA-256.
/// </summary>
internal sealed record StoredKey : VirtualKeyState
{
    [JsonConstructor]
    public StoredKey() { }

    /// <summary>Creates a key from what was requested; the rest must still be set.</summary>
    [SetsRequiredMembers]
    public StoredKey(VirtualKeyProperties properties)
        : base(properties) => Hash = "";

    /// <summary>64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>Replaced secrets that still work for a while.</summary>
    public IReadOnlyList<PreviousSecret>? Previous { get; init; }

    /// <summary>Reads <see cref="Previous"/> as stored by earlier versions; never written.</summary>
    public IReadOnlyList<PreviousSecret>? Former
    {
        get => null;
        init => Previous ??= value;
    }

    public VirtualKey ToKey(string id) => new(id, this);
}

/// <summary>A secret that was replaced.</summary>
/// <param name="Hash">64 hexadecimal digits.</param>
/// <param name="Until">The first time at which it no longer works.</param>
internal sealed record PreviousSecret(string Hash, DateTimeOffset Until);
