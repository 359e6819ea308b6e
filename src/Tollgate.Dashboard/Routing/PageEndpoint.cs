using Microsoft.AspNetCore.Http;
using Tollgate.Dashboard.Requests;

namespace Tollgate.Dashboard.Routing;

/// <summary>A page with its implementation.</summary>
/// <param name="Route">Its row in the table of pages.</param>
/// <param name="Handler">Creates the response.</param>
internal sealed record PageEndpoint(PageRoute Route, Func<PageRequest, CancellationToken, Task<IResult>> Handler);
