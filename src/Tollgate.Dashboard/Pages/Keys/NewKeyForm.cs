using Microsoft.AspNetCore.Http;

namespace Tollgate.Dashboard.Pages.Keys;

/// <summary>The form for a new key, as entered.</summary>
public sealed record NewKeyForm
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The user whose calls are made with it.</summary>
    public string User { get; init; } = "";

    /// <summary>The project.</summary>
    public string Project { get; init; } = "";

    /// <summary>The team.</summary>
    public string Team { get; init; } = "";

    /// <summary>The budget of a month, in US dollars.</summary>
    public string Budget { get; init; } = "";

    /// <summary>The last day on which it is valid.</summary>
    public string Expires { get; init; } = "";

    internal static NewKeyForm Read(IFormCollection form) =>
        new()
        {
            Name = form["name"].ToString().Trim(),
            User = form["user"].ToString().Trim(),
            Project = form["project"].ToString().Trim(),
            Team = form["team"].ToString().Trim(),
            Budget = form["budget"].ToString().Trim(),
            Expires = form["expires"].ToString().Trim(),
        };
}
