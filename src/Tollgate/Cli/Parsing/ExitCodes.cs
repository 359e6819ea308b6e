namespace Tollgate.Cli.Parsing;

/// <summary>What a command's exit code means.</summary>
internal static class ExitCodes
{
    /// <summary>It did what was asked.</summary>
    public const int Done = 0;

    /// <summary>It could not.</summary>
    public const int Failed = 1;

    /// <summary>It was asked wrongly.</summary>
    public const int WrongUsage = 2;

    /// <summary>A rule or a limit is breached.</summary>
    public const int Breached = 3;
}
