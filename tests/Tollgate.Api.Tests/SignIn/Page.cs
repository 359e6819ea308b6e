using System.Net;

namespace Tollgate.Api.Tests.SignIn;

/// <summary>A page of a browser.</summary>
internal sealed record Page(Uri Address, HttpStatusCode Status, string Text);
