namespace Tollgate.Api.Contracts.Providers;

/// <summary>The key of a provider to be stored. No response contains it.</summary>
internal sealed record ProviderKeyBody
{
    /// <summary>The key, as the provider issued it.</summary>
    public required string Key { get; init; }

    /// <summary>Nothing, so that a logged body reveals nothing.</summary>
    public override string ToString() => nameof(ProviderKeyBody);
}
