namespace Tollgate.Identity.Tokens;

/// <summary>The signing keys in the registry at one point in time, newest first.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="GuardRevision">The revision of the <see cref="SigningKeyGuard"/>; 0 if it does not exist.</param>
/// <param name="ReadAt">The timestamp before they were read.</param>
internal sealed record SigningKeySet(IReadOnlyList<SigningKey> Keys, long GuardRevision, long ReadAt);
