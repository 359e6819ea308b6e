using Tollgate.Cli;
using Tollgate.Native;

EmbeddedSqlite.Register();
return await CommandLine.RunAsync(AllCommands.Create(TimeProvider.System).RootFor(args), args);
