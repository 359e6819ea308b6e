using Tollgate.Accounting.Files;

namespace Tollgate.Accounting.InFlight;

/// <summary>The folder <c>gateways</c> of a data folder, which holds a lock and a journal for each instance.</summary>
internal static class GatewayFolder
{
    private const string Name = "gateways";
    private const string FormerName = "gates";

    /// <summary>Returns the path of the folder, which need not exist.</summary>
    public static string GetPath(string dataFolder) => Path.Combine(dataFolder, Name);

    /// <summary>
    /// Creates the folder, and moves the files of instances from the folder's former name into it. A file keeps its
    /// lock when it is moved.
    /// </summary>
    public static void Create(string dataFolder)
    {
        var former = Path.Combine(dataFolder, FormerName);
        if (System.IO.Directory.Exists(former))
            Adopt(former, GetPath(dataFolder));
        PrivateFolder.Create(GetPath(dataFolder));
    }

    private static void Adopt(string former, string folder)
    {
        try
        {
            if (System.IO.Directory.Exists(folder))
                MoveFiles(former, folder);
            else
                System.IO.Directory.Move(former, folder);
        }
        catch (IOException) when (!System.IO.Directory.Exists(former))
        {
            // Another process was faster.
        }
    }

    /// <summary>Moves each journal before its lock: an instance is found by its lock.</summary>
    private static void MoveFiles(string former, string folder)
    {
        foreach (var path in System.IO.Directory.GetFiles(former).OrderDescending(StringComparer.Ordinal))
            try
            {
                File.Move(path, Path.Combine(folder, Path.GetFileName(path)));
            }
            catch (FileNotFoundException)
            {
                // Another process was faster.
            }

        if (!System.IO.Directory.EnumerateFileSystemEntries(former).Any())
            System.IO.Directory.Delete(former);
    }
}
