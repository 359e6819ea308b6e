using System.Text.Json;

namespace Tollgate.Operations.Jobs;

/// <summary>
/// The folder <c>jobs</c> of a data folder: a file for each job, a file for each result, and a lock for each process
/// that runs jobs.
/// </summary>
internal sealed class JobFolder
{
    private const string JobExtension = ".json";
    private const string ResultExtension = ".result";
    private const string LockExtension = ".lock";
    private const string UploadExtension = ".upload";

    private readonly string _path;

    /// <param name="dataFolder">The data folder.</param>
    public JobFolder(string dataFolder)
    {
        _path = Path.Combine(dataFolder, "jobs");
        // Results show who spent what, so only the owner may enter.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_path);
        else
            Directory.CreateDirectory(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Takes the lock of a process; returns null if it is held. The operating system releases it when the process ends.
    /// </summary>
    public FileStream? TryLock(Guid owner)
    {
        try
        {
            return new FileStream(
                GetPath(owner, LockExtension),
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    Options = FileOptions.DeleteOnClose,
                }
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Returns the path of a new file for a job to read, which belongs to a process.</summary>
    public string CreateUploadPath(Guid owner, Guid id) => Path.Combine(_path, $"{owner:N}-{id:N}{UploadExtension}");

    /// <summary>Removes the files to read of processes that have ended.</summary>
    public void RemoveAbandonedUploads()
    {
        foreach (var path in Directory.EnumerateFiles(_path, "*" + UploadExtension))
        {
            if (!Guid.TryParseExact(Path.GetFileName(path).Split('-')[0], "N", out var owner))
                continue;
            using var free = TryLock(owner);
            if (free is not null)
                File.Delete(path);
        }
    }

    /// <summary>Returns all jobs that can be read, newest first.</summary>
    public IReadOnlyList<Job> ReadAll() =>
        [
            .. Directory
                .EnumerateFiles(_path, "*" + JobExtension)
                .OrderDescending(StringComparer.Ordinal)
                .Select(TryRead)
                .OfType<Job>(),
        ];

    /// <summary>Returns a job; null if there is none.</summary>
    public Job? Find(Guid id) => TryRead(GetPath(id, JobExtension));

    /// <summary>Writes a job, atomically.</summary>
    public void Write(Job job)
    {
        var path = GetPath(job.Id, JobExtension);
        var fresh = path + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(job, JobJson.Default.Job));
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Opens the result of a job for writing.</summary>
    public FileStream CreateResult(Guid id) => new(GetPath(id, ResultExtension), FileMode.Create, FileAccess.Write);

    /// <summary>Opens the result of a job for reading; null if there is none.</summary>
    public FileStream? OpenResult(Guid id)
    {
        try
        {
            return new FileStream(
                GetPath(id, ResultExtension),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete
            );
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Returns the size of a result in bytes; null if there is none.</summary>
    public long? MeasureResult(Guid id)
    {
        var file = new FileInfo(GetPath(id, ResultExtension));
        return file.Exists ? file.Length : null;
    }

    /// <summary>Removes the result of a job.</summary>
    public void RemoveResult(Guid id) => File.Delete(GetPath(id, ResultExtension));

    /// <summary>Removes a job with its result.</summary>
    public void Remove(Guid id)
    {
        RemoveResult(id);
        File.Delete(GetPath(id, JobExtension));
    }

    private static Job? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), JobJson.Default.Job);
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null; // Removed in the meantime, or not written by Tollgate.
        }
    }

    private string GetPath(Guid id, string extension) => Path.Combine(_path, id.ToString("N") + extension);
}
