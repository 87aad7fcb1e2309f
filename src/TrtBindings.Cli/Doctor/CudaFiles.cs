using System.Text.RegularExpressions;

namespace TrtBindings.Cli.Doctor;

/// <summary>The files of CUDA and cuDNN in the usual places, whether or not the loader looks there.</summary>
internal static partial class CudaFiles
{
    private static readonly string[] Names = ["libcudart.so*", "libcublas.so*", "libcublasLt.so*", "libcufft.so*",
        "libcurand.so*",
        "libcudnn.so*", "libnvrtc.so*"];

    private static readonly EnumerationOptions Patient = new() { IgnoreInaccessible = true };

    /// <summary>Every file, links resolved, each once.</summary>
    public static IReadOnlyList<FileReport> FindAll() =>
    [
        .. from folder in Folders().Distinct()
           where Directory.Exists(folder)
           from name in Names
           from path in Directory.EnumerateFiles(folder, name, Patient)
           select new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path into real
           where File.Exists(real)
           group real by real into one
           orderby one.Key
           select new FileReport(one.Key, Version().Match(one.Key) is { Success: true } match ? match.Groups[1].Value : null),
    ];

    private static IEnumerable<string> Folders()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        foreach (var folder in (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':'))
            if (Path.IsPathRooted(folder)) yield return folder;
        foreach (var cuda in Under("/usr/local", "cuda*"))
        {
            yield return Path.Combine(cuda, "lib64");
            foreach (var target in Under(Path.Combine(cuda, "targets"), "*")) yield return Path.Combine(target, "lib");
        }

        foreach (var folder in (string[])["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
            "/usr/lib/wsl/lib"])
            yield return folder;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var prefixes = ((string?[])[Environment.GetEnvironmentVariable("VIRTUAL_ENV"),
            Environment.GetEnvironmentVariable("CONDA_PREFIX"),
            Path.Combine(home, ".local"), "/usr/local", "/usr"]).Where(prefix => !string.IsNullOrEmpty(prefix));
        if (Environment.GetEnvironmentVariable("CONDA_PREFIX") is { Length: > 0 } conda) yield return Path.Combine(conda, "lib");
        // pip has each library of CUDA in a package of its own: site-packages/nvidia/cudnn/lib.
        foreach (var python in prefixes.SelectMany(prefix => Under(Path.Combine(prefix!, "lib"), "python3*")))
            foreach (var site in (string[])["site-packages", "dist-packages"])
                foreach (var package in Under(Path.Combine(python, site, "nvidia"), "*")) yield return Path.Combine(package,
                    "lib");
    }

    private static IEnumerable<string> Under(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, pattern, Patient) : [];

    [GeneratedRegex(@"\.so\.(\d+(?:\.\d+)*)$")]
    private static partial Regex Version();
}
