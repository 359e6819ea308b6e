namespace Tollgate.Identity.Rotation;

/// <summary>A secret in the registry, and whether a process can open it.</summary>
/// <param name="Kind">The kind of its entry, such as <c>provider_key</c>.</param>
/// <param name="Name">The name of its entry.</param>
/// <param name="MasterKeyId">The id of the master key that it is encrypted with.</param>
/// <param name="Problem">Why it cannot be opened with the master keys of this process; null if it can.</param>
public sealed record StoredSecret(string Kind, string Name, string MasterKeyId, string? Problem);
