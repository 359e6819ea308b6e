namespace Tollgate.Accounting.Stores;

/// <summary>A version of a store's schema.</summary>
/// <param name="Current">The version of the database; 0 if it is empty.</param>
/// <param name="Known">The version that this program supports.</param>
public readonly record struct SchemaVersion(int Current, int Known)
{
    /// <summary>True if both versions are the same.</summary>
    public bool IsCurrent => Current == Known;
}
