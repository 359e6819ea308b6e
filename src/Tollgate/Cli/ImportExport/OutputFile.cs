namespace Tollgate.Cli.ImportExport;

/// <summary>
/// A file that appears when it is complete. Until then its contents are in a file beside it, with the extension
/// <c>.part</c>, so that a failure leaves neither half a file nor a former file without its contents. Devices and pipes
/// are written directly.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string? _path;
    private readonly FileStream _file;
    private bool _isComplete;

    private OutputFile(string? path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Where the contents are written to.</summary>
    public Stream Stream => _file;

    /// <summary>Opens the output for a path.</summary>
    /// <exception cref="IOException">The path cannot be written, or another process is writing it.</exception>
    public static OutputFile Create(string path)
    {
        var target = Path.GetFullPath(path);
        if (target.StartsWith("/dev/", StringComparison.Ordinal) || IsPipe(target))
            return new OutputFile(null, new FileStream(path, FileMode.Open, FileAccess.Write));
        if (File.Exists(target))
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        if (Path.GetDirectoryName(target) is not { } folder || !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist.");
        if (Directory.Exists(target))
            throw new IOException($"'{path}' is a folder, not a file.");
        var file = new FileStream(target + ".part", FileMode.Create, FileAccess.Write, FileShare.None);
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(target));
        return new OutputFile(target, file);
    }

    /// <summary>Puts the file in its place, after its contents have reached the disk.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        if (_path is not null)
        {
            _file.Flush(flushToDisk: true);
            File.Move(_file.Name, _path, overwrite: true);
        }

        _isComplete = true;
    }

    /// <summary>Closes the file, and deletes it if it is not complete.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isComplete && _path is not null)
            File.Delete(_file.Name);
        await _file.DisposeAsync();
    }

    /// <summary>An empty file may be a named pipe; opening it for both does not wait for its reader.</summary>
    private static bool IsPipe(string target)
    {
        if (new FileInfo(target) is not { Exists: true, Length: 0 })
            return false;
        using var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return !file.CanSeek;
    }
}
