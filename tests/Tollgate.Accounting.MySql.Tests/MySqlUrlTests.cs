using MySqlConnector;
using Tollgate.Accounting.MySql.Connections;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class MySqlUrlTests(MySqlServer server)
{
    private const string Secret = "hunter2";

    [Fact]
    public async Task A_password_may_hold_any_character()
    {
        var database = await server.CreateDatabaseAsync();
        var url =
            $"mysql://odd:{Uri.EscapeDataString(MySqlServer.OddPassword)}@127.0.0.1:{server.Port}/{database}"
            + "?sslmode=disable";

        await using var store = MySqlStores.Factory.Open(url);

        (await store.MigrateAsync()).IsCurrent.ShouldBeTrue();
    }

    [Theory]
    [InlineData(
        "mysql://ann:s%40f%2Fe@db.example:6543/books",
        "ann",
        "s@f/e",
        "db.example",
        6543,
        "books",
        MySqlSslMode.Preferred
    )]
    [InlineData(
        "mariadb://db/books?user=ann&password=x%26y&sslmode=verify-full",
        "ann",
        "x&y",
        "db",
        3306,
        "books",
        MySqlSslMode.VerifyFull
    )]
    [InlineData("MYSQL://ann@[::1]:6543/b%20k", "ann", "", "::1", 6543, "b k", MySqlSslMode.Preferred)]
    [InlineData(
        "mysql://ann:a:b@[fe80::1]/books?sslmode=require",
        "ann",
        "a:b",
        "fe80::1",
        3306,
        "books",
        MySqlSslMode.Required
    )]
    public void A_url_is_read_as_its_parts_say(
        string url,
        string? user,
        string? password,
        string host,
        uint port,
        string database,
        MySqlSslMode mode
    )
    {
        var settings = MySqlUrl.Parse(url);

        settings.UserID.ShouldBe(user);
        settings.Password.ShouldBe(password);
        settings.Server.ShouldBe(host);
        settings.Port.ShouldBe(port);
        settings.Database.ShouldBe(database);
        settings.SslMode.ShouldBe(mode);
    }

    [Theory]
    [InlineData("mysql://ann:hunter2/x@db/books", "%2F")]
    [InlineData("mysql://ann:?hunter2@db/books", "%3F")]
    [InlineData("mysql://ann:12#hunter2@db/books", "%23")]
    [InlineData("mysql://ann:hunter2%zz@db/books", "in the password a '%'")]
    [InlineData("mysql://ann:hunter2@/books", "does not contain a host")]
    [InlineData("mysql://ann:hunter2@db", "does not contain a database name")]
    [InlineData("mysql://ann:hunter2@db:port/books", "port")]
    [InlineData("mysql://ann:hunter2@db:70000/books", "port")]
    [InlineData("mysql://ann:hunter2@db/books?sslmode=hunter2", "value of sslmode")]
    [InlineData("mysql://ann:hunter2@db/books?hunter2=1", "unknown setting")]
    [InlineData("Server=db;Password=hunter2;Port=hunter2", "does not support")]
    [InlineData("Password=hunter2", "does not contain a host")]
    [InlineData("hunter2", "does not support")]
    public void An_unreadable_url_is_reported_without_the_password(string connection, string problem)
    {
        var refusal = Should.Throw<FormatException>(() => MySqlAddress.Parse(connection));

        refusal.Message.ShouldContain(problem);
        refusal.ToString().ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("mysql://ann:hunter2@db:1234/books?sslmode=require&connect_timeout=3")]
    [InlineData("Server=db;Port=1234;User ID=ann;Password=hunter2;Database=books")]
    public void The_place_is_shown_without_the_login(string connection) =>
        MySqlAddress.Parse(connection).ToString().ShouldBe("MySQL at db:1234, database 'books'");

    [Fact]
    public void A_url_cut_anywhere_is_read_or_refused_and_nothing_else()
    {
        const string url = "mysql://ann:hun%40ter@[::1]:6543/books?sslmode=require&user=x%20y";
        for (var length = "mysql://".Length; length <= url.Length; length++)
        {
            try
            {
                MySqlUrl.Parse(url[..length]);
            }
            catch (FormatException)
            {
                // The other of the two.
            }
        }
    }
}
