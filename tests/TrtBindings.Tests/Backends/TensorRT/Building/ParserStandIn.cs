using System.Runtime.InteropServices;
using System.Text;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>A stand-in libnvonnxparser beside a stand-in libnvinfer, with its own switches and counters.</summary>
internal sealed unsafe class ParserStandIn
{
    private readonly nint _module;

    public ParserStandIn(TrtStandIn fake, int major, int minor)
    {
        var sources = Path.Combine(TestPaths.RepositoryRoot, "native/tensorrt/fake");
        string[] files =
        [
            .. Directory.GetFiles(sources, "onnx_*.cpp"),
            Path.Combine(sources, "control.cpp"),
            Path.Combine(sources, "graph.cpp"),
        ];
        var name = $"libnvonnxparser.so.{major}";
        var path = Path.Combine(fake.Folder, name);
        File.Copy(NativeBuild.Library(files, name, $"-DFAKE_MAJOR={major}", $"-DFAKE_MINOR={minor}"), path);
        _module = NativeLibrary.Load(path);
    }

    /// <summary>Sets a switch; see native/tensorrt/fake/README.md.</summary>
    public void Set(string name, long value)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            ((delegate* unmanaged<byte*, long, void>)NativeLibrary.GetExport(_module, "fake_trt_set"))(text, value);
    }

    /// <summary>Reads a counter.</summary>
    public long Get(string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            return ((delegate* unmanaged<byte*, long>)NativeLibrary.GetExport(_module, "fake_trt_get"))(text);
    }
}
