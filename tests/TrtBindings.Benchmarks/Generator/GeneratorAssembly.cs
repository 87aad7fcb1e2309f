using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TrtBindings.Generators.Tests;

namespace TrtBindings.Benchmarks;

/// <summary>The generator's own assembly, loaded into the SDK's compiler, as in a build.</summary>
internal static class GeneratorAssembly
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp12, DocumentationMode.Parse);

    /// <summary>
    /// Resolves the compiler's assemblies from the SDK. Call it before entering any method that names one of their types.
    /// </summary>
    public static void UseCompilerOfSdk()
    {
        var folder = Metadata("SdkCompiler");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
    }

    public static GeneratorDriver Driver(IEnumerable<AdditionalText> texts)
    {
        var type = Assembly.LoadFrom(Metadata("GeneratorAssembly")).GetType("TrtBindings.Generators.OnnxGenerator", true)!;
        var generator = (IIncrementalGenerator)Activator.CreateInstance(type)!;
        return CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()], texts, Options,
            new TestOptions("MyApp", new Dictionary<string, string>()));
    }

    /// <summary>A program that compiles, with all of .NET and the library.</summary>
    /// <param name="files">Its source files, beside one of its own.</param>
    public static CSharpCompilation Program(IEnumerable<string> files)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.StartsWith(framework, StringComparison.Ordinal))
            .Append(typeof(OnnxModel).Assembly.Location)
            .Append(typeof(System.Numerics.Tensors.TensorSpan<float>).Assembly.Location);
        var sources = files.Select(File.ReadAllText).Prepend("System.Console.WriteLine(\"Hello\");");
        return CSharpCompilation.Create("Program")
            .AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(source, Options)))
            .AddReferences(references.Select(path => MetadataReference.CreateFromFile(path)));
    }

    /// <summary>A consumer. The generator does not look at its source.</summary>
    public static CSharpCompilation Consumer() => CSharpCompilation.Create("Consumer").AddSyntaxTrees(Source(""));

    public static SyntaxTree Source(string text) => CSharpSyntaxTree.ParseText("class C { } //" + text, Options);

    /// <summary>Milliseconds that the driver's last run spent in the generator.</summary>
    public static double Milliseconds(GeneratorDriver driver) =>
        driver.GetTimingInfo().GeneratorTimes.Single().ElapsedTime.TotalMilliseconds;

    /// <summary>A path that the build of this program left in it.</summary>
    public static string Metadata(string key) => typeof(GeneratorAssembly).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
