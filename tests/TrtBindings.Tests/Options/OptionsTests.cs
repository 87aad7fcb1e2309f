using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;

namespace TrtBindings.Tests.Options;

/// <summary>Options come from code, from Configure and from configuration sections. Loading checks and copies them.</summary>
public sealed class OptionsTests
{
    private const string Settings = """
        {
          "RequiredBackend": "TensorRT",
          "IntraOpThreads": 2,
          "GraphOptimization": "Basic",
          "Gpu": { "Uuid": "GPU-1" },
          "OnnxRuntimeCuda": { "MemoryLimit": 1024, "ArenaGrowth": "SameAsRequested" },
          "TensorRT": {
            "BuildPolicy": "WhenMissing",
            "Precision": "Float16",
            "HardwareCompatibility": "AmpereAndNewer",
            "WorkspaceBytes": 4096,
            "AllowTf32": true,
            "AnnounceBuilds": false,
            "PluginLibraries": [ "a.so", "b.so" ],
            "Profiles": [
              { "batch": { "Minimum": 1, "Optimum": 4, "Maximum": 16 },
                "input[2]": { "Minimum": 8, "Optimum": 8, "Maximum": 8 } },
              { "batch": { "Minimum": 32, "Optimum": 32, "Maximum": 32 } }
            ]
          }
        }
        """;

    [Fact]
    public void A_configuration_section_sets_every_kind_of_option()
    {
        var options = Section().Get<ModelOptions>()!;
        (options.RequiredBackend, options.IntraOpThreads, options.GraphOptimization, options.Gpu)
            .ShouldBe((BackendKind.TensorRT, 2, GraphOptimization.Basic, GpuDevice.WithUuid("GPU-1")));
        (options.OnnxRuntimeCuda.MemoryLimit, options.OnnxRuntimeCuda.ArenaGrowth)
            .ShouldBe((1024L, ArenaGrowth.SameAsRequested));
        var tensorRt = options.TensorRT;
        (tensorRt.BuildPolicy, tensorRt.Precision, tensorRt.HardwareCompatibility).ShouldBe(
            (BuildPolicy.WhenMissing, ModelPrecision.Float16, HardwareCompatibility.AmpereAndNewer));
        (tensorRt.WorkspaceBytes, tensorRt.AllowTf32, tensorRt.AnnounceBuilds).ShouldBe((4096L, true, false));
        tensorRt.PluginLibraries.ShouldBe(["a.so", "b.so"]);
        string.Join(" | ", tensorRt.Profiles).ShouldBe("batch=1..4..16,input[2]=8 | batch=32");
        // What the section does not name keeps its default.
        (tensorRt.UseCudaGraphs, tensorRt.CacheSizeLimit).ShouldBe((true, 16L << 30));
    }

    [Fact]
    public void Configure_sets_options_on_top_of_a_section()
    {
        var services = new ServiceCollection().Configure<ModelOptions>(Section()).Configure<ModelOptions>(options =>
        {
            options.RequiredBackend = null;
            options.TensorRT.Profiles.Clear();
            options.TensorRT.Profiles.Add(new() { ["batch"] = 3 });
        });
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<ModelOptions>>().Value;
        options.RequiredBackend.ShouldBeNull();
        options.TensorRT.Profiles.ShouldHaveSingleItem().ToString().ShouldBe("batch=3");
        options.TensorRT.AllowTf32.ShouldBeTrue();
    }

    public static TheoryData<string, Action<ModelOptions>> BadValues => new()
    {
        { "ModelOptions.IntraOpThreads", options => options.IntraOpThreads = -1 },
        { "ModelOptions.InterOpThreads", options => options.InterOpThreads = -1 },
        { "ModelOptions.IntraOpThreads", options => options.IntraOpThreads = 100_000 },
        { "ModelOptions.SharedThreads", options => options.SharedThreads = 1025 },
        { "ModelOptions.GraphOptimization", options => options.GraphOptimization = (GraphOptimization)5 },
        { "ModelOptions.OnnxRuntimeLibrary", options => options.OnnxRuntimeLibrary = "" },
        { "ModelOptions.RequiredBackend", options => options.RequiredBackend = (BackendKind)99 },
        { "ModelOptions.Gpu", options => options.Gpu = new() { Index = -1 } },
        { "ModelOptions.TensorRT", options => options.TensorRT = null! },
        { "ModelOptions.OnnxRuntimeCuda", options => options.OnnxRuntimeCuda = null! },
        { "OnnxRuntimeCudaOptions.MemoryLimit", options => options.OnnxRuntimeCuda.MemoryLimit = 0 },
        { "OnnxRuntimeCudaOptions.ArenaGrowth", options => options.OnnxRuntimeCuda.ArenaGrowth = (ArenaGrowth)7 },
        { "OnnxRuntimeCudaOptions.ConvolutionSearch", o => o.OnnxRuntimeCuda.ConvolutionSearch = (ConvolutionSearch)7 },
        { "TensorRtOptions.BuildPolicy", options => options.TensorRT.BuildPolicy = (BuildPolicy)2 },
        { "TensorRtOptions.Precision", options => options.TensorRT.Precision = (ModelPrecision)9 },
        { "TensorRtOptions.HardwareCompatibility", o => o.TensorRT.HardwareCompatibility = (HardwareCompatibility)3 },
        { "TensorRtOptions.EngineFile", options => options.TensorRT.EngineFile = "" },
        { "TensorRtOptions.CacheFolder", options => options.TensorRT.CacheFolder = " " },
        { "TensorRtOptions.LibraryPath", options => options.TensorRT.LibraryPath = "" },
        { "TensorRtOptions.WorkspaceBytes", options => options.TensorRT.WorkspaceBytes = 0 },
        { "TensorRtOptions.OptimizationLevel", options => options.TensorRT.OptimizationLevel = 6 },
        { "TensorRtOptions.OptimizationLevel", options => options.TensorRT.OptimizationLevel = -1 },
        { "TensorRtOptions.CacheSizeLimit", options => options.TensorRT.CacheSizeLimit = 0 },
        { "TensorRtOptions.MaxConcurrentRuns", options => options.TensorRT.MaxConcurrentRuns = 0 },
        { "TensorRtOptions.PluginLibraries", options => options.TensorRT.PluginLibraries.Add(" ") },
        { "TensorRtOptions.PluginLibraries", options => options.TensorRT.PluginLibraries = null! },
        { "TensorRtOptions.Profiles", options => options.TensorRT.Profiles = null! },
        { "TensorRtOptions.Profiles", options => options.TensorRT.Profiles.Add(null!) },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public void A_bad_value_is_one_typed_error_that_names_the_option_when_a_model_is_loaded(
        string option, Action<ModelOptions> set)
    {
        var options = new ModelOptions();
        set(options);
        var error = Should.Throw<ModelOptionException>(() => UntypedModel.Load(TestModels.Identity(), options));
        error.Option.ShouldBe(option);
        error.Message.ShouldStartWith(option);
    }

    [Fact]
    public void Loading_copies_the_options_so_that_later_changes_do_nothing()
    {
        var options = new ModelOptions();
        options.TensorRT.Profiles.Add(new() { ["batch"] = (1, 2, 3) });
        options.TensorRT.PluginLibraries.Add("a.so");
        var copy = options.Snapshot();
        options.IntraOpThreads = 9;
        options.TensorRT.MaxConcurrentRuns = 9;
        options.TensorRT.Profiles[0]["batch"] = 9;
        options.TensorRT.Profiles.Add([]);
        options.TensorRT.PluginLibraries.Clear();
        options.OnnxRuntimeCuda.MemoryLimit = 9;
        (copy.IntraOpThreads, copy.TensorRT.MaxConcurrentRuns, copy.OnnxRuntimeCuda.MemoryLimit).ShouldBe((0, 4, null));
        copy.TensorRT.Profiles.ShouldHaveSingleItem().ToString().ShouldBe("batch=1..2..3");
        copy.TensorRT.PluginLibraries.ShouldBe(["a.so"]);
    }

    [Fact]
    public void The_defaults_build_nothing_and_round_nothing()
    {
        var options = new TensorRtOptions();
        (options.BuildPolicy, options.AllowTf32, options.EngineFile, options.UseTimingCache, options.CacheSizeLimit)
            .ShouldBe((BuildPolicy.Never, false, null, true, 16L << 30));
    }

    private static IConfiguration Section() =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Settings))).Build();
}
