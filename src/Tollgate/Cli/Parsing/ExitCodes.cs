namespace Tollgate.Cli.Parsing;

/// <summary>The exit codes of the commands.</summary>
internal static class ExitCodes
{
    /// <summary>The command succeeded.</summary>
    public const int Success = 0;

    /// <summary>The command failed.</summary>
    public const int Failed = 1;

    /// <summary>Usage error.</summary>
    public const int UsageError = 2;

    /// <summary>A rule or a limit was breached.</summary>
    public const int LimitExceeded = 3;
}
