using System.Text.RegularExpressions;

namespace TrtBindings.Cli.Doctor;

/// <summary>The commands that mend what is missing.</summary>
internal static partial class Cures
{
    public const string Container = "Start the container with access to the GPU: 'docker run --gpus all …', with the NVIDIA "
        + "Container "
        + "Toolkit on the host (apt: 'sudo apt-get install nvidia-container-toolkit', then 'sudo nvidia-ctk runtime configure "
        + "--runtime=docker' and restart Docker).";

    public const string Wsl = "Install the NVIDIA driver in Windows, not in Linux, then 'wsl --update' and 'wsl --shutdown' in "
        + "Windows.";

    public const string Mismatch = "Restart the machine, or load the module of the installed driver: 'sudo rmmod nvidia_uvm "
        + "nvidia_drm "
        + "nvidia_modeset nvidia && sudo modprobe nvidia'. In a container the host's driver counts: restart the container.";

    public const string Driver = "Install the driver: 'sudo ubuntu-drivers install' (Ubuntu), or NVIDIA's package for the "
        + "system. The CUDA "
        + "toolkit is not needed.";

    public const string CudaProvider = "In the application: 'dotnet add package Microsoft.ML.OnnxRuntime.Gpu'. To check it here: "
        + "'trtb doctor --onnxruntime' with the application's folder.";

    public static string TensorRt(string? supports)
    {
        var cuda = supports is not null && supports.StartsWith("13", StringComparison.Ordinal) ? "cu13" : "cu12";
        return $"pip: 'python3 -m pip install tensorrt-{cuda}'. apt, with NVIDIA's repository: 'sudo apt-get install tensorrt'. "
            + "Archive: unpack NVIDIA's TensorRT-….tar.gz and 'export TRTBINDINGS_TENSORRT=…/lib'.";
    }

    /// <summary>How to get a library that the CUDA provider needs.</summary>
    /// <param name="name">Its name, such as <c>libcudnn.so.9</c>.</param>
    /// <param name="found">Files of it in places where the loader does not look.</param>
    /// <param name="cuda">CUDA's major version, of the other libraries that are needed.</param>
    public static string Library(string name, IReadOnlyList<string> found, string cuda)
    {
        var plain = Plain().Match(name).Value;
        var major = name[(name.LastIndexOf('.') + 1)..];
        var install = plain switch
        {
            "cudnn" => $"apt: 'sudo apt-get install libcudnn{major}-cuda-{cuda}'. pip: 'python3 -m pip install "
                + $"nvidia-cudnn-cu{cuda}'.",
            "cudart" => $"apt: 'sudo apt-get install cuda-cudart-{cuda}-…' of NVIDIA's repository. pip: 'python3 -m pip install "
                + $"nvidia-cuda-runtime-cu{cuda}'.",
            "cublas" or "cublasLt" => $"apt: 'sudo apt-get install libcublas-{cuda}-…'. pip: 'python3 -m pip install "
                + $"nvidia-cublas-cu{cuda}'.",
            "cufft" or "curand" or "cusparse" or "cusolver" =>
                $"apt: 'sudo apt-get install lib{plain}-{cuda}-…'. pip: 'python3 -m pip install "
                + $"nvidia-{plain}-cu{cuda}'.",
            _ => "Install the package that has it.",
        };
        return found.Count == 0
            ? install
            : $"It is at '{found[0]}', where the loader does not look: 'export LD_LIBRARY_PATH={Path.GetDirectoryName(found[0])}:"
                + $"$LD_LIBRARY_PATH' before the program starts. Or {char.ToLowerInvariant(install[0])}{install[1..]}";
    }

    [GeneratedRegex(@"(?<=^lib)\w+")]
    private static partial Regex Plain();
}
