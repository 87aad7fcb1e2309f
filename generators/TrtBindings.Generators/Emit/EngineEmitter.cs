namespace TrtBindings.Generators;

/// <summary>Writes the methods that build an engine of TensorRT and load a ready one.</summary>
internal static class EngineEmitter
{
    private const string Runtime = "global::TrtBindings.";

    public static void Emit(CodeWriter writer, string className)
    {
        EmitLoad(writer, className);
        var own = $"{Runtime}ModelSource.Find(CompiledSignature, typeof({className}).Assembly)";
        var file = $"{Runtime}ModelSource.FromFile(path)";
        var tensorRt = $"{Runtime}TensorRtOptions? options = null";
        var all = $"{Runtime}ModelOptions options";
        const string Ours = "Builds a TensorRT engine of the file that the build copied beside the program, which takes seconds "
            + "to many minutes, or finds it in the cache. <c>Load</c> with the same options runs it.";
        const string Others = "Builds a TensorRT engine of a file, or finds it in the cache.";
        const string WhatEngine = "What the engine is built for; the defaults if <see langword=\"null\"/>.";
        const string WhatLoad = "The options that <c>Load</c> will get: also which GPU it is built on, and who is told.";
        EmitBuild(writer, Ours, "", tensorRt, WhatEngine, own);
        EmitBuild(writer, Ours, "", all, WhatLoad, own);
        EmitBuild(writer, Others, "string path, ", tensorRt, WhatEngine, file);
        EmitBuild(writer, Others, "string path, ", all, WhatLoad, file);
    }

    private static void EmitLoad(CodeWriter writer, string className)
    {
        writer.Gap();
        writer.Doc("<summary>Loads a ready TensorRT engine of this model: from <c>BuildEngine</c>, trtexec or an Ultralytics "
            + "export. No .onnx is needed; names, types, ranks and fixed sizes are checked.</summary>");
        writer.Doc("<param name=\"engineFile\">Path of the engine. It is code that runs in this process: take only a file whose "
            + "origin you trust.</param>");
        writer.Doc("<param name=\"options\">How it is loaded; the defaults if <see langword=\"null\"/>.</param>");
        Throws(writer, "GeneratedCodeException", "This class was compiled with a release of TrtBindings that does not fit.");
        Throws(writer, "EngineFileException", "The file is missing, damaged, not an engine, or of another TensorRT or GPU.");
        Throws(writer, "SignatureMismatchException", "It is an engine of another model than the one compiled.");
        Throws(writer, "NativeLibraryException", "TensorRT or NVIDIA's driver is missing or too old.");
        Throws(writer, "TensorRtException", "TensorRT will not run it.");
        Throws(writer, "CudaException", "The GPU does not work, or has too little memory.");
        using (writer.Braces($"public static {className} LoadEngine(string engineFile, {Runtime}ModelOptions? options = null)"))
        {
            writer.Line("CheckContract();");
            writer.Line($"return new({Runtime}ModelSource.FromEngine(engineFile), options);");
        }
    }

    private static void EmitBuild(
        CodeWriter writer, string summary, string path, string options, string whatOptions, string source)
    {
        writer.Gap();
        writer.Doc($"<summary>{summary}</summary>");
        if (path.Length > 0) writer.Doc("<param name=\"path\">Path of the .onnx.</param>");
        writer.Doc($"<param name=\"options\">{whatOptions}</param>");
        writer.Doc("<param name=\"progress\">Is told how far it is, from TensorRT's threads.</param>");
        writer.Doc("<param name=\"cancellationToken\">Ends the build; nothing is left behind.</param>");
        Throws(writer, "GeneratedCodeException", "This class was compiled with a release of TrtBindings that does not fit.");
        Throws(writer, "ModelFileException", "The file is missing or not a model.");
        Throws(writer, "SignatureMismatchException", "It is another model than the one compiled.");
        Throws(writer, "TensorException", "A profile names no dimension of the model, or lacks one.");
        Throws(writer, "NativeLibraryException", "TensorRT, its builder or NVIDIA's driver is missing or too old.");
        Throws(writer, "CudaException", "The GPU is not there, or does not work.");
        Throws(writer, "EngineBuildException", "TensorRT refuses the model or an option; nodes and inputs are named.");
        Throws(writer, "EngineCacheException", "The cache cannot be written, or has no room.");
        writer.Doc("<exception cref=\"global::System.OperationCanceledException\">The token was cancelled.</exception>");
        writer.Line($"public static {Runtime}BuiltEngine BuildEngine(");
        using (writer.Indented())
        {
            writer.Line($"{path}{options}, global::System.IProgress<{Runtime}BuildProgress>? progress = null,");
            writer.Line("global::System.Threading.CancellationToken cancellationToken = default)");
        }

        using (writer.Braces())
        {
            writer.Line("CheckContract();");
            writer.Line($"return BuildEngineCore(CompiledSignature, {source}, options, progress, cancellationToken);");
        }
    }

    private static void Throws(CodeWriter writer, string type, string text) =>
        writer.Doc($"<exception cref=\"{Runtime}{type}\">{text}</exception>");
}
