namespace Tollgate.Accounting.Stores;

/// <summary>A version of a store's schema.</summary>
/// <param name="Current">What the database has; 0 where it is empty.</param>
/// <param name="Known">What this version of the program knows.</param>
public readonly record struct SchemaVersion(int Current, int Known)
{
    /// <summary>Whether the database is of the version that is known.</summary>
    public bool IsCurrent => Current == Known;
}
