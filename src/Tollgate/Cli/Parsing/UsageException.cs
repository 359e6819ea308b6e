namespace Tollgate.Cli.Parsing;

/// <summary>The options are invalid in combination, which only the whole command can detect. Exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
