using Microsoft.ML.OnnxRuntime;
using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop;

namespace TrtBindings.Tests.Backends;

/// <summary><see cref="ModelOptions.ConfigureSession"/> with entries, a provider and shared thread pools that are real.</summary>
public sealed class SessionOptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_the_callback_sets_takes_effect()
    {
        var optimized = Path.Combine(_folder, "optimized.onnx");
        using var model = UntypedModel.Load(TestModels.Double(), new()
        {
            ConfigureSession = options => options.OptimizedModelFilePath = optimized,
        });
        File.Exists(optimized).ShouldBeTrue();
        Doubles(model);
        // The entry makes ONNX Runtime read the file as its own format, which it is not.
        var error = Should.Throw<ModelLoadException>(() => UntypedModel.Load(TestModels.Double(), new()
        {
            ConfigureSession = options => options.AddSessionConfigEntry("session.load_model_format", "ORT"),
        }));
        error.InnerException.ShouldBeOfType<OnnxRuntimeException>();
    }

    [Fact]
    public void A_provider_that_it_adds_runs_the_model_and_Backend_names_it()
    {
        using var model = UntypedModel.Load(TestModels.Double(), ModelOptions.Require(BackendKind.OnnxRuntimeCpu) with
        {
            ConfigureSession = options =>
            {
                var environment = OrtEnv.Instance();
                var devices = environment.GetEpDevices().Where(device => device.EpName == "CPUExecutionProvider").ToList();
                options.AppendExecutionProvider(environment, devices, new Dictionary<string, string>());
            },
        });
        model.Backend.Providers.ShouldBe(["CPUExecutionProvider"]);
        Doubles(model);
        using var plain = UntypedModel.Load(TestModels.Double());
        plain.Backend.Providers.ShouldBe(["CPUExecutionProvider"]);
    }

    [Fact]
    public void A_provider_that_the_library_lacks_is_an_error_with_ONNX_Runtime_s_text()
    {
        var error = Should.Throw<ModelLoadException>(() => UntypedModel.Load(TestModels.Double(), new()
        {
            ConfigureSession = options => options.AppendExecutionProvider("XNNPACK"),
        }));
        error.Message.ShouldContain("XNNPACK execution provider is not supported in this build");
        error.InnerException.ShouldBeOfType<OnnxRuntimeException>().ErrorCode.ShouldBe(OnnxRuntimeErrorCode.InvalidArgument);
        // An entry point that only libraries with that provider have.
        Should.Throw<ModelLoadException>(() => UntypedModel.Load(TestModels.Double(), new()
        {
            ConfigureSession = options => options.AppendExecutionProvider_Dnnl(),
        })).Message.ShouldContain("OrtSessionOptionsAppendExecutionProvider_Dnnl");
    }

    [Fact]
    public void An_exception_of_the_callback_itself_reaches_the_caller_unchanged()
    {
        // The package throws the first type too, so it must be told apart from the application's.
        Exception[] thrown = [new KeyNotFoundException("No 'threads 42'."), new InvalidOperationException("Not today.")];
        foreach (var own in thrown)
        {
            Should.Throw<Exception>(() => UntypedModel.Load(TestModels.Double(), new() { ConfigureSession = _ => throw own }))
                .ShouldBeSameAs(own);
        }
    }

    [Fact]
    public void What_cannot_be_combined_is_an_error()
    {
        Action<SessionOptions> threads = options => options.IntraOpNumThreads = 3;
        Should.Throw<ModelOptionException>(() => UntypedModel.Load(TestModels.Double(),
            new() { IntraOpThreads = 2, ConfigureSession = threads })).Message.ShouldContain("IntraOpThreads");
        Should.Throw<ModelOptionException>(() => UntypedModel.Load(TestModels.Double(), new()
        {
            GraphOptimization = GraphOptimization.Basic,
            ConfigureSession = options => options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        })).Message.ShouldContain("GraphOptimization");
        Should.Throw<ModelOptionException>(() => UntypedModel.Load(TestModels.Double(),
            ModelOptions.Require(BackendKind.TensorRT) with { ConfigureSession = threads })).Message.ShouldContain("TensorRT");
        using var model = UntypedModel.Load(TestModels.Double(), new() { IntraOpThreads = 3, ConfigureSession = threads });
        Doubles(model);
    }

    [Fact]
    public void Models_of_an_application_that_has_made_the_environment_share_its_thread_pool()
    {
        var model = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(model, TestModels.Double());
        var (code, output, errors) = Probe.Run(Probe.Folder, "--shared-threads", model);
        (code, errors).ShouldBe((0, ""), output);
        var lines = output.Split('\n');
        lines[0].ShouldStartWith("threads of 8 models with pools of their own: ");
        lines[1].ShouldStartWith("threads of 8 models with a shared pool: ");
        int[] counts = [.. lines.Take(2).Select(line => int.Parse(line.Split(": ")[1]))];
        counts[0].ShouldBeGreaterThanOrEqualTo(8 * 3);
        counts[1].ShouldBeLessThanOrEqualTo(3);
        lines[2].ShouldBe(Probe.Library);
    }

    [Fact]
    public void Models_with_shared_threads_have_one_pool()
    {
        var model = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(model, TestModels.Double());
        var (code, output, errors) = Probe.Run(Probe.Folder, "--pool", model, "true");
        (code, errors).ShouldBe((1, ""), output);
        var lines = output.Split('\n');
        int[] counts = [.. lines.Take(2).Select(line => int.Parse(line.Split(": ")[1]))];
        counts[0].ShouldBeGreaterThanOrEqualTo(8 * 3);
        counts[1].ShouldBeLessThanOrEqualTo(3);
        lines[2].ShouldBe(nameof(ModelOptionException));
        lines[3].ShouldContain("ModelOptions.SharedThreads is 3 with AllowSpinning False, but the first model has made the "
            + "shared pool with 4 and False.");
    }

    [Fact]
    public void Shared_threads_after_the_first_model_are_an_error()
    {
        var model = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(model, TestModels.Double());
        var (code, output, _) = Probe.Run(Probe.Folder, "--pool", model, "false");
        code.ShouldBe(1);
        output.ShouldStartWith(nameof(ModelOptionException));
        output.ShouldContain("Set it for the first model that the program loads.");
        Should.Throw<ModelOptionException>(() => UntypedModel.Load(TestModels.Double(),
            new() { SharedThreads = 2, IntraOpThreads = 2 })).Option.ShouldBe("ModelOptions.SharedThreads");
    }

    [Fact]
    public void An_application_with_a_resolver_of_its_own_never_gets_a_second_library()
    {
        var model = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(model, TestModels.Double());
        var usual = Path.Combine(_folder, Path.GetFileName(Probe.Library));
        var other = Path.Combine(_folder, "engine-of-mine" + Path.GetExtension(Probe.Library));
        foreach (var copy in (string[])[usual, other]) File.Copy(Probe.Library, copy);

        var (code, output, errors) = Probe.Run(Probe.Folder, "--resolver", model, usual);
        (code, output.Trim()).ShouldBe((0, usual), errors);

        (code, output, _) = Probe.Run(Probe.Folder, "--resolver", model, other);
        code.ShouldBe(1);
        output.ShouldContain(nameof(NativeLibraryException));
        output.ShouldContain("The application resolves Microsoft.ML.OnnxRuntime's native library by itself");
    }

    [Fact]
    public void Spinning_is_set_where_it_is_given()
    {
        Entries(null).ShouldBe("");
        Entries(false).ShouldBe("session.intra_op.allow_spinning=0 session.inter_op.allow_spinning=0");
        Entries(true).ShouldBe("session.intra_op.allow_spinning=1 session.inter_op.allow_spinning=1");
        using var model = UntypedModel.Load(TestModels.Double(), new() { AllowSpinning = false });
        Doubles(model);

        static string Entries(bool? allowed) => string.Join(' ', OnnxRuntimeCpuProvider
            .SettingsOf(new() { AllowSpinning = allowed }).SpinningEntries().Select(entry => $"{entry.Name}={entry.Value}"));
    }

    private static void Doubles(UntypedModel model)
    {
        using var inputs = model.CreateInputs(2);
        using var outputs = model.CreateOutputs(2);
        inputs.Get<float>(0).Span.Fill(3);
        for (var run = 0; run < 3; run++) model.Run(inputs, outputs);
        outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 6);
    }
}
