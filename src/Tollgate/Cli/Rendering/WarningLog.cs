namespace Tollgate.Cli.Rendering;

/// <summary>Shows what the use cases log as warnings and errors to the person at the command line.</summary>
/// <param name="error">The standard error.</param>
internal sealed class WarningLog(TextWriter error) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("The command line has one log, standard error.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsEnabled(logLevel))
            error.WriteLine($"tollgate: warning: {ResultTable.Printable(formatter(state, exception))}");
    }

    public void Dispose()
    {
        // Standard error stays open.
    }
}
