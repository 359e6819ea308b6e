using Tollgate.Accounting.Registry;
using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>
/// Finds keys as LiteLLM's clients name them: by the key itself, or by its <c>token</c>, which is the id here.
/// </summary>
internal sealed class KeyLookup(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>Returns the key that a client means; the sender's own if it names none.</summary>
    /// <exception cref="ProblemException">No key is named, or it does not exist for the sender.</exception>
    public async Task<KeyDetails> FindAsync(ApiRequest request, string? named, CancellationToken cancellationToken)
    {
        var principal = request.Principal;
        if (named is null && principal.Kind != PrincipalKind.VirtualKey)
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Parameter = "key",
                    Code = "missing",
                    Message = "key is missing. Name a key or its token, or send the request with the key itself.",
                }
            );
        var found = await TryFindAsync(named ?? principal.Name, cancellationToken);
        return found is { RevokedAt: null } && IsWithin(principal.Reach, found)
            ? found
            : throw new ProblemException(ProblemCode.NotFound, "Key not found. Check the key, or its token.");
    }

    /// <summary>Returns the only key with a name.</summary>
    /// <exception cref="ProblemException">There is none for the sender, or there are several.</exception>
    public async Task<KeyDetails> FindByNameAsync(ApiRequest request, string name, CancellationToken cancellationToken)
    {
        var found = (await ListAsync(request.Principal.Reach, cancellationToken))
            .Where(key => key.Name == name)
            .Take(2)
            .ToList();
        return found switch
        {
            [var key] => key,
            [] => throw new ProblemException(ProblemCode.NotFound, $"Key not found: '{name}'."),
            _ => throw new ProblemException(
                ProblemCode.Conflict,
                $"Several keys have the name '{name}'. Name them by their tokens in keys."
            ),
        };
    }

    /// <summary>Returns the keys within the sender's reach that are not revoked.</summary>
    public async Task<IReadOnlyList<KeyDetails>> ListAsync(Reach reach, CancellationToken cancellationToken) =>
        [.. (await _keys.ListAsync(cancellationToken)).Where(key => key.RevokedAt is null && IsWithin(reach, key))];

    private Task<KeyDetails?> TryFindAsync(string named, CancellationToken cancellationToken) =>
        named.StartsWith(VirtualKeys.KeyPrefix, StringComparison.Ordinal)
            ? _keys.FindBySecretAsync(named, cancellationToken)
            : _keys.FindByIdAsync(named, cancellationToken);

    private static bool IsWithin(Reach reach, KeyDetails key) => reach.Includes(key.Id, key.User, key.Team);
}
