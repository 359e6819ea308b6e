using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PostgreSqlUrlTests(PostgreSqlServer server)
{
    private const string Secret = "hunter2";

    [Fact]
    public async Task A_password_may_hold_any_character()
    {
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(database, "GRANT ALL ON SCHEMA public TO odd");
        var url =
            $"postgres://odd:{Uri.EscapeDataString(PostgreSqlServer.OddPassword)}@127.0.0.1:{server.Port}/{database}"
            + "?sslmode=disable";

        await using var store = PostgreSqlStores.Factory.Open(url);

        (await store.MigrateAsync()).IsCurrent.ShouldBeTrue();
    }

    [Theory]
    [InlineData(
        "postgres://ann:s%40f%2Fe@db.example:6543/books",
        "ann",
        "s@f/e",
        "db.example",
        6543,
        "books",
        SslMode.Prefer
    )]
    [InlineData(
        "postgresql://db/books?user=ann&password=x%26y&sslmode=verify-full",
        "ann",
        "x&y",
        "db",
        5432,
        "books",
        SslMode.VerifyFull
    )]
    [InlineData("POSTGRES://ann@[::1]:6543/b%20k", "ann", null, "::1", 6543, "b k", SslMode.Prefer)]
    [InlineData(
        "postgres://ann:a:b@[fe80::1]/books?sslmode=require",
        "ann",
        "a:b",
        "fe80::1",
        5432,
        "books",
        SslMode.Require
    )]
    [InlineData(
        "postgres://%2Fvar%2Frun%2Fpostgresql/books",
        null,
        null,
        "/var/run/postgresql",
        5432,
        "books",
        SslMode.Prefer
    )]
    public void A_url_is_read_as_libpq_reads_it(
        string url,
        string? user,
        string? password,
        string host,
        int port,
        string database,
        SslMode mode
    )
    {
        var settings = PostgreSqlUrl.Parse(url);

        settings.Username.ShouldBe(user);
        settings.Password.ShouldBe(password);
        settings.Host.ShouldBe(host);
        settings.Port.ShouldBe(port);
        settings.Database.ShouldBe(database);
        settings.SslMode.ShouldBe(mode);
    }

    [Theory]
    [InlineData("postgres://ann:hunter2/x@db/books", "%2F")]
    [InlineData("postgres://ann:?hunter2@db/books", "%3F")]
    [InlineData("postgres://ann:12#hunter2@db/books", "%23")]
    [InlineData("postgres://ann:hunter2%zz@db/books", "in the password a '%'")]
    [InlineData("postgres://ann:hunter2@/books", "does not contain a host")]
    [InlineData("postgres://ann:hunter2@db", "does not contain a database name")]
    [InlineData("postgres://ann:hunter2@db:port/books", "port")]
    [InlineData("postgres://ann:hunter2@db:70000/books", "port")]
    [InlineData("postgres://ann:hunter2@db/books?sslmode=hunter2", "value of sslmode")]
    [InlineData("postgres://ann:hunter2@db/books?hunter2=1", "unknown setting")]
    [InlineData("Host=db;Password=hunter2;Port=hunter2", "does not support")]
    [InlineData("Password=hunter2", "does not contain a host")]
    [InlineData("hunter2", "does not support")]
    public void An_unreadable_url_is_reported_without_the_password(string connection, string problem)
    {
        var refusal = Should.Throw<FormatException>(() => PostgreSqlAddress.Parse(connection));

        refusal.Message.ShouldContain(problem);
        refusal.ToString().ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("postgres://ann:hunter2@db:1234/books?sslmode=require&application_name=x")]
    [InlineData("Host=db;Port=1234;Username=ann;Password=hunter2;Database=books")]
    public void The_place_is_shown_without_the_login(string connection) =>
        PostgreSqlAddress.Parse(connection).ToString().ShouldBe("PostgreSQL at db:1234, database 'books'");

    [Fact]
    public void A_url_cut_anywhere_is_read_or_refused_and_nothing_else()
    {
        const string url = "postgres://ann:hun%40ter@[::1]:6543/books?sslmode=require&user=x%20y";
        for (var length = "postgres://".Length; length <= url.Length; length++)
        {
            try
            {
                PostgreSqlUrl.Parse(url[..length]);
            }
            catch (FormatException)
            {
                // The other of the two.
            }
        }
    }
}
