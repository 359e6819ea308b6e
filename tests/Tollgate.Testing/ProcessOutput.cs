using System.Text;

namespace Tollgate.Testing;

/// <summary>
/// The lines that a process has printed. A process's readers append to it on threads of their own while a test reads,
/// so every access takes a lock.
/// </summary>
public sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public void AppendLine(string line)
    {
        lock (_lock)
            _text.AppendLine(line);
    }

    public void Append(string text)
    {
        lock (_lock)
            _text.Append(text);
    }

    public override string ToString()
    {
        lock (_lock)
            return _text.ToString();
    }
}
