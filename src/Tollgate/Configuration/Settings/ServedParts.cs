namespace Tollgate.Configuration.Settings;

/// <summary>The parts of the program that a process serves; the health pages and metrics are always served.</summary>
[Flags]
internal enum ServedParts
{
    /// <summary>The calls of clients to models.</summary>
    Gateway = 1,

    /// <summary>The management API.</summary>
    Api = 2,

    /// <summary>The pages, and the management API that they link to.</summary>
    Dashboard = 4 | Api,

    /// <summary>All of them.</summary>
    All = Gateway | Dashboard,
}
