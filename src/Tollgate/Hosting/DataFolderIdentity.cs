using Tollgate.Accounting.Stores;

namespace Tollgate.Hosting;

/// <summary>The identity of a data folder among the gateways that use the same database.</summary>
internal static class DataFolderIdentity
{
    /// <summary>The heartbeat of the folder's gateways, under a name that an operator can find it by.</summary>
    public static InstanceHeartbeat CreateHeartbeat(string dataFolder, TimeProvider clock) =>
        new(ReadOrCreate(dataFolder, clock), $"{Environment.MachineName}:{dataFolder}");

    /// <summary>
    /// The folder's identity, created once: gateways on one folder share it, regardless of their machine or container
    /// name.
    /// </summary>
    private static Guid ReadOrCreate(string dataFolder, TimeProvider clock)
    {
        var path = Path.Combine(dataFolder, "folder.id");
        for (var tries = 0; ; tries++)
        {
            if (File.Exists(path) && Guid.TryParse(File.ReadAllText(path).Trim(), out var known))
                return known;
            if (tries == 10)
                throw new InvalidDataException(
                    $"'{path}' does not contain a valid identity of the data folder. Remove it, and start again."
                );
            var own = Path.Combine(dataFolder, $"folder.id.{Guid.CreateVersion7(clock.GetUtcNow()):N}");
            File.WriteAllText(own, $"{Guid.CreateVersion7(clock.GetUtcNow())}\n");
            try
            {
                File.Move(own, path); // Atomic; the second process to arrive uses the first one's.
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(own);
            }
        }
    }
}
