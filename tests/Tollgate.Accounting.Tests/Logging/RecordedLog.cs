using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tollgate.Accounting.Tests.Logging;

/// <summary>What the library logs, in order.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Failure)> _lines = [];

    public IReadOnlyList<(LogLevel Level, string Text, Exception? Failure)> Lines => [.. _lines];

    /// <summary>Called with each line, on the thread that logs it.</summary>
    public Action<LogLevel>? OnLine { get; set; }

    public IEnumerable<LogLevel> Levels => Lines.Select(static line => line.Level);

    public ILogger CreateLogger(string categoryName)
    {
        categoryName.ShouldStartWith("Tollgate.Accounting.");
        return this;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        _lines.Enqueue((logLevel, formatter(state, exception), exception));
        OnLine?.Invoke(logLevel);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() { }
}
