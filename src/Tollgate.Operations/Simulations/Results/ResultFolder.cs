namespace Tollgate.Operations.Simulations.Results;

/// <summary>Saved results: files named by their ids in the data folder.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="time">The clock.</param>
internal sealed class ResultFolder(string dataFolder, TimeProvider time)
{
    private readonly string _folder = Path.Combine(dataFolder, "simulations");

    /// <summary>Saves a result under a new id, atomically.</summary>
    public SavedResult Save(SavedResult result)
    {
        Directory.CreateDirectory(_folder);
        var now = time.GetUtcNow();
        var saved = result with { Id = Guid.CreateVersion7(now).ToString(), SavedAt = now };
        var fresh = GetPath(saved.Id) + ".new";
        File.WriteAllText(fresh, saved.ToJson());
        File.Move(fresh, GetPath(saved.Id));
        return saved;
    }

    /// <summary>Returns a result by its id; null if there is none.</summary>
    /// <exception cref="OperationException">The file is not a valid result.</exception>
    public SavedResult? Find(string id) =>
        // Only an id reaches the file system, never a path.
        Guid.TryParseExact(id, "D", out var parsed) && File.Exists(GetPath(parsed.ToString()))
            ? SavedResult.Parse(File.ReadAllText(GetPath(parsed.ToString())), id)
            : null;

    /// <summary>All results, the newest first.</summary>
    public IEnumerable<SavedResult> All() =>
        Directory.Exists(_folder)
            ? Directory
                .EnumerateFiles(_folder, "*.json")
                .OrderDescending(StringComparer.Ordinal)
                .Select(static path => SavedResult.Parse(File.ReadAllText(path), path))
            : [];

    private string GetPath(string id) => Path.Combine(_folder, $"{id}.json");
}
