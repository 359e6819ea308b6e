namespace Tollgate.Accounting.AuditTrail;

/// <summary>The person or program that changes something.</summary>
/// <param name="Kind">How it is known to Tollgate.</param>
/// <param name="Name">
/// Its name within the kind: the name of the operating system's user, of an account, of an API token, or of a part of
/// the program.
/// </param>
public sealed record Actor(ActorKind Kind, string Name)
{
    /// <summary>Formats it as <c>kind:name</c>, such as <c>operator:alice</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Name}";
}
