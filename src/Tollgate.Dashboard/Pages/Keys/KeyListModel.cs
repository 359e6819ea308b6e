using Tollgate.Dashboard.Layout;
using Tollgate.Operations.Keys;

namespace Tollgate.Dashboard.Pages.Keys;

/// <summary>The page with the virtual keys.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Keys">The keys within the person's reach, newest first.</param>
public sealed record KeyListModel(FrameModel Frame, IReadOnlyList<KeyRow> Keys)
{
    /// <summary>The number of keys that are not shown, because they are revoked or expired.</summary>
    public int HiddenCount { get; init; }

    /// <summary>True if the person may create keys, and change them.</summary>
    public bool MayWrite { get; init; }

    /// <summary>A key that was just created or replaced, which is shown once; null if there is none.</summary>
    public IssuedKey? Issued { get; init; }

    /// <summary>The address of the gateway for clients.</summary>
    public string Address { get; init; } = "";

    /// <summary>The error of the form; null if there is none.</summary>
    public string? Problem { get; init; }

    /// <summary>The values of the form as entered.</summary>
    public NewKeyForm Form { get; init; } = new();

    /// <summary>The time at which the page was created.</summary>
    public DateTimeOffset Now { get; init; }
}
