using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tollgate.Tests.Architecture;

/// <summary>A caller can cancel whatever a library makes it wait for.</summary>
public class CancellationTests
{
    // The registry's methods get their tokens with its reorganization.
    private const string Exempt = "Tollgate.Accounting.Registry";

    // Building blocks for stores: there a forgotten token must not compile.
    private const string Required = "Tollgate.Accounting.Stores.Sql";

    [Theory]
    [InlineData("Tollgate.Metering")]
    [InlineData("Tollgate.Accounting")]
    [InlineData("Tollgate.Accounting.PostgreSql")]
    [InlineData("Tollgate.Accounting.MySql")]
    [InlineData("Tollgate.Accounting.ExtensionsAI")]
    [InlineData("Tollgate.Client")]
    public void Each_public_asynchronous_method_ends_with_an_optional_cancellation_token(string project)
    {
        Assembly
            .Load(project)
            .GetExportedTypes()
            .Where(type => type.Namespace?.StartsWith(Exempt, StringComparison.Ordinal) != true)
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => IsAsynchronous(method.ReturnType) && !IsExempt(method))
            .Where(method => !EndsWithToken(method))
            .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}")
            .ShouldBeEmpty();
    }

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task)
        || type == typeof(ValueTask)
        || (
            type.IsGenericType
            && type.GetGenericTypeDefinition() is var generic
            && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>))
        );

    private static bool IsExempt(MethodInfo method) =>
        method.Name == nameof(IAsyncDisposable.DisposeAsync)
        || method.IsSpecialName
        || method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool EndsWithToken(MethodInfo method) =>
        method.GetParameters() is [.., { Name: "cancellationToken" } last]
        && last.ParameterType == typeof(CancellationToken)
        && (last.HasDefaultValue || method.DeclaringType!.Namespace!.StartsWith(Required, StringComparison.Ordinal));
}
