using TrtBindings;
using TrtBindings.Probe;
using TrtBindings.Shapes;
using TrtBindings.TestSupport;

// A program of its own, because a process keeps the first ONNX Runtime library that it loads.
// Usage: TrtBindings.Probe MODEL [LIBRARY] [--require BACKEND]. Runs the model with every dynamic dimension at 1: first on
// zeros, then with every float input at 1, then at 2.
// Prints version and path of the library, each output with its first float after each run, the backend, and why others were
// refused; or the type and the text of the error, and exits with 1.
// With --probe ENGINE, opens the engine in a process of its own, another one of this program, and prints its tensors.
// With --count, prints the number of elements of a [3, 640, 480] image: for a look at the code that the JIT makes.
if (EngineProbe.TryRunChild(args, out var exitCode)) return exitCode;
if (args is ["--count"])
{
    Console.WriteLine(ShapeProbe.CountOfImage<N<_6, _4, _0>, N<_4, _8, _0>>(default));
    return 0;
}

// With --tensorrt LIBRARY [CUDA LIBRARY], asks a TensorRT what every one must answer the same; a line for each question.
if (args is ["--tensorrt", var tensorRt, .. var cuda]) return TensorRtProbe.Run(tensorRt, cuda.FirstOrDefault());

try
{
    if (args is ["--probe", var engine])
    {
        var report = await EngineProbe.CheckAsync(engine);
        Console.WriteLine($"{report.TensorRtVersion} {string.Join(", ", report.Tensors)}");
        return 0;
    }

    // With --exit ENGINE TENSORRT CUDA, runs an engine on stand-ins and ends while the next run is under way.
    if (args is ["--exit", var plan, var runtime, var driver])
    {
        ExitProbe.Run(plan, runtime, driver);
        return 0;
    }

    // With --build MODEL CACHE TENSORRT CUDA, builds an engine on a stand-in and prints its path.
    if (args is ["--build", var onnx, var cache, var nvinfer, var libcuda])
    {
        BuildProbe.Run(onnx, cache, nvinfer, libcuda);
        return 0;
    }

    // With --load MODEL CACHE TENSORRT CUDA, loads a model on stand-ins, which builds its engine.
    if (args is ["--load", var wanted, var kept, var builder, var device])
    {
        BuildProbe.Load(wanted, kept, builder, device);
        return 0;
    }

    // With --console MODEL FAILING CACHE TENSORRT CUDA ANNOUNCE, does without a logger what a library might write about.
    if (args is ["--console", var quiet, var failing, var folder, var stand, var gpu, var announce])
    {
        ConsoleProbe.Run(quiet, failing, folder, stand, gpu, bool.Parse(announce));
        return 0;
    }

    // With --shared-threads MODEL, uses ONNX Runtime's own package first, and one thread pool for several models.
    if (args is ["--shared-threads", var several])
    {
        ThreadProbe.Run(several);
        return 0;
    }

    // With --resolver MODEL LIBRARY, has a resolver of its own for that library, and uses ONNX Runtime's package first.
    if (args is ["--resolver", var resolved, var library])
    {
        ResolverProbe.Run(resolved, library);
        return 0;
    }

    // With --pool MODEL FIRST, does the same by an option of the model, from the first model on or not.
    if (args is ["--pool", var pooled, var isFirst])
    {
        ThreadProbe.RunOption(pooled, bool.Parse(isFirst));
        return 0;
    }

    var options = new ModelOptions();
    if (args is [.., "--require", var backend])
    {
        options = ModelOptions.Require(Enum.Parse<BackendKind>(backend));
        args = args[..^2];
    }

    if (args.Length > 1) options = options with { OnnxRuntimeLibrary = args[1] };
    using var model = UntypedModel.Load(args[0], options);
    using var inputs = model.CreateInputsOfSize(1);
    using var outputs = model.CreateOutputsOfSize(1);
    model.Run(inputs, outputs);
    Console.WriteLine(model.Backend.Version);
    Console.WriteLine(model.Backend.LibraryPath);
    foreach (var output in outputs.Tensors)
        Console.WriteLine($"{output.Name} [{string.Join(", ", output.Lengths.ToArray())}]");
    ValueProbe.Run(model, inputs, outputs, 1);
    ValueProbe.Run(model, inputs, outputs, 2);
    Console.WriteLine(model.Backend);
    foreach (var reason in model.Backend.Rejected) Console.WriteLine(reason);
    return 0;
}
catch (TrtBindingsException e)
{
    Console.WriteLine(e.GetType().Name);
    Console.WriteLine(e.Message);
    return 1;
}
