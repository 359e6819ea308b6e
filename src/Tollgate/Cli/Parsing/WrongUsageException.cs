namespace Tollgate.Cli.Parsing;

/// <summary>What was asked for makes no sense together, which only the whole command shows. Exit code 2.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
