using System.Reflection;
using System.Runtime.Loader;

namespace TrtBindings.Generators.Tests;

/// <summary>
/// One version of the compiler in a load context of its own, with copies of the generator and of this assembly in it,
/// whose references to the compiler are bound to that version.
/// </summary>
internal sealed class CompilerHost : AssemblyLoadContext
{
    private const string Generator = "TrtBindings.Generators";
    private readonly string[] _folders;
    private readonly string _generatorFolder;

    private CompilerHost(string name, string[] folders, string generatorFolder) : base(name) =>
        (_folders, _generatorFolder) = (folders, generatorFolder);

    /// <summary>Runs <see cref="HostedGeneration"/> in one version of the compiler.</summary>
    /// <param name="name">Its name in the project file of these tests.</param>
    /// <param name="models">Paths of the models.</param>
    /// <param name="generatorFolder">Where the generator is, if not beside this assembly.</param>
    /// <param name="sources">The consumer's own code.</param>
    public static string[] Generate(
        string name, string[] models, string? generatorFolder = null, params string[] sources)
    {
        var folders = typeof(CompilerHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == name).Value!.Split(';');
        var host = new CompilerHost(name, folders, generatorFolder ?? AppContext.BaseDirectory);
        var copy = host.LoadFromAssemblyName(typeof(CompilerHost).Assembly.GetName());
        var run = copy.GetType(typeof(HostedGeneration).FullName!, throwOnError: true)!
            .GetMethod(nameof(HostedGeneration.Run))!;
        return (string[])run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [models, sources], null)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        // Satellite assemblies are not needed, and those of another version must not be found.
        if (name.EndsWith(".resources", StringComparison.Ordinal)) return null;
        var folders = name == Generator ? [_generatorFolder]
            : name == GetType().Assembly.GetName().Name ? [AppContext.BaseDirectory]
            : name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) ? _folders : [];
        var path = folders.Select(f => Path.Combine(f, name + ".dll")).FirstOrDefault(File.Exists);
        if (path is not null) return LoadFromAssemblyPath(path);
        return folders.Length == 0 ? null : throw new FileNotFoundException($"{name} is not in {string.Join(", ", folders)}.");
    }
}
