namespace Tollgate.Accounting.Files;

/// <summary>
/// Makes a folder that only its owner can enter: the ledger tells who spent what. A folder that exists keeps the
/// rights that its owner gave it.
/// </summary>
internal static class PrivateFolder
{
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(path);
        else
            System.IO.Directory.CreateDirectory(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }
}
