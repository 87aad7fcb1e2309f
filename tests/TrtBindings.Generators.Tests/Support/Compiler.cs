using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TrtBindings.Generators.Tests;

/// <summary>
/// A strict consumer: C# 12, nullable on, documentation checked, no unsafe code, no implicit usings, every warning counts.
/// </summary>
internal static class Compiler
{
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    public static IReadOnlyList<MetadataReference> References { get; } =
        [.. ReferencePaths().Select(p => MetadataReference.CreateFromFile(p))];

    public static CSharpCompilation Compilation(params string[] sources) => CSharpCompilation.Create(
        "Consumer",
        sources.Select(s => CSharpSyntaxTree.ParseText(s, ParseOptions)),
        References,
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999, allowUnsafe: false));

    /// <summary>Warnings and errors of a build, as <c>CS0103 text</c>.</summary>
    public static string[] Problems(Compilation compilation)
    {
        using var assembly = new MemoryStream();
        return Problems(compilation, assembly);
    }

    /// <summary>Warnings and errors of a build that writes its assembly to a stream.</summary>
    public static string[] Problems(Compilation compilation, Stream assembly)
    {
        using var documentation = new MemoryStream();
        return [.. compilation.Emit(assembly, xmlDocumentationStream: documentation).Diagnostics
            .Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Select(d => $"{d.Id} {d.GetMessage()} at {d.Location.GetLineSpan()}")];
    }

    /// <summary>Calls <c>Use.It</c> of a consumer.</summary>
    public static object? Use(Assembly consumer, params object[] arguments)
    {
        try
        {
            return consumer.GetType("Use")!.GetMethod("It")!.Invoke(null, arguments);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    /// <summary>The method that loads a file, which a generated class inherits.</summary>
    public static MethodInfo LoadOf(Type type) => type.GetMethod(
        "Load", BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy,
        [typeof(string), typeof(ModelOptions), typeof(CancellationToken)])!;

    /// <summary>The framework's reference assemblies where the SDK has them, else those of the running framework.</summary>
    private static IEnumerable<string> ReferencePaths()
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var pack = Directory.Exists(packs)
            ? Directory.GetDirectories(packs, "10.*").Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        var framework = pack is null
            ? Directory.GetFiles(runtime, "System*.dll").Where(IsManaged).Append(typeof(object).Assembly.Location)
            : Directory.GetFiles(Path.Combine(pack, "ref", "net10.0"), "*.dll");
        return framework.Concat(
        [
            typeof(OnnxModel).Assembly.Location,
            typeof(TrtBindings.Vision.YoloSegEngine).Assembly.Location,
            typeof(System.Numerics.Tensors.TensorSpan<float>).Assembly.Location,
            typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location,
        ]).Distinct();
    }

    private static bool IsManaged(string path) => !Path.GetFileName(path).Contains(".Native", StringComparison.Ordinal);
}
