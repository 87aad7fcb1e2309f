using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class TimingCacheFileTests : CacheFixture
{
    [Fact]
    public async Task Builds_side_by_side_lose_no_times()
    {
        var builds = Enumerable.Range(1, 8).Select(i => Task.Run(() => File().Update(before => [.. before ?? [], (byte)i])));
        await Task.WhenAll(builds).WaitAsync(TimeSpan.FromSeconds(10));
        File().Read()!.Order().ShouldBe(Enumerable.Range(1, 8).Select(i => (byte)i));
    }

    [Fact]
    public void Damaged_or_cut_times_are_not_offered_and_are_replaced()
    {
        File().Read().ShouldBeNull();
        File().Update(_ => [1, 2, 3]);
        var bytes = System.IO.File.ReadAllBytes(File().Path);
        bytes[^1] ^= 1;
        System.IO.File.WriteAllBytes(File().Path, bytes);
        File().Read().ShouldBeNull();
        System.IO.File.WriteAllBytes(File().Path, bytes[..10]);
        File().Read().ShouldBeNull();
        File().Update(before => before ?? [7]);
        File().Read().ShouldBe([7]);
    }

    [Fact]
    public void Another_gpu_version_or_driver_has_a_file_of_its_own()
    {
        string[] paths =
        [
            File().Path, File(gpu: "NVIDIA H200").Path, File(version: "10.15.1.29").Path, File(driver: 13).Path,
            TimingCacheFile.Of(Open(), "NVIDIA H100", new(8, 6), "10.6.0.26", 12).Path,
        ];
        paths.Distinct().Count().ShouldBe(paths.Length);
        paths.ShouldAllBe(path => Path.GetDirectoryName(path) == Folder);
    }

    [Fact]
    public void A_build_that_fails_to_combine_keeps_the_times_and_the_lock_is_free()
    {
        File().Update(_ => [1]);
        Should.Throw<InvalidOperationException>(() => File().Update(_ => throw new InvalidOperationException()));
        File().Update(before => [.. before!, 2]);
        File().Read().ShouldBe([1, 2]);
    }

    private TimingCacheFile File(string gpu = "NVIDIA H100", string version = "10.6.0.26", int driver = 12) =>
        TimingCacheFile.Of(Open(), gpu, new(9, 0), version, driver);
}
