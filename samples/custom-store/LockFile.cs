namespace CustomStore;

/// <summary>
/// A lock between processes, and between the threads of one. The system releases it when its process ends, however it
/// ends.
/// </summary>
internal static class LockFile
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(5);

    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (IsHeldElsewhere(failure))
            {
                await Task.Delay(RetryInterval, cancellationToken);
            }
        }
    }

    private static bool IsHeldElsewhere(IOException failure)
    {
        const int sharingViolationWindows = unchecked((int)0x80070020),
            wouldBlockLinux = 11,
            wouldBlockMac = 35;
        return failure.HResult is sharingViolationWindows or wouldBlockLinux or wouldBlockMac;
    }
}
