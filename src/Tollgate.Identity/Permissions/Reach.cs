namespace Tollgate.Identity.Permissions;

/// <summary>The data on which a caller's permissions hold. The rest does not exist for the caller.</summary>
public abstract record Reach
{
    private Reach() { }

    /// <summary>All data.</summary>
    public sealed record Everything : Reach;

    /// <summary>The keys, users, limits and calls of some teams.</summary>
    /// <param name="Names">The names of the teams; if it is empty, nothing is in reach.</param>
    public sealed record Teams(IReadOnlyList<string> Names) : Reach
    {
        /// <summary>True if both have the same names in the same order.</summary>
        public bool Equals(Teams? other) => other is not null && Names.SequenceEqual(other.Names);

        /// <inheritdoc/>
        public override int GetHashCode() => Names.Count == 0 ? 0 : HashCode.Combine(Names.Count, Names[0]);
    }

    /// <summary>The keys, limits and calls of one user.</summary>
    /// <param name="User">The user in the ledger.</param>
    public sealed record Own(string User) : Reach;

    /// <summary>The limits and calls of one virtual key.</summary>
    /// <param name="Id">The id of the key.</param>
    public sealed record Key(string Id) : Reach;

    /// <summary>Nothing.</summary>
    public sealed record None : Reach;
}
