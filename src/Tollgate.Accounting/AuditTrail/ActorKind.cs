namespace Tollgate.Accounting.AuditTrail;

/// <summary>How an actor is known. The names are stored in lower case.</summary>
public enum ActorKind
{
    /// <summary>A user of the operating system at the command line.</summary>
    Operator,

    /// <summary>A person who signed in.</summary>
    Account,

    /// <summary>A program with a token of the management API.</summary>
    Token,

    /// <summary>Tollgate itself, such as a timer.</summary>
    System,
}
