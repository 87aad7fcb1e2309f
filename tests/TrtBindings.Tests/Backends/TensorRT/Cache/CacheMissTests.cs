using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class CacheMissTests : CacheFixture
{
    private const string Before = "The engine of '/models/yolo11n-seg.onnx' that was built before does not fit: ";

    private const string Added =
        "Another engine of '/models/yolo11n-seg.onnx' is built, and the one that was built before stays: ";

    [Fact]
    public void An_empty_cache_says_that_there_was_no_build() =>
        MissOf(Open(), Key).ShouldBe("No engine of '/models/yolo11n-seg.onnx' was built before");

    [Fact]
    public void The_engine_of_another_model_is_not_compared_with()
    {
        Store(Open(), Key with { ModelName = "/models/other.onnx", Model = ContentHash.Of("other"u8) }, Plan(10));
        MissOf(Open(), Key).ShouldStartWith("No engine of");
    }

    [Fact]
    public void Each_part_that_changed_is_named()
    {
        Store(Open(), Key, Plan(10));
        Miss(Key with { Model = ContentHash.Of("newer"u8) }).ShouldBe("model has changed");
        Miss(Key with { Weights = [new("weights.bin", ContentHash.Of("newer"u8))] })
            .ShouldBe("weights weights.bin has changed");
        Miss(Key with { Profiles = "batch=1..8..32" }).ShouldBe(Added + "profiles was batch=1..4..16, is batch=1..8..32");
        Miss(Key with { Precision = "fp16" }).ShouldBe(Added + "precision was fp32, is fp16");
        Miss(Key with { Gpu = "NVIDIA H200" }).ShouldBe(Added + "GPU was NVIDIA H100, is NVIDIA H200");
        Miss(Key with { Options = [new("TF32", "on"), new("level", "3")] }).ShouldBe(Added + "option TF32 was off, is on");
        Miss(Key with { Options = [new("TF32", "off")] }).ShouldBe("option level was 3, is none");
        Miss(Key with { Plugins = [new("libmine.so", "v1")] }).ShouldBe("plug-in libmine.so was none, is v1");
        Miss(Key with { TensorRtVersion = "10.15.1.29", Gpu = "NVIDIA H200" })
            .ShouldBe("TensorRT was 10.6.0.26, is 10.15.1.29; GPU was NVIDIA H100, is NVIDIA H200");

        // The older engine was built by a version of this library that makes other engines of the same options.
        Store(Open(), Key with { Options = [new("recipe", "1")], ModelName = "/models/r.onnx", Model = "r" }, Plan(10));
        MissOf(Open(), Key with { Options = [new("recipe", "2")], ModelName = "/models/r.onnx", Model = "r" })
            .ShouldEndWith("that was built before does not fit: option recipe was 1, is 2");

        static string Only(string why) => why.StartsWith(Before, StringComparison.Ordinal) ? why[Before.Length..] : why;
        string Miss(EngineCacheKey key) => Only(MissOf(Open(), key));
    }

    [Fact]
    public void The_nearest_engine_is_compared_with()
    {
        Store(Open(), Key with { Precision = "fp16", TensorRtVersion = "10.15.1.29" }, Plan(10));
        Store(Open(), Key with { Precision = "bf16" }, Plan(10));
        MissOf(Open(), Key).ShouldBe(Added + "precision was bf16, is fp32");
    }

    [Fact]
    public void The_same_model_in_another_folder_is_the_same_model()
    {
        Store(Open(), Key, Plan(10));
        Open().TryGet(Key with { ModelName = "/elsewhere/yolo11n-seg.onnx" }, out var engine, out _).ShouldBeTrue();
        engine!.Dispose();
    }

    [Fact]
    public void The_order_of_options_does_not_matter_and_their_borders_do()
    {
        var options = new EngineKeyPart[] { new("level", "3"), new("TF32", "off") };
        (Key with { Options = options }).Id().ShouldBe(Key.Id());
        EngineCacheKey.IdOf([new("a", "bc")]).ShouldNotBe(EngineCacheKey.IdOf([new("ab", "c")]));
        EngineCacheKey.IdOf([new("a", "b"), new("c", "d")]).ShouldNotBe(EngineCacheKey.IdOf([new("a", "bc"), new("", "d")]));
    }

    [Fact]
    public void A_value_with_line_ends_makes_one_short_line()
    {
        Store(Open(), Key, Plan(10));
        MissOf(Open(), Key with { Profiles = "a\nb\u001b[31m" + new string('x', 1000) }).Length.ShouldBeLessThan(350);
    }
}
