using Tollgate.BareForwarder;

// Usage: bare-forwarder LISTEN_URL PROVIDER_URL. Forwards every call without inspecting it: the minimum cost of a
// gateway on Kestrel and SocketsHttpHandler.
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(args[0]);
builder
    .WebHost.UseKestrelCore()
    .ConfigureKestrel(static kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinResponseDataRate = null;
    });
builder.Logging.ClearProviders();
var app = builder.Build();
app.Run(new Forwarder(new Uri(args[1])).ForwardAsync);
await app.RunAsync();
