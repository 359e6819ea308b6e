namespace Tollgate.Accounting.Files;

/// <summary>
/// Creates a folder that only its owner can enter: the ledger shows who spent what. An existing folder keeps its
/// permissions.
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
