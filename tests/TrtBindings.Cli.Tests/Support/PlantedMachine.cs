using System.Reflection;

namespace TrtBindings.Cli.Tests;

/// <summary>
/// A machine for <c>trtb doctor</c>: stand-ins and planted files in a folder, and the variables that lead to them.
/// </summary>
internal sealed class PlantedMachine : IDisposable
{
    private readonly Dictionary<string, string?> _variables = new()
    {
        ["TRTBINDINGS_TENSORRT"] = null, ["TRTBINDINGS_CUDA_LIBRARY"] = null, ["LD_LIBRARY_PATH"] = null,
        ["CUDA_VISIBLE_DEVICES"] = null, ["NVIDIA_VISIBLE_DEVICES"] = null, ["KUBERNETES_SERVICE_HOST"] = null,
    };

    public PlantedMachine() => Set("TRTB_DOCTOR_ROOT", Directory.CreateDirectory(PathOf("root")).FullName);

    public string Folder { get; } = Directory.CreateTempSubdirectory("trtb-doctor-tests-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs the doctor.</summary>
    public Tool Doctor(params string[] arguments) => Run(["doctor", .. arguments]);

    /// <summary>Runs any command.</summary>
    public Tool Run(params string[] arguments) => Tool.Run([.. Variables], arguments);

    /// <summary>The variables, for tests that start the process themselves; null removes one.</summary>
    public IEnumerable<(string Name, string? Value)> Variables => _variables.Select(pair => (pair.Key, pair.Value));

    public void Set(string variable, string value) => _variables[variable] = value;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file of /proc, /sys or /dev.</summary>
    public void System(string path, string text)
    {
        var full = Path.Combine(PathOf("root"), path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>The stand-in of CUDA's driver, under a name of a driver's version.</summary>
    public void PlantDriver(string version = "550.54.14")
    {
        var real = PathOf("libcuda.so." + version);
        File.Copy(NativeBuild.Library("native/cuda/fake", "libcuda.so.1"), real);
        File.CreateSymbolicLink(PathOf("libcuda.so.1"), real);
        Set("TRTBINDINGS_CUDA_LIBRARY", PathOf("libcuda.so.1"));
    }

    /// <summary>The stand-in of TensorRT 10.16, with or without its parser.</summary>
    public void PlantTensorRt(bool withParser = true)
    {
        var folder = Path.Combine(TestPaths.RepositoryRoot, "native/tensorrt/fake");
        var onnx = Directory.GetFiles(folder, "onnx_*.cpp");
        string[] options = ["-DFAKE_MAJOR=10", "-DFAKE_MINOR=16"];
        var target = Directory.CreateDirectory(PathOf("trt")).FullName;
        File.Copy(NativeBuild.Library(Directory.GetFiles(folder, "*.cpp").Where(file => !onnx.Contains(file)), "libnvinfer.so.10",
            options), Path.Combine(target, "libnvinfer.so.10"));
        if (withParser)
        {
            string[] sources = [.. onnx, Path.Combine(folder, "control.cpp"), Path.Combine(folder, "graph.cpp")];
            File.Copy(NativeBuild.Library(sources, "libnvonnxparser.so.10", options),
                Path.Combine(target, "libnvonnxparser.so.10"));
        }

        Set("TRTBINDINGS_TENSORRT", target);
    }

    /// <summary>A library of one's own C++ as TensorRT.</summary>
    public void PlantTensorRt(string source)
    {
        var target = Directory.CreateDirectory(PathOf("trt")).FullName;
        File.Copy(Library(source, "libnvinfer.so.10"), Path.Combine(target, "libnvinfer.so.10"));
        Set("TRTBINDINGS_TENSORRT", target);
    }

    /// <summary>A folder with ONNX Runtime and its CUDA provider, as the GPU package has them.</summary>
    public string PlantCudaProvider()
    {
        var package = typeof(PlantedMachine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(attribute => attribute.Key == "OnnxRuntimeGpu")?.Value;
        Skip.If(string.IsNullOrEmpty(package), "Microsoft.ML.OnnxRuntime.Gpu.Linux is for Linux on x64.");
        var target = Directory.CreateDirectory(PathOf("ort")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(package, "runtimes", "linux-x64", "native"), "*.so"))
            File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file);
        return target;
    }

    /// <summary>Empty libraries of these names, on the library path.</summary>
    public void PlantEmpty(params IEnumerable<string> names)
    {
        var target = Directory.CreateDirectory(PathOf("empty")).FullName;
        var empty = Library("extern \"C\" int nothing() { return 0; }\n", "libempty.so");
        foreach (var name in names) File.Copy(empty, Path.Combine(target, name));
        Set("LD_LIBRARY_PATH", target);
    }

    private string Library(string source, string name)
    {
        var path = PathOf(Guid.NewGuid().ToString("N") + ".cpp");
        File.WriteAllText(path, source);
        return NativeBuild.Library([path], name, "-fvisibility=default");
    }
}
