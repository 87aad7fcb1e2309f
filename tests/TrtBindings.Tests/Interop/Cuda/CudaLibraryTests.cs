using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>Choice of the driver library, its devices, and the errors if it cannot be used.</summary>
[Trait("Category", "Slow")]
public sealed class CudaLibraryTests
{
    [SkippableFact]
    public void The_driver_says_its_version_and_its_devices()
    {
        using var driver = new FakeDriver();
        driver.Library.Version.ShouldBe("12.4");
        driver.Library.Path.ShouldBe(driver.Path);
        driver.Library.Devices.Select(device => device.Name).ShouldBe(["Stand-in GPU 0", "Stand-in GPU 1"]);
        var device = driver.Library.DeviceAt(0);
        device.ComputeCapability.ShouldBe("8.6");
        device.TotalBytes.ShouldBe(1L << 30);
        device.HasMemoryPools.ShouldBeTrue();
        device.Uuid.ShouldBe("GPU-00112233-4455-6677-8899-aabbccddee00");
    }

    [SkippableFact]
    public void A_driver_is_loaded_once_and_a_primary_context_retained_once()
    {
        using var driver = new FakeDriver();
        driver.Library.ShouldBeSameAs(CudaLibrary.Load(driver.Path));
        Parallel.For(0, 8, _ => driver.Context.ShouldBeSameAs(CudaContext.Of(driver.Library.Devices[0])));
        driver.Calls("cuInit").ShouldBe(1);
        driver.Live("retains").ShouldBe(1);
    }

    [SkippableFact]
    public void A_device_is_found_by_index_and_by_UUID()
    {
        using var driver = new FakeDriver();
        var second = driver.Library.DeviceAt(1);
        driver.Library.DeviceWithUuid(second.Uuid).ShouldBe(second);
        driver.Library.DeviceWithUuid(second.Uuid["GPU-".Length..].ToUpperInvariant()).ShouldBe(second);
        driver.OtherContext.Raw.ShouldNotBe(driver.Context.Raw);
    }

    [SkippableFact]
    public void A_device_that_is_not_there_is_an_error_that_lists_those_that_are()
    {
        using var driver = new FakeDriver();
        foreach (var ask in new Func<CudaDevice>[]
                 {
                     () => driver.Library.DeviceAt(2), () => driver.Library.DeviceAt(-1),
                     () => driver.Library.DeviceWithUuid("GPU-00000000-0000-0000-0000-000000000000"),
                 })
        {
            var error = Should.Throw<CudaException>(ask);
            error.ErrorName.ShouldBe("CUDA_ERROR_INVALID_DEVICE");
            foreach (var device in driver.Library.Devices) error.Message.ShouldContain(device.Uuid);
        }
    }

    [Fact]
    public void A_missing_library_is_a_typed_error_that_says_where_it_was_looked_for()
    {
        var missing = Path.Combine(Path.GetTempPath(), "nowhere", "libcuda.so.1");
        var error = Should.Throw<NativeLibraryException>(() => CudaLibrary.Load(missing));
        error.PathsTried.ShouldBe([missing]);
        error.Message.ShouldContain("Install the NVIDIA driver");
    }

    [Fact]
    public void A_file_that_is_no_library_is_named()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "<html>not here</html>");
        Should.Throw<NativeLibraryException>(() => CudaLibrary.Load(path)).Message.ShouldContain($"'{path}' exists");
        File.Delete(path);
    }

    [SkippableFact]
    public void A_library_that_is_not_the_driver_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;
        var path = CCompiler.BuildLibrary(folder, "libcuda.so.1", "int answer(void) { return 42; }");
        Should.Throw<NativeLibraryException>(() => CudaLibrary.Load(path)).Message
            .ShouldContain("does not export cuDriverGetVersion");
        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public void A_driver_without_a_needed_function_is_refused_with_its_name()
    {
        var folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;
        var path = CCompiler.BuildLibrary(folder, "libcuda.so.1",
            "int cuDriverGetVersion(int* version) { *version = 12040; return 0; }");
        Should.Throw<NativeLibraryException>(() => CudaLibrary.Load(path)).Message.ShouldContain("cuGraphInstantiateWithFlags");
        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public void A_driver_that_is_too_old_is_a_typed_error_with_both_versions()
    {
        using var driver = new FakeDriver();
        driver.Set("version", 11_020);
        var error = Should.Throw<NativeLibraryException>(() => driver.Library);
        error.Message.ShouldContain("supports CUDA 11.2");
        error.Message.ShouldContain("CUDA 11.4 or newer");
        driver.Calls("cuInit").ShouldBe(0);
    }

    [SkippableFact]
    public void A_machine_without_a_GPU_says_so()
    {
        using var driver = new FakeDriver();
        driver.Set("devices", 0);
        var error = Should.Throw<CudaException>(() => CudaLibrary.Load(driver.Path));
        error.Message.ShouldContain("CUDA_ERROR_NO_DEVICE");
        error.Message.ShouldContain("CUDA_VISIBLE_DEVICES");
    }

    [SkippableFact]
    public void An_error_carries_the_function_the_code_and_the_drivers_text()
    {
        using var driver = new FakeDriver();
        driver.Fail("cuStreamCreateWithPriority", code: 801);
        var error = Should.Throw<CudaException>(() => CudaStream.Create(driver.Context));
        (error.Function, error.ErrorCode).ShouldBe(("cuStreamCreateWithPriority", 801));
        (error.ErrorName, error.Text).ShouldBe(("CUDA_ERROR_NOT_SUPPORTED", "operation not supported"));
        error.Message.ShouldContain("cuStreamCreateWithPriority");
    }
}
