using Microsoft.Extensions.Logging;
using TrtBindings.Interop.Cuda;
using TrtBindings.TensorRT.Cache;
using TrtBindings.Tests.Backends.TensorRT.Running;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Tests.Gpu;

/// <summary>Kernels that are compiled once and kept in the engine cache.</summary>
[Trait("Category", "Slow")]
public sealed class GpuModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;
    private readonly FakeDriver _driver = new();
    private readonly LogLines _log = new();

    private static ReadOnlySpan<byte> Ptx => ".version 6.3\n.entry one(.param .u64 a) { ret; }\n.entry two() { ret; }"u8;

    private string File => Directory.GetFiles(Path.Combine(_folder, "kernels")).ShouldHaveSingleItem();

    [SkippableFact]
    public void PTX_is_compiled_once_and_its_cubin_is_loaded_from_then_on()
    {
        Load().ShouldBe((false, 1));
        Path.GetFileName(File).ShouldEndWith("-12040-sm8.6.cubin");
        Load().ShouldBe((true, 1));
        Load(" "u8).ShouldBe((false, 2), "other PTX is another cubin");
        (_driver.Live("links"), _driver.Live("modules")).ShouldBe((0, 0));
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.GetUnixFileMode(Directory.GetParent(Directory.GetFiles(Path.Combine(_folder, "kernels"))[0])!.FullName)
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [SkippableFact]
    public void Another_driver_compiles_anew()
    {
        Load().ShouldBe((false, 1));
        using var newer = new FakeDriver();
        newer.Set("version", 13000);
        using var module = GpuModule.Load(newer.Context, Ptx, Cache());
        module.IsFromCache.ShouldBeFalse();
        Directory.GetFiles(Path.Combine(_folder, "kernels")).Length.ShouldBe(2);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(-1)]
    public void A_damaged_cubin_is_made_again(int place)
    {
        Load();
        var bytes = System.IO.File.ReadAllBytes(File);
        if (place < 0) bytes = bytes[..^5];
        else bytes[place] ^= 0x40;
        System.IO.File.WriteAllBytes(File, bytes);
        Load().ShouldBe((false, 2));
        Load().ShouldBe((true, 2));
    }

    [SkippableFact]
    public void A_whole_cubin_that_the_driver_refuses_is_made_again()
    {
        Load();
        KernelFile.Write(File, Ptx, [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[64]]);
        Load().ShouldBe((false, 2));
        Load().ShouldBe((true, 2));
    }

    [SkippableFact]
    public void A_cubin_that_other_users_can_write_to_is_not_loaded()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such mode");
        if (OperatingSystem.IsWindows()) return;
        Load();
        System.IO.File.SetUnixFileMode(File, (UnixFileMode)0b110_110_110);
        Load().ShouldBe((false, 2));
        var kernels = Path.Combine(_folder, "kernels");
        System.IO.File.SetUnixFileMode(kernels, (UnixFileMode)0b111_111_111);
        Load().ShouldBe((false, 3));
        _log.Lines.Single(line => line.Contains("are not kept")).ShouldContain("can be written by other users");
    }

    [SkippableFact]
    public void Without_a_folder_that_can_be_written_kernels_are_compiled_each_time_and_the_log_says_why()
    {
        var file = Path.Combine(_folder, "file");
        System.IO.File.WriteAllText(file, "");
        for (var round = 1; round <= 2; round++)
        {
            using var module = GpuModule.Load(_driver.Context, Ptx, new KernelCache(file, 1 << 20, _log));
            (module.IsFromCache, _driver.Calls("cuLinkComplete")).ShouldBe((false, round));
        }

        _log.Lines.ShouldContain(line => line.StartsWith("Warning: Compiled GPU kernels are not kept"));
    }

    [SkippableFact]
    public void Kernels_above_the_limit_go_by_age_and_before_engines_do()
    {
        Load();
        var first = File;
        System.IO.File.SetLastWriteTimeUtc(first, DateTime.UtcNow.AddDays(-1));
        var size = new FileInfo(first).Length;
        using (GpuModule.Load(_driver.Context, [.. Ptx, (byte)' '], new KernelCache(_folder, size, _log))) { }
        System.IO.File.Exists(first).ShouldBeFalse();
        new CacheTrim(_folder, 1).Run("none");
        Directory.GetFiles(Path.Combine(_folder, "kernels")).ShouldBeEmpty();
        Load().Compiled.ShouldBe(3);
    }

    [SkippableFact]
    public void A_cubin_is_loaded_as_it_is()
    {
        var cubin = CudaLinker.Link(_driver.Context, Ptx);
        using var module = GpuModule.Load(_driver.Context, cubin, Cache());
        (module.IsFromCache, _driver.Calls("cuLinkComplete")).ShouldBe((false, 1));
        module.Kernel("two").Name.ShouldBe("two");
        module.LoadTime.ShouldBeGreaterThan(TimeSpan.Zero);
        Directory.Exists(Path.Combine(_folder, "kernels")).ShouldBeFalse();
        cubin[4] ^= 1;
        var error = Should.Throw<KernelLoadException>(() => GpuModule.Load(_driver.Context, cubin));
        error.Message.ShouldContain("NO_BINARY_FOR_GPU");
        error.Message.ShouldContain("capability is 8.6");
    }

    [SkippableFact]
    public void A_driver_too_old_for_the_PTX_is_told_with_its_version_and_the_cure()
    {
        _driver.Set("newest_ptx", 62);
        var error = Should.Throw<KernelLoadException>(() => GpuModule.Load(_driver.Context, Ptx, Cache()));
        error.ErrorCode.ShouldBe(222);
        error.Message.ShouldContain("Unsupported .version");
        error.Message.ShouldContain("which supports CUDA 12.4, is older than the compiler that made this PTX. Update the driver");
        (_driver.Live("links"), _driver.Live("modules")).ShouldBe((0, 0));
        _driver.Set("newest_ptx", 63);
        Load().Cached.ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData(221, typeof(KernelLoadException), "libnvidia-ptxjitcompiler")]
    [InlineData(2, typeof(DeviceMemoryException), "bytes are free")]
    [InlineData(700, typeof(DeviceLostException), "Restart the process")]
    public void What_else_goes_wrong_has_its_own_type(int code, Type type, string text)
    {
        _driver.Fail("cuLinkAddData", code);
        Should.Throw(() => GpuModule.Load(_driver.Context, Ptx, Cache()), type).Message.ShouldContain(text);
    }

    [SkippableFact]
    public void Nothing_and_nonsense_are_refused()
    {
        Should.Throw<ArgumentException>(() => GpuModule.Load(_driver.Context, []));
        Should.Throw<KernelLoadException>(() => GpuModule.Load(_driver.Context, "no PTX"u8)).Message
            .ShouldContain("ptxas fatal: missing .version");
        using var module = GpuModule.Load(_driver.Context, Ptx);
        Should.Throw<CudaException>(() => module.Kernel("three")).Message.ShouldContain("no kernel 'three'");
    }

    public void Dispose()
    {
        _driver.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private KernelCache Cache(ILogger? log = null) => new(_folder, 1 << 20, log ?? _log);

    private (bool Cached, int Compiled) Load(ReadOnlySpan<byte> more = default)
    {
        using var module = GpuModule.Load(_driver.Context, [.. Ptx, .. more], Cache());
        module.Kernel("one").Name.ShouldBe("one");
        return (module.IsFromCache, _driver.Calls("cuLinkComplete"));
    }
}
