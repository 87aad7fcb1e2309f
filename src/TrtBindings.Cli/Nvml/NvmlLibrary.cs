using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Cli.Nvml;

/// <summary>
/// The library behind nvidia-smi (NVML), for what a GPU does during a benchmark: clocks, power, temperature and what holds it
/// back. It is part of NVIDIA's driver. Reads only.
/// </summary>
internal sealed unsafe class NvmlLibrary : IDisposable
{
    private const int Success = 0;
    private const int SmClock = 1;
    private const int GpuTemperature = 0;

    private readonly nint _library;
    private readonly nint _device;
    private readonly delegate* unmanaged<nint, int, uint*, int> _clock;
    private readonly delegate* unmanaged<nint, int, uint*, int> _mostClock;
    private readonly delegate* unmanaged<nint, uint*, int> _power;
    private readonly delegate* unmanaged<nint, int, uint*, int> _temperature;
    private readonly delegate* unmanaged<nint, ulong*, int> _reasons;

    private NvmlLibrary(nint library, nint device)
    {
        (_library, _device) = (library, device);
        _clock = (delegate* unmanaged<nint, int, uint*, int>)Find("nvmlDeviceGetClockInfo");
        _mostClock = (delegate* unmanaged<nint, int, uint*, int>)Find("nvmlDeviceGetMaxClockInfo");
        _power = (delegate* unmanaged<nint, uint*, int>)Find("nvmlDeviceGetPowerUsage");
        _temperature = (delegate* unmanaged<nint, int, uint*, int>)Find("nvmlDeviceGetTemperature");
        _reasons = (delegate* unmanaged<nint, ulong*, int>)Find("nvmlDeviceGetCurrentClocksThrottleReasons");
    }

    /// <summary>The highest clock of the GPU's processors, in MHz; null if it is not reported.</summary>
    public uint? MostClock => Ask(_mostClock, SmClock);

    /// <summary>Opens the library for a GPU.</summary>
    /// <param name="uuid">The GPU, as <see cref="ModelGpu.Uuid"/> gives it.</param>
    /// <param name="problem">Why it cannot be used.</param>
    public static NvmlLibrary? TryOpen(string uuid, out string problem)
    {
        problem = "";
        string[] names = OperatingSystem.IsWindows() ? ["nvml.dll"] : ["libnvidia-ml.so.1", "/usr/lib/wsl/lib/libnvidia-ml.so.1"];
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            problem = Open(library, uuid, out var device);
            if (problem.Length == 0) return new(library, device);
            NativeLibrary.Free(library);
            return null;
        }

        problem = $"{names[0]}, a part of NVIDIA's driver, was not found";
        return null;
    }

    /// <summary>What the GPU does now.</summary>
    public NvmlSample Read()
    {
        uint power;
        ulong reasons;
        return new(
            Ask(_clock, SmClock),
            _power is not null && _power(_device, &power) == Success ? power / 1000.0 : null,
            Ask(_temperature, GpuTemperature),
            _reasons is not null && _reasons(_device, &reasons) == Success ? reasons : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var shutdown = (delegate* unmanaged<int>)Find("nvmlShutdown");
        if (shutdown is not null) shutdown();
        NativeLibrary.Free(_library);
    }

    private static string Open(nint library, string uuid, out nint device)
    {
        device = 0;
        if (!NativeLibrary.TryGetExport(library, "nvmlInit_v2", out var init)
            || !NativeLibrary.TryGetExport(library, "nvmlDeviceGetHandleByUUID", out var find))
            return "its library does not have the functions of NVML";
        var status = ((delegate* unmanaged<int>)init)();
        if (status != Success) return $"NVML did not start (status {status})";
        var name = uuid.StartsWith("GPU-", StringComparison.Ordinal) ? uuid : "GPU-" + uuid;
        nint found;
        fixed (byte* text = Encoding.ASCII.GetBytes(name + "\0"))
            status = ((delegate* unmanaged<byte*, nint*, int>)find)(text, &found);
        device = found;
        return status == Success ? "" : $"NVML does not know the GPU {name} (status {status})";
    }

    private nint Find(string name) => NativeLibrary.TryGetExport(_library, name, out var address) ? address : 0;

    private uint? Ask(delegate* unmanaged<nint, int, uint*, int> function, int what)
    {
        uint value;
        return function is not null && function(_device, what, &value) == Success ? value : null;
    }
}

/// <summary>What a GPU does at one time; null for what it does not report.</summary>
/// <param name="Clock">Clock of its processors in MHz.</param>
/// <param name="Watts">Power.</param>
/// <param name="Celsius">Temperature.</param>
/// <param name="Reasons">What holds its clock back: NVML's bits.</param>
internal readonly record struct NvmlSample(uint? Clock, double? Watts, uint? Celsius, ulong? Reasons);
