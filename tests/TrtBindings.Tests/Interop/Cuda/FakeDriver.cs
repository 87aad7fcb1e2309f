using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>A stand-in driver for one test. It is a copy of the library file, so that the test has its own state.</summary>
internal sealed unsafe class FakeDriver : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;
    private readonly nint _module;

    /// <summary>Copies the library. <see cref="Library"/> loads and initializes it.</summary>
    /// <param name="withKernels">Whether the kernels of native/kernels are part of it, compiled as C++.</param>
    public FakeDriver(bool withKernels = false)
    {
        var built = withKernels ? WithKernels() : NativeBuild.Library("native/cuda/fake", "libcuda.so.1");
        Path = System.IO.Path.Combine(_folder, "libcuda.so.1");
        File.Copy(built, Path);
        _module = NativeLibrary.Load(Path);
    }

    public string Path { get; }

    public CudaLibrary Library => CudaLibrary.Load(Path);

    public CudaContext Context => CudaContext.Of(Library.DeviceAt(0));

    public CudaContext OtherContext => CudaContext.Of(Library.DeviceAt(1));

    public void Hold(bool hold) => ((delegate* unmanaged<int, void>)Export("fake_hold"))(hold ? 1 : 0);

    /// <summary>Changes a setting of native/cuda/fake/README.md.</summary>
    public void Set(string name, int value) => ((delegate* unmanaged<int, void>)Export("fake_set_" + name))(value);

    public void SetMemory(int device, long bytes) =>
        ((delegate* unmanaged<int, nint, void>)Export("fake_set_memory"))(device, (nint)bytes);

    public long UsedMemory(int device) => ((delegate* unmanaged<int, nint>)Export("fake_used_memory"))(device);

    public void LoseDevice(int device, int code) =>
        ((delegate* unmanaged<int, int, void>)Export("fake_lose_device"))(device, code);

    /// <summary>Makes the next call of a function, or a later one, return an error code.</summary>
    public void Fail(string function, int code, int callsBefore = 0)
    {
        fixed (byte* name = Text(function))
            ((delegate* unmanaged<byte*, int, int, void>)Export("fake_fail"))(name, callsBefore, code);
    }

    /// <summary>Makes the next calls of a function return an error code; -1 for all of them.</summary>
    public void FailOften(string function, int times, int code)
    {
        fixed (byte* name = Text(function))
            ((delegate* unmanaged<byte*, int, int, void>)Export("fake_fail_often"))(name, times, code);
    }

    public int Calls(string function)
    {
        fixed (byte* name = Text(function)) return ((delegate* unmanaged<byte*, int>)Export("fake_calls"))(name);
    }

    public int Live(string kind)
    {
        fixed (byte* name = Text(kind)) return ((delegate* unmanaged<byte*, int>)Export("fake_live"))(name);
    }

    /// <summary>Creates a context of the application.</summary>
    public nint CreateForeignContext(int device) =>
        ((delegate* unmanaged<int, nint>)Export("fake_create_context"))(device);

    public void RegisterKernel(string kernel, nint function, nuint[] sizes)
    {
        fixed (byte* name = Text(kernel))
        fixed (nuint* first = sizes)
        {
            var register = (delegate* unmanaged<byte*, nint, nuint*, int, void>)Export("fake_register_kernel");
            register(name, function, first, sizes.Length);
        }
    }

    /// <summary>The current context of this thread, read directly from the driver.</summary>
    public nint Current()
    {
        nint current;
        Library.Api.CtxGetCurrent(&current).ShouldBe(CudaResult.Success);
        return current;
    }

    /// <summary>Deletes the file. The copy stays loaded.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string WithKernels()
    {
        var driver = System.IO.Path.Combine(TestPaths.RepositoryRoot, "native", "cuda", "fake");
        var kernels = System.IO.Path.Combine(TestPaths.RepositoryRoot, "native", "kernels", "standin.cpp");
        return NativeBuild.Library(
            [.. Directory.EnumerateFiles(driver, "*.cpp"), kernels], "libcuda.so.1", "-O2", "-ffp-contract=off");
    }

    private nint Export(string name) => NativeLibrary.GetExport(_module, name);

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text + '\0');
}
