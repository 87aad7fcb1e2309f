using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>A builder resource as NVIDIA's of 10.6: its SONAME is not the name of its file.</summary>
internal static class ForeignResource
{
    /// <summary>What TensorRT looks for in it, on the stand-in.</summary>
    public const string Export = "builderKernels";

    /// <summary>Compiles one and puts it into a folder.</summary>
    /// <returns>Its path.</returns>
    public static string Build(string folder, string name)
    {
        var source = Path.Combine(folder, "resource.cpp");
        File.WriteAllText(source,
            $"extern \"C\" __attribute__((visibility(\"default\"))) int {Export}() {{ return 1; }} // {name}\n");
        var path = Path.Combine(folder, name);
        File.Copy(
            NativeBuild.Library([source], name, "-Wl,-soname,do_not_link_against_nvinfer_builder_resource"), path);
        File.Delete(source);
        return path;
    }
}
