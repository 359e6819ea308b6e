namespace Tollgate.Accounting.SignIns;

/// <summary>The client that a session is for. The names are stored in lower case.</summary>
public enum SignInKind
{
    /// <summary>A browser, which presents the session's secret with each request.</summary>
    Browser,

    /// <summary>A program, which exchanges the session's secret for access tokens.</summary>
    Api,
}
