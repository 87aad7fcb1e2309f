using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Gpu.Tests.Machine;

/// <summary>What this machine has; tests that need more than that are skipped and say so.</summary>
internal static class GpuMachine
{
    private static readonly Lazy<(CudaLibrary? Cuda, TrtInstallation? TensorRt, string Missing)> Found = new(Find);

    /// <summary>The driver.</summary>
    public static CudaLibrary Cuda => Found.Value.Cuda!;

    /// <summary>The TensorRT in use.</summary>
    public static TrtInstallation Installation => Found.Value.TensorRt!;

    /// <summary>The first GPU's context.</summary>
    public static CudaContext Context => CudaContext.Of(Cuda.DeviceAt(0));

    /// <summary>TensorRT on the first GPU, as models use it.</summary>
    public static TensorRtHost Host => TensorRtHost.Open(new());

    /// <summary>Skips the test where there is no GPU or no TensorRT.</summary>
    public static void Require()
    {
        var missing = Found.Value.Missing;
        Skip.If(missing.Length > 0, missing);
        // The device of a context is the first thing that native code asks for: leave nothing of another test.
        Context.Synchronize();
    }

    /// <summary>Skips the test where there is no GPU, whatever TensorRT is there.</summary>
    public static void RequireGpu() => Skip.If(Found.Value.Cuda is null, Found.Value.Missing);

    /// <summary>Skips the test where there is no second GPU.</summary>
    public static CudaDevice RequireSecond()
    {
        Require();
        Skip.If(Cuda.Devices.Count < 2, "There is one GPU on this machine, and the test needs two.");
        return Cuda.Devices[1];
    }

    /// <summary>Skips the test where TensorRT cannot build, with the reason.</summary>
    public static void RequireBuilder()
    {
        Require();
        var device = Cuda.DeviceAt(0);
        var missing = MissingBuilderResource(device);
        Skip.If(missing is not null, missing);
    }

    /// <summary>What a user is told who has no builder resource; <see langword="null"/> where it is there.</summary>
    public static string? MissingBuilderResource(CudaDevice device)
    {
        var version = TrtLibrary.Load(Installation.Library).Version;
        return TrtBuilderResource.Missing(new(OperatingSystem.IsWindows()), Installation,
            new(version.Major, version.Minor, version.Patch), device.ComputeMajor, device.ComputeMinor);
    }

    private static (CudaLibrary?, TrtInstallation?, string) Find()
    {
        CudaLibrary? cuda = null;
        try
        {
            cuda = CudaLibrary.Load();
            var locator = new TrtLibraryLocator(TrtSearchPlaces.OfThisProcess(), _ => null);
            return (cuda, locator.Locate(null), "");
        }
        catch (TrtBindingsException e) when (e is NativeLibraryException or CudaException)
        {
            return (cuda, null, e.Message);
        }
    }
}
