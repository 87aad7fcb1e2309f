using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT.Discovery;

public sealed class TrtBuilderResourceTests : DiscoveryFixture
{
    [Theory]
    [InlineData("10.6.0.26", "libnvinfer_builder_resource.so.10.6.0")]
    [InlineData("10.12.0.36", "libnvinfer_builder_resource.so.10.12.0")]
    [InlineData("10.13.3.9", "libnvinfer_builder_resource_sm90.so.10.13.3 libnvinfer_builder_resource.so.10.13.3")]
    [InlineData("10.15.1.29", "libnvinfer_builder_resource_sm90.so.10.15.1")]
    [InlineData("11.4.0.106", "libnvinfer_builder_resource_sm90.so.11.4.0")]
    public void Its_name_depends_on_version_and_gpu(string version, string names) =>
        string.Join(' ', TrtBuilderResource.Names(Linux, Parse(version), 9, 0)).ShouldBe(names);

    [Fact]
    public void It_is_missing_only_where_the_file_for_this_gpu_and_version_is_not_there()
    {
        var version = new TrtVersion(10, 15, 1, 29);
        Put("app", "libnvinfer.so.10", "libnvinfer_builder_resource_sm80.so.10.15.1");
        TrtBuilderResource.Missing(Linux, Locate(), version, 8, 0).ShouldBeNull();
        var message = TrtBuilderResource.Missing(Linux, Locate(), version, 9, 0)!;
        message.ShouldContain("libnvinfer_builder_resource_sm90.so.10.15.1");
        message.ShouldContain(At("app"));
        message.ShouldContain("TensorRT-10.15.1.29");
        message.ShouldContain("Ready engines run without it.");
    }

    [Fact]
    public void The_package_that_has_it_is_named_for_the_way_of_the_install()
    {
        var version = new TrtVersion(10, 6, 0, 26);
        Put("usr/lib/x86_64-linux-gnu", "libnvinfer.so.10");
        TrtBuilderResource.Missing(Linux, Locate(), version, 9, 0)!.ShouldContain("libnvinfer10, or the whole set");

        const string Site = "venv/lib/python3.12/site-packages";
        Variables["VIRTUAL_ENV"] = At("venv");
        Put($"{Site}/tensorrt_libs", "libnvinfer.so.10");
        Put($"{Site}/tensorrt_cu13_libs-10.6.0.26.dist-info");
        TrtBuilderResource.Missing(Linux, Locate(), version, 9, 0)!.ShouldContain("tensorrt-cu13-libs 10.6.0.26 has it");
    }

    private static TrtVersion Parse(string version)
    {
        var parts = Version.Parse(version);
        return new(parts.Major, parts.Minor, parts.Build, parts.Revision);
    }
}
