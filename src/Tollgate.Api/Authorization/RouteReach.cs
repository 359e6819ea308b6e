namespace Tollgate.Api.Authorization;

/// <summary>The part of the data that a route shows or changes.</summary>
internal enum RouteReach
{
    /// <summary>No data of callers.</summary>
    Nothing,

    /// <summary>The sender's own account, session or key.</summary>
    Self,

    /// <summary>
    /// The entries within the sender's reach. Others do not exist for the sender: lists leave them out, and they are
    /// 404.
    /// </summary>
    Within,

    /// <summary>All entries; a sender with a restricted reach is refused.</summary>
    Everything,
}
