using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TrtBindings.Cli.Doctor;

/// <summary>What the files of the system say about GPU, driver, container and WSL. Nothing is loaded.</summary>
/// <param name="root">Root of the file system: <c>/</c>, or a copy for tests.</param>
internal sealed partial class HostFacts(string root)
{
    private static readonly string[] Variables =
    [
        "CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH", "NVIDIA_VISIBLE_DEVICES", "TRTBINDINGS_CUDA_LIBRARY",
        "TRTBINDINGS_TENSORRT", "VIRTUAL_ENV", "CONDA_PREFIX",
    ];

    /// <summary>Linux in Windows: Microsoft's kernel says so.</summary>
    public bool IsWsl { get; } = Text(root, "proc/sys/kernel/osrelease").Contains("microsoft",
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Docker, Podman and Kubernetes each leave a mark.</summary>
    public bool IsContainer { get; } = File.Exists(Path.Combine(root, ".dockerenv"))
        || File.Exists(Path.Combine(root, "run/.containerenv"))
        || Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 }
        || ContainerGroup().IsMatch(Text(root, "proc/1/cgroup"));

    /// <summary>Version of the loaded kernel module; <see langword="null"/> if none is loaded.</summary>
    public string? KernelModule { get; } =
        ModuleVersion().Match(Text(root, "proc/driver/nvidia/version")) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether programs can reach a GPU through a device file.</summary>
    public bool HasDevice { get; } = ((string[])["dev/nvidiactl", "dev/nvidia0", "dev/dxg"])
        .Any(device => Path.Exists(Path.Combine(root, device)));

    /// <summary>NVIDIA display or compute controllers on the PCI bus.</summary>
    public int PciGpus { get; } = CountPciGpus(Path.Combine(root, "sys/bus/pci/devices"));

    /// <summary>What is reported of the host.</summary>
    public HostReport Report() => new(
        RuntimeInformation.OSDescription, RuntimeInformation.OSArchitecture.ToString(), IsWsl, IsContainer, PciGpus,
        [.. from name in Variables let value = Environment.GetEnvironmentVariable(name) where value is { Length: > 0 }
            select $"{name}={value}"]);

    /// <summary>The driver's version in the name of its library: libcuda.so.535.104.05.</summary>
    public static string? DriverVersion(string? library)
    {
        if (library is null) return null;
        var real = File.Exists(library) ? new FileInfo(library).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? library
            : library;
        return LibraryVersion().Match(real) is { Success: true } match ? match.Groups[1].Value : null;
    }

    private static int CountPciGpus(string folder) => !Directory.Exists(folder) ? 0 : Directory.EnumerateDirectories(folder)
        .Count(device => Text(device, "vendor").Trim() == "0x10de"
            && Text(device, "class").StartsWith("0x03", StringComparison.Ordinal));

    private static string Text(string folder, string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"Kernel Module(?: for \S+)?\s+(\d+(?:\.\d+)+)")]
    private static partial Regex ModuleVersion();

    [GeneratedRegex(@"\.so\.(\d{3,}(?:\.\d+)+)$")]
    private static partial Regex LibraryVersion();

    [GeneratedRegex("docker|kubepods|containerd|libpod")]
    private static partial Regex ContainerGroup();
}
