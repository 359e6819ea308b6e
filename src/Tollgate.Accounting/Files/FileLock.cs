namespace Tollgate.Accounting.Files;

/// <summary>An exclusive lock that the operating system releases when its process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; returns null if it is held elsewhere, in this process or another.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            // On Unix FileShare.None is an flock of the open file, which ends with the process. The database itself is
            // never opened this way: closing any descriptor of it would drop SQLite's own locks.
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (IsHeldElsewhere(failure))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock. The wait is for another process, so it uses the system clock.</summary>
    public static async Task<FileLock> WaitAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await Task.Delay(RetryInterval, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Removes the file while the lock is still held, so that no other process finds it unlocked.</summary>
    public void DisposeAndDelete()
    {
        File.Delete(_file.Name);
        Dispose();
    }

    public void Dispose() => _file.Dispose();

    private static bool IsHeldElsewhere(IOException failure)
    {
        const int sharingViolation = unchecked((int)0x80070020);
        const int wouldBlockLinux = 11,
            wouldBlockMac = 35; // On Unix the runtime passes errno through unchanged.
        return failure.HResult is sharingViolation or wouldBlockLinux or wouldBlockMac;
    }
}
