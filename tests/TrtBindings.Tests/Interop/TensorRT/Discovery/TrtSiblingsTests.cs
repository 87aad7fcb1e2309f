using TrtBindings.Interop.TensorRT.Discovery;

namespace TrtBindings.Tests.Interop.TensorRT.Discovery;

public sealed class TrtSiblingsTests : DiscoveryFixture
{
    [Fact]
    public void A_Python_environment_gives_everything_with_its_four_part_version()
    {
        const string Site = "venv/lib/python3.12/site-packages";
        Variables["VIRTUAL_ENV"] = At("venv");
        Put($"{Site}/tensorrt_libs", "libnvinfer.so.10", "libnvonnxparser.so.10", "libnvinfer_plugin.so.10",
            "libnvinfer_vc_plugin.so.10", "libnvinfer_builder_resource.so.10.6.0", "libnvinfer_builder_resource_win.so.10.6.0");
        Put($"{Site}/tensorrt_cu12_libs-10.6.0.26.dist-info");
        Put($"{Site}/nvidia/cuda_runtime/lib", "libcudart.so.12");
        var found = Locate();
        found.Version.ShouldBe(new Version(10, 6, 0, 26));
        found.Package.ShouldBe("tensorrt-cu12-libs");
        found.Parser.ShouldBe(At($"{Site}/tensorrt_libs/libnvonnxparser.so.10"));
        found.Plugins.ShouldBe(At($"{Site}/tensorrt_libs/libnvinfer_plugin.so.10"));
        found.VersionCompatiblePlugins.ShouldBe(At($"{Site}/tensorrt_libs/libnvinfer_vc_plugin.so.10"));
        found.BuilderResources.ShouldBe([At($"{Site}/tensorrt_libs/libnvinfer_builder_resource.so.10.6.0")]);
        found.CudaRuntimes.ShouldBe([At($"{Site}/nvidia/cuda_runtime/lib/libcudart.so.12")]);
        found.PassedOver.ShouldBeEmpty();
    }

    [SkippableFact]
    public void An_archive_is_known_by_its_folder()
    {
        Put("opt/TensorRT-10.15.1.29/lib", "libnvinfer.so.10.15.1", "libnvonnxparser.so.10.15.1",
            "libnvinfer_builder_resource_sm80.so.10.15.1", "libnvinfer_builder_resource_sm90.so.10.15.1");
        Link("opt/TensorRT-10.15.1.29/lib/libnvinfer.so.10", "libnvinfer.so.10.15.1");
        var found = Locate();
        found.Version.ShouldBe(new Version(10, 15, 1, 29));
        found.Parser.ShouldBe(At("opt/TensorRT-10.15.1.29/lib/libnvonnxparser.so.10.15.1"));
        found.BuilderResources.Count.ShouldBe(2);
    }

    [SkippableFact]
    public void Files_of_another_version_in_the_same_folder_are_not_mixed_in()
    {
        const string Folder = "usr/lib/x86_64-linux-gnu";
        Put(Folder, "libnvinfer.so.10.6.0", "libnvonnxparser.so.10.15.1",
            "libnvinfer_plugin.so.10.15.1", "libnvinfer_plugin.so.10.6.0",
            "libnvinfer_builder_resource.so.10.6.0", "libnvinfer_builder_resource_sm90.so.10.15.1");
        Link($"{Folder}/libnvinfer.so.10", "libnvinfer.so.10.6.0");
        Link($"{Folder}/libnvonnxparser.so.10", "libnvonnxparser.so.10.15.1");
        Link($"{Folder}/libnvinfer_plugin.so.10", "libnvinfer_plugin.so.10.15.1");
        var found = Locate();
        found.Version.ShouldBe(new Version(10, 6, 0));
        found.Parser.ShouldBeNull();
        found.Plugins.ShouldBe(At($"{Folder}/libnvinfer_plugin.so.10.6.0"));
        found.BuilderResources.ShouldBe([At($"{Folder}/libnvinfer_builder_resource.so.10.6.0")]);
        found.PassedOver.ShouldContain(reason => reason.Contains("libnvonnxparser.so.10' is of 10.15.1"));
        found.PassedOver.ShouldContain(reason => reason.Contains("sm90"));
    }

    [Fact]
    public void Files_in_other_folders_are_never_taken()
    {
        Put("app", "libnvinfer.so.10");
        Put("usr/lib/x86_64-linux-gnu", "libnvinfer.so.10", "libnvonnxparser.so.10", "libnvinfer_plugin.so.10",
            "libnvinfer_builder_resource.so.10.6.0");
        var found = Locate();
        found.Folder.ShouldBe(At("app"));
        found.Parser.ShouldBeNull();
        found.Plugins.ShouldBeNull();
        found.BuilderResources.ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_link_leads_to_the_folder_of_the_library_itself()
    {
        Put("opt/TensorRT-10.6.0.26/lib", "libnvinfer.so.10.6.0", "libnvonnxparser.so.10");
        Put("app", "libnvonnxparser.so.10");
        Link("app/libnvinfer.so.10", At("opt/TensorRT-10.6.0.26/lib/libnvinfer.so.10.6.0"));
        var found = Locate();
        found.Library.ShouldBe(At("app/libnvinfer.so.10"));
        found.Folder.ShouldBe(At("opt/TensorRT-10.6.0.26/lib"));
        found.Parser.ShouldBe(At("opt/TensorRT-10.6.0.26/lib/libnvonnxparser.so.10"));
    }

    [Theory]
    [InlineData("libnvinfer.so.10.6.0", "10.6.0")]
    [InlineData("libnvinfer_builder_resource_sm90.so.10.15.1", "10.15.1")]
    [InlineData("libnvinfer.so.10", null)]
    [InlineData("libnvinfer.so", null)]
    [InlineData("libnvinfer.so.99999999999.1.1", null)]
    public void Versions_are_read_from_names(string name, string? version) =>
        (TrtFileNames.VersionOf("/lib/" + name)?.ToString()).ShouldBe(version);

    [Theory]
    [InlineData("/opt/TensorRT-10.6.0.26/lib", "10.6.0.26")]
    [InlineData("/opt/TensorRT-11.1.0/targets/x86_64-linux-gnu/lib", "11.1.0")]
    [InlineData("/opt/TensorRT-YOLO/lib", null)]
    public void Versions_are_read_from_an_archives_folder(string folder, string? version) =>
        (TrtFileNames.VersionOfArchive(folder)?.ToString()).ShouldBe(version);

    [Fact]
    public void An_archives_folder_of_another_major_is_not_believed()
    {
        Put("opt/TensorRT-11.1.0.5/lib", "libnvinfer.so.10");
        Locate().Version.ShouldBeNull();
    }
}
