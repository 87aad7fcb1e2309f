using System.Runtime.InteropServices;
using System.Text;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>A stand-in libnvinfer for one test: a copy of the file, so that it has switches and counters of its own.</summary>
internal sealed unsafe class TrtStandIn : IDisposable
{
    private const string Sources = "native/tensorrt/fake";

    private readonly nint _module;
    private TrtLibrary? _library;

    public TrtStandIn(int major = 10, int minor = 16)
    {
        var folder = System.IO.Path.Combine(TestPaths.RepositoryRoot, Sources);
        var sources = Directory.EnumerateFiles(folder, "*.cpp")
            .Where(file => !System.IO.Path.GetFileName(file).StartsWith("onnx", StringComparison.Ordinal));
        var name = $"libnvinfer.so.{major}";
        var built = NativeBuild.Library(sources, name, $"-DFAKE_MAJOR={major}", $"-DFAKE_MINOR={minor}");
        Folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;
        Path = System.IO.Path.Combine(Folder, name);
        File.Copy(built, Path);
        _module = NativeLibrary.Load(Path);
    }

    public string Folder { get; }

    public string Path { get; }

    /// <summary>The library after the version gate.</summary>
    public TrtLibrary Library => _library ??= TrtLibrary.Load(Path);

    /// <summary>Sets a switch; see native/tensorrt/fake/README.md.</summary>
    public void Set(string name, long value)
    {
        fixed (byte* text = Utf8(name)) ((delegate* unmanaged<byte*, long, void>)Export("fake_trt_set"))(text, value);
    }

    /// <summary>Reads a counter.</summary>
    public long Get(string name)
    {
        fixed (byte* text = Utf8(name)) return ((delegate* unmanaged<byte*, long>)Export("fake_trt_get"))(text);
    }

    /// <summary>Makes runs execute on the streams of a libcuda.</summary>
    public void UseCuda(string path)
    {
        fixed (byte* text = Utf8(path)) ((delegate* unmanaged<byte*, int>)Export("fake_trt_use_cuda"))(text).ShouldBe(1);
    }

    /// <summary>A plan without a builder.</summary>
    public byte[] Plan(string text)
    {
        var make = (delegate* unmanaged<byte*, void*, ulong, ulong>)Export("fake_trt_make_plan");
        fixed (byte* source = Utf8(text))
        {
            var plan = new byte[make(source, null, 0)];
            plan.ShouldNotBeEmpty("The text of the plan has a mistake.");
            fixed (byte* bytes = plan) make(source, bytes, (ulong)plan.Length);
            return plan;
        }
    }

    /// <summary>All objects were destroyed, children first, and no method without a body was called.</summary>
    public void ShouldBeClean(params ReadOnlySpan<string> kinds)
    {
        foreach (var kind in kinds) Get($"live.{kind}").ShouldBe(0, kind);
        Get("orderErrors").ShouldBe(0);
        Get("absentCalls").ShouldBe(0);
    }

    /// <summary>A function that the stand-in exports for tests.</summary>
    public nint Export(string name) => NativeLibrary.GetExport(_module, name);

    /// <summary>Deletes the file; the copy stays loaded.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
