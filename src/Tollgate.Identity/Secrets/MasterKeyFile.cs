using System.Text;

namespace Tollgate.Identity.Secrets;

/// <summary>Finds the master key: in the options, in a file, or in the data folder, where it is created.</summary>
public static class MasterKeyFile
{
    /// <summary>The name of the file in the data folder.</summary>
    public const string FileName = "master.key";

    /// <summary>Returns <see cref="IdentityOptions.MasterKey"/> if it is set, otherwise the key in
    /// <see cref="IdentityOptions.MasterKeyFile"/> if it is set, otherwise the key in the data folder, created if
    /// absent and readable by its owner only.</summary>
    /// <param name="options">The options.</param>
    /// <param name="dataFolder">The data folder, which must exist.</param>
    /// <exception cref="FormatException">The option or the file does not contain a key.</exception>
    /// <exception cref="IOException">The file cannot be read or created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read or created.</exception>
    public static MasterKey Load(IdentityOptions options, string dataFolder)
    {
        if (options.MasterKey is { } value)
            return MasterKey.Parse(value, IdentityOptions.MasterKeyVariable);
        if (options.MasterKeyFile is { } file)
            return Read(file);
        var path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
            Create(path);
        return Read(path);
    }

    /// <summary>
    /// Opens the box for the secrets of a registry: new ones are encrypted with the key of <see cref="Load"/>, those of
    /// <see cref="IdentityOptions.PreviousMasterKey"/> can be read.
    /// </summary>
    /// <inheritdoc cref="Load" path="/param|/exception"/>
    public static SecretBox OpenBox(IdentityOptions options, string dataFolder) =>
        options.PreviousMasterKey is { } previous
            ? new SecretBox(
                Load(options, dataFolder),
                MasterKey.Parse(previous, IdentityOptions.PreviousMasterKeyVariable)
            )
            : new SecretBox(Load(options, dataFolder));

    /// <summary>Reads a key from a file.</summary>
    /// <exception cref="FormatException">The file does not contain a key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static MasterKey Read(string path) => MasterKey.Parse(File.ReadAllText(path), $"'{path}'");

    /// <summary>
    /// Writes another file first, so that no process reads half a key. If another process created the key meanwhile,
    /// its key is kept.
    /// </summary>
    private static void Create(string path)
    {
        var temporary = $"{path}.{Guid.CreateVersion7():N}";
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var file = new FileStream(temporary, create))
            {
                file.Write(Encoding.ASCII.GetBytes(MasterKey.Create().Export() + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
