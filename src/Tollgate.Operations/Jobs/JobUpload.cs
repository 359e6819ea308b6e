namespace Tollgate.Operations.Jobs;

/// <summary>A file that a job reads; it is removed when the job has ended.</summary>
public sealed class JobUpload : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private Action? _onRemoved;

    internal JobUpload(string path, Action onRemoved) => (Path, _onRemoved) = (path, onRemoved);

    /// <summary>The path.</summary>
    internal string Path { get; }

    /// <summary>The size in bytes.</summary>
    public long Length => new FileInfo(Path).Length;

    /// <summary>Opens the file for writing.</summary>
    public Stream Create() =>
        new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize, useAsync: true);

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _onRemoved, null) is not { } onRemoved)
            return;
        File.Delete(Path);
        onRemoved();
    }
}
